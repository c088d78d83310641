import type { LeakCase } from '../access-engine/leaks/leak-case.ts'
import { findLeaks, type LeakAnswer } from '../access-engine/leaks/leak-finder.ts'
import { leastSaid, type TurningPoint } from '../access-engine/leaks/leak-verdict.ts'
import { findStatesAfterSteps } from '../access-engine/plan/after-each-step.ts'
import type { LockOutPlan, OrderAnswer } from '../access-engine/plan/lock-out-plan.ts'
import { sayPath } from '../access-engine/reach/explain.ts'
import type { AccessMap, Belief, Measure } from '../access-engine/reach/map.ts'
import { findReach, type Reached } from '../access-engine/reach/reach.ts'

/** What somebody reaches, as `unwatched map --json` prints it. */
export function writeReached({ node, belief, path }: Reached) {
  return {
    node,
    belief,
    path: path.map(({ to, from, how, belief: own, who }) => ({ to, from, how, belief: own, who })),
  }
}

/** A plan beside the cheapest: its steps in a safe order, and what of it is the least there is. */
export type PlanBeside = {
  readonly cost: number
  readonly steps: readonly string[]
  readonly least: readonly ('noticed' | Measure)[]
}

/** A plan, as `unwatched map plan --json` prints it. */
export function writePlan(plan: LockOutPlan, beside: readonly PlanBeside[]) {
  const { status, cost, bound, steps, alternatives, stillReached, why, lost, keptByGuess } = plan
  return {
    status,
    cost,
    bound,
    steps,
    alternatives,
    stillReached: stillReached.map(writeReached),
    ...(beside.length === 0 ? {} : { beside }),
    ...(why === null ? {} : { why }),
    ...(lost.length === 0 ? {} : { lost }),
    ...(keptByGuess.length === 0 ? {} : { keptByGuess }),
  }
}

/** An order, as `unwatched map order --json` prints it. */
export function writeOrder(answer: OrderAnswer) {
  const { ok, cost, order, unnoticed, blocks, why, status, bound, stillReached, keptByGuess } = answer
  return {
    ok,
    cost,
    order,
    quiet: unnoticed,
    blocks,
    ...(status === 'gap' ? { status, bound } : {}),
    ...(stillReached.length === 0 ? {} : { stillReached: stillReached.map(writeReached) }),
    ...(keptByGuess.length === 0 ? {} : { keptByGuess }),
    ...(why === null ? {} : { why }),
  }
}

/** The answer of the leak finder, as `unwatched map leaks --json` prints it. */
export function writeLeaks(leaks: LeakCase) {
  const { sources, explanations, tests, verdict, bands, isExact } = findLeaks(leaks)
  return { sources, explanations, tests, verdict, bands, exact: isExact }
}

/** What there is to say about a map that can be used, and what it does not say itself. */
export function sayCheck(
  { map, unsaid }: { readonly map: AccessMap; readonly unsaid: readonly string[] },
  level: Belief,
): { readonly lines: readonly string[]; readonly notes: readonly string[] } {
  const reached = new Set(findReach(map, level).map(each => each.node))
  const held = new Set(findReach(map, level, { agent: 'client' }).map(each => each.node))
  const notes = [
    ...(map.protect.length === 0 ? ['Nothing is protected, so there is nothing to plan.'] : []),
    ...map.keep
      .filter(node => !held.has(node))
      .map(node => `${node} is kept, and the client does not hold it today.`),
    ...unsaid,
  ]
  const open = map.protect.filter(({ node }) => reached.has(node)).length
  return {
    notes,
    lines: [
      `This map can be used: ${map.nodes.length} nodes, ${map.rules.length} rules, ${map.steps.length} steps.`,
      `The suspected person reaches ${reached.size} of them today, and ${open} of the ${map.protect.length} that are protected.`,
      ...notes,
    ],
  }
}

/** A plan in lines. */
export function sayPlan(map: AccessMap, plan: LockOutPlan, beside: readonly PlanBeside[]): readonly string[] {
  const label = labelOf(map)
  if (plan.cost === null)
    return [
      `There is no plan: ${plan.why ?? ''}.`,
      ...plan.lost.map(node => `  The client would lose ${node}.`),
    ]
  const lines = [
    plan.status === 'optimal'
      ? `The cheapest plan costs ${plan.cost}; nothing cheaper exists.`
      : plan.status === 'gap'
        ? `The best plan found costs ${plan.cost}; no plan costs less than ${plan.bound}.`
        : `Not everything can be closed. The rest costs ${plan.cost}.`,
    ...plan.steps.map(step => `  ${step}${label(step)}`),
  ]
  if (plan.steps.length === 0) lines.push('  Nothing needs doing.')
  for (const open of plan.stillReached) {
    lines.push(`Still open: ${open.node}`, ...sayPath(map, open).map(sentence => `  ${sentence}`))
  }
  lines.push(...sayKeptByGuess(plan.keptByGuess))
  for (const other of beside) {
    const least = other.least
      .map(each => (each === 'noticed' ? 'steps that are noticed' : each))
      .join(' and ')
    lines.push(`Otherwise, with the least ${least}, for ${other.cost}: ${other.steps.join(', ')}`)
  }
  return lines
}

/** An order in lines, with how things stand after each step. */
export function sayOrder(map: AccessMap, answer: OrderAnswer, level: Belief): readonly string[] {
  if (answer.cost === null) {
    return [
      `There is no safe order: ${answer.why ?? ''}.`,
      ...answer.blocks.map(
        ({ steps, lifts }) =>
          `  ${steps.join(', ')}: none of them can be the first${lifts.length > 0 ? `; ${lifts.join(' or ')} would help` : ''}.`,
      ),
    ]
  }
  const label = labelOf(map)
  const lines = [
    `The order costs ${answer.cost}. The suspected person notices nothing before step ${answer.unnoticed + 1}.`,
    ...(answer.unnoticed === answer.order.length ? ['The suspected person notices none of the steps.'] : []),
  ]
  if (answer.status === 'gap')
    lines.push(`It is not proven the cheapest: no order costs less than ${answer.bound}.`)
  if (answer.unnoticed === answer.order.length) lines.splice(0, 1, `The order costs ${answer.cost}.`)
  for (const [index, stateAfterStep] of findStatesAfterSteps(map, level, answer.order).entries()) {
    lines.push(`${String(index + 1).padStart(3)}. ${stateAfterStep.step}${label(stateAfterStep.step)}`)
    if (stateAfterStep.isNoticed) lines.push('     The suspected person notices this.')
    if (stateAfterStep.stillReached.length > 0)
      lines.push(`     Still open: ${stateAfterStep.stillReached.join(', ')}`)
    if (stateAfterStep.isNoticedByThen && stateAfterStep.couldSeize.length > 0)
      lines.push(`     They could take from the client now: ${stateAfterStep.couldSeize.join(', ')}.`)
  }
  if (answer.why !== null) lines.push(`${answer.why}.`)
  for (const open of answer.stillReached) lines.push(`Stays open: ${open.node}`)
  lines.push(...sayKeptByGuess(answer.keptByGuess))
  return lines
}

/** What turns an answer, as the end of a sentence. */
const turningPoints: Readonly<Record<TurningPoint, string>> = {
  ticks: 'a tenth of the ticks are wrong',
  guesses: 'what was hardly to be guessed was guessed all the same',
  unlisted: 'a source is missing from the file',
  two: 'two sources told',
  'one-tick': 'one tick is wrong',
  uncounted: 'sets of sources count that were too many to be counted',
}

const sayKeptByGuess = (nodes: readonly string[]): readonly string[] =>
  nodes.map(node => `The client may lose ${node}: nobody knows whether their path to it is there.`)

/** The leak finder's answer in lines. */
export function sayLeaks(leaks: LeakCase): readonly string[] {
  const answer = findLeaks(leaks)
  const lines = [
    'Which sources told the suspected person. This ranks what to look at next; it proves nothing.',
    ...sayVerdict(leaks, answer),
    'Each source, from the worst case to the best if something people get wrong is wrong:',
  ]
  for (const [place, { id }] of answer.sources.slice(0, 12).entries()) {
    const { low = 0, high = 1 } = answer.bands[place] ?? {}
    const word =
      low >= leastSaid ? `at least ${floor(low)}` : high <= 0.1 ? `at most ${percent(high)}` : 'not settled'
    lines.push(`  ${word.padEnd(13)}  ${id}  (${floor(low)} to ${percent(high)})`)
  }
  if (!answer.isExact)
    lines.push(
      '  With so many days these rest on the likeliest sets of up to four sources at once. What is said to be settled is no more than is proven for all sets.',
    )
  lines.push(
    'Smallest sets that explain what the suspected person knew, which do not count the uneventful days:',
  )
  for (const { set, unexplained } of answer.explanations.slice(0, 5)) {
    const open = unexplained.length === 0 ? 'everything' : `all but ${unexplained.join(', ')}`
    lines.push(`  ${set.length === 0 ? 'no source' : set.join(' and ')}: ${open}`)
  }
  if (answer.tests.length > 0) lines.push('What to find out next:')
  for (const { id, bits, cost, risk } of answer.tests.slice(0, 5))
    lines.push(`  ${id}: ${bits.toFixed(2)} bits, cost ${cost}, risk ${risk}`)
  return lines
}

function sayVerdict(leaks: LeakCase, { verdict }: LeakAnswer): readonly string[] {
  if (verdict.settled)
    return verdict.said.map(
      ({ id, atLeast }) =>
        `Settled: ${id}, at least ${floor(atLeast)}, even if one of these is so: ${Object.values(turningPoints).join('; ')}.`,
    )
  if (verdict.between.length === 0) return ['Not settled: nothing speaks for any source.']
  const { between, turns, tick, tests } = verdict
  const lines = [`Not settled: it could be ${between.join(' or ')}.`]
  if (turns.length > 0)
    lines.push(`  The answer turns if ${turns.map(each => turningPoints[each]).join('; or if ')}.`)
  if (tick) {
    const says = tick.isTicked ? 'carried it' : 'did not carry it'
    lines.push(`  Go through first: ${tick.incident}, of which it is said that ${tick.source} ${says}.`)
  }
  const [test] = tests
  if (test !== undefined)
    lines.push(`  Find out next: ${leaks.tests.find(each => each.id === test)?.label ?? test}.`)
  return lines
}

/** Never more than it is. */
function floor(chance: number): string {
  return `${Math.floor(100 * chance)}%`
}

function percent(chance: number): string {
  return chance > 0 && chance < 0.01 ? '<1%' : `${Math.round(100 * chance)}%`
}

function labelOf(map: AccessMap): (step: string) => string {
  const labels = new Map(map.steps.map(step => [step.id, step.label]))
  return step => (labels.get(step) === step || labels.get(step) === undefined ? '' : `: ${labels.get(step)}`)
}
