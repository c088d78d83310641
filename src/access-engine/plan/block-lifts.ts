import { type Held, proofOf } from '../reach/closure.ts'
import { type RuleProgram, rowOf } from '../reach/program.ts'
import type { KindestView } from './kindest-view.ts'
import type { StepFacts } from './order-conditions.ts'
import type { PlanProblem } from './plan-problem.ts'

type Steps = ReadonlySet<number>

/** Why a step of a group is blocked when everything else in the plan is done. */
type Blocked = {
  readonly step: number
  readonly group: Steps
  readonly done: Steps
  readonly fact: StepFacts
}

/**
 * Finds the steps outside the plan that could unblock a step of a group, while no step of the group is done. A step
 * may be blocked for several reasons, and all of them must be lifted. So it is enough to answer for one: the reason
 * with the fewest such steps. Null when nothing blocks the step.
 */
export function makeLiftFinder(
  problem: PlanProblem,
  plan: Steps,
  view: KindestView,
): (step: number, group: Steps) => Steps | null {
  const { closures, programs } = problem.compiled
  const outside = (ids: Iterable<number>): number[] =>
    [...ids].filter(other => problem.usable[other] === true && !plan.has(other))

  /** Another step that keeps a copy of the evidence, when the only steps of the plan that do are in the group. */
  function liftsOfEvidence({ step, group }: Blocked): readonly Steps[] {
    const { steps, map, stepAt } = problem.compiled
    return (steps[step]?.destroys ?? []).flatMap(id => {
      const evidence = map.evidence.find(each => each.id === id)
      const all = (evidence?.preservedBy ?? []).map(other => stepAt.get(other) ?? -1)
      const planned = all.filter(other => plan.has(other) && other !== step)
      const isStuck = planned.length > 0 && planned.every(other => group.has(other))
      return isStuck ? [new Set(outside(all))] : []
    })
  }

  /**
   * A step that removes what the suspected person would see the step by, or what the step would open to them at once.
   */
  function liftsOfSight({ step, done, fact }: Blocked): readonly Steps[] {
    const reach = closures.suspect.run(done, [])
    const guards = (nodes: Iterable<number>): number[] =>
      [...nodes].flatMap(node =>
        proofOf(programs.suspect, reach, node).flatMap(rule => outside(rowOf(programs.suspect.unless, rule))),
      )
    const seen = fact.exposes.filter(node => reach.has(node)).map(node => new Set(guards([node])))
    const opened = view.opensAtOnce(step, done, reach.keep()).map(rule => {
      const { body, unless } = programs.suspect
      return new Set([...guards(rowOf(body, rule)), ...outside(rowOf(unless, rule))])
    })
    return [...seen, ...opened]
  }

  /** A step that gives the client what they need for the step, or what the step would cost them. */
  function liftsOfNeed({ step, group, done, fact }: Blocked): readonly Steps[] {
    const { client } = programs
    const isUsable = (other: number): boolean => !group.has(other) && problem.usable[other] === true
    const holds = closures.client.run([], done).keep()
    const lacking = fact.needs.filter(node => !holds.has(node))
    const found = lacking.map(node => findKeys(client, node, holds, { done, isUsable, locking: null }))
    const lost = view.findLost(step, done)
    if (lost === undefined) return found
    const after = closures.client.run([step], [...done, step]).keep()
    const having = { done: new Set([...done, step]), isUsable, locking: step }
    return [...found, findKeys(client, lost, after, having)]
  }

  return (step, group) => {
    const fact = view.factsOf(step)
    if (!fact) return null
    // No step from outside helps a step that must come after another of its group.
    if (fact.after.some(other => group.has(other))) return new Set()
    const blocked = { step, group, done: new Set([...plan].filter(other => !group.has(other))), fact }
    const lifts = [...liftsOfEvidence(blocked), ...liftsOfSight(blocked), ...liftsOfNeed(blocked)]
    return lifts.sort((one, other) => one.size - other.size)[0] ?? null
  }
}

/**
 * Finds the steps that could give the client a node they do not hold. Walks back from the node over what they lack,
 * and stops at the rules that need a step: at least one of those steps must be taken.
 */
function findKeys(
  client: RuleProgram,
  node: number,
  holds: Held,
  {
    done,
    isUsable,
    locking,
  }: {
    readonly done: Steps
    readonly isUsable: (step: number) => boolean
    /** A step all of whose locks count as shut; null when there is none. */
    readonly locking: number | null
  },
): Steps {
  const lacking = new Set([node])
  const open = [node]
  const waiting: number[] = []
  const isRound = (rule: number): boolean => rowOf(client.body, rule).some(each => lacking.has(each))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const rule of rowOf(client.giving, next)) {
      if (locking !== null && rowOf(client.unless, rule).includes(locking)) continue
      if (isRound(rule)) continue
      if (!rowOf(client.if, rule).every(other => done.has(other))) {
        waiting.push(rule)
        continue
      }
      const without = rowOf(client.body, rule).find(each => !holds.has(each))
      if (without === undefined) throw new Error('access-map: a closure missed a rule that is on')
      lacking.add(without)
      open.push(without)
    }
  }
  const keys = new Set<number>()
  for (const rule of waiting) {
    if (isRound(rule)) continue
    const missing = [...rowOf(client.if, rule)].filter(other => !done.has(other))
    if (!missing.every(isUsable)) continue
    const [key] = missing
    if (key !== undefined) keys.add(key)
  }
  return keys
}
