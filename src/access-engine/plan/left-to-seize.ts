import { type AccessMap, type Belief, countsAt } from '../reach/map.ts'
import { makeNaiveClosure, type NaiveClosure } from '../reach/naive-closure.ts'

/**
 * What is at stake in one state, by name: what counts as a thing that the client keeps does, and what counts as something that
 * is protected and not also kept.
 */
export type LeftToSeize = { readonly kept: readonly string[]; readonly open: readonly string[] }

/** What is at stake, each thing over the minutes for which it is. */
export type SeizeSums = { readonly kept: number; readonly open: number }

/**
 * What the suspected person could seize in a state of a plan, found slowly and from the map as it was written; it shares
 * no line with the search for the order. A thing that the client keeps counts while the suspected person reaches it,
 * and while they reach another kept thing that opened it before the plan. What the plan never closes does not count.
 */
export function makeLeftFinder(
  map: AccessMap,
  level: Belief,
  plan: readonly string[],
  on?: string,
  closure: NaiveClosure = makeNaiveClosure(map, level, on),
): (ofSuspect: ReadonlySet<string>) => LeftToSeize {
  const inTheEnd = closure('suspect', new Set(plan))
  const secrets = new Set(map.nodes.filter(node => node.kind === 'secret').map(node => node.id))
  const kept = [...new Set(map.keep)].filter(node => !inTheEnd.has(node))
  const open = [...new Set(map.protect.map(({ node }) => node))].filter(
    node => !inTheEnd.has(node) && !kept.includes(node),
  )
  const always = [...inTheEnd].filter(node => !secrets.has(node))
  const openedAnyhow = openedToday(map, level, on, always)
  const found = new Map<string, ReadonlySet<string>>()
  return ofSuspect => {
    const roots = kept.filter(node => ofSuspect.has(node))
    const key = JSON.stringify(roots)
    const opened = found.get(key) ?? openedToday(map, level, on, [...always, ...roots])
    found.set(key, opened)
    const isBehind = (node: string): boolean => opened.has(node) && !openedAnyhow.has(node)
    return {
      kept: kept.filter(node => ofSuspect.has(node) || (roots.length > 0 && isBehind(node))),
      open: open.filter(node => ofSuspect.has(node)),
    }
  }
}

/** What somebody opens before any step who has these things and nothing else. */
function openedToday(
  map: AccessMap,
  level: Belief,
  on: string | undefined,
  held: readonly string[],
): ReadonlySet<string> {
  const suspect = held.map(node => ({ node, belief: 'known' as const }))
  const rules = map.rules.filter(rule => on === undefined || rule.until === undefined || rule.until >= on)
  const theirs = { ...map, rules, holds: { ...map.holds, suspect } }
  return makeNaiveClosure(theirs, level, on)('suspect', new Set())
}

/**
 * The steps that count where the question is what is left to do. A look that has to wait counts once the acts are done that start
 * its clock, and not before.
 */
export function countAsSeen(map: AccessMap, done: ReadonlySet<string>, plan: readonly string[]): Set<string> {
  const isSeen = ({ requires }: AccessMap['steps'][number]): boolean =>
    requires.every(any => any.some(act => done.has(act)))
  const waiting = map.steps.filter(step => step.waits !== undefined && plan.includes(step.id))
  const plain = [...done].filter(id => !waiting.some(look => look.id === id))
  return new Set([...plain, ...waiting.filter(isSeen).map(look => look.id)])
}

/**
 * What the order leaves least of, in each state of a plan: what is left to seize with every look that only waits taken as seen; a clock,
 * once more, until it runs and what it is to close is open by nothing else; a clock that does not run, as something
 * protected; and evidence that goes by itself, until it is kept, and as something protected for each piece that goes later.
 */
export function makeStakeFinder(
  map: AccessMap,
  level: Belief,
  plan: readonly string[],
  on?: string,
  closure: NaiveClosure = makeNaiveClosure(map, level, on),
): (done: ReadonlySet<string>) => LeftToSeize {
  const findLeft = makeLeftFinder(map, level, plan, on, closure)
  const inTheEnd = closure('suspect', new Set(plan))
  const isNow = (rule: AccessMap['rules'][number]): boolean =>
    rule.who !== 'client' &&
    countsAt(rule.belief, level) &&
    (on === undefined || ((rule.since ?? on) <= on && (rule.until ?? on) >= on))
  const clocks = map.steps
    .filter(({ id, waits, requires }) => waits !== undefined && plan.includes(id) && requires.length > 0)
    .map(({ id, requires }) => {
      const closed = map.rules.filter(rule => isNow(rule) && rule.unless.includes(id)).map(rule => rule.to)
      const ends = closed.filter(node => !inTheEnd.has(node))
      return { id, requires, ends, isOfKept: ends.some(node => map.keep.includes(node)) }
    })
  const dated = map.evidence
    .filter(({ goes }) => goes !== undefined)
    .map(({ id, goes = 0, preservedBy }) => ({
      id,
      goes,
      by: preservedBy.filter(step => plan.includes(step)),
    }))
    .filter(({ by }) => by.length > 0)
  return done => {
    const ofSuspect = closure('suspect', countAsSeen(map, done, plan))
    const { kept, open } = findLeft(ofSuspect)
    const still = clocks.filter(({ requires }) => !requires.every(any => any.some(act => done.has(act))))
    const notForGood = clocks.filter(
      clock => still.includes(clock) || clock.ends.some(node => ofSuspect.has(node)),
    )
    const unkept = dated.filter(({ by }) => !by.some(step => done.has(step)))
    const later = unkept.flatMap(({ id, goes }) =>
      dated.filter(other => other.goes > goes).map(other => `${id} before ${other.id}`),
    )
    const named = (of: typeof clocks): readonly string[] => of.map(({ id }) => `clock of ${id}`)
    return {
      kept: [...kept, ...named(notForGood.filter(({ isOfKept }) => isOfKept)), ...unkept.map(({ id }) => id)],
      open: [...open, ...named(notForGood.filter(({ isOfKept }) => !isOfKept)), ...named(still), ...later],
    }
  }
}

/**
 * The sums that an order leaves least of: what is at stake when a step is begun, times the minutes that the step takes,
 * from the first step on that may be noticed. What is kept comes before what is protected.
 */
export function sumLeftToSeize(
  map: AccessMap,
  level: Belief,
  order: readonly string[],
  on?: string,
): SeizeSums {
  const findAtStake = makeStakeFinder(map, level, order, on)
  const stepOf = new Map(map.steps.map(step => [step.id, step]))
  const done = new Set<string>()
  let isNoticed = false
  let kept = 0
  let open = 0
  for (const id of order) {
    const step = stepOf.get(id)
    isNoticed ||= step?.alerts ?? false
    if (isNoticed) {
      const left = findAtStake(done)
      const time = step?.minutes ?? 1
      kept += time * left.kept.length
      open += time * left.open.length
    }
    done.add(id)
  }
  return { kept, open }
}
