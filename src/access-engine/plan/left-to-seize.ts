import type { AccessMap, Belief } from '../reach/map.ts'
import { makeNaiveClosure, type NaiveClosure } from '../reach/naive-closure.ts'

/** What is at stake in one state: of what the client keeps, and of what is protected and not also kept. */
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
 * The sums that an order leaves least of: what is at stake when a step is begun, times the time that the step takes,
 * from the first step on that may be noticed. What is kept comes before what is protected.
 */
export function sumLeftToSeize(
  map: AccessMap,
  level: Belief,
  order: readonly string[],
  on?: string,
): SeizeSums {
  const closure = makeNaiveClosure(map, level, on)
  const findLeft = makeLeftFinder(map, level, order, on, closure)
  const stepOf = new Map(map.steps.map(step => [step.id, step]))
  const done = new Set<string>()
  let isNoticed = false
  let kept = 0
  let open = 0
  for (const id of order) {
    const step = stepOf.get(id)
    isNoticed ||= step?.alerts ?? false
    if (isNoticed) {
      const left = findLeft(closure('suspect', done))
      const time = step?.minutes ?? 1
      kept += time * left.kept.length
      open += time * left.open.length
    }
    done.add(id)
  }
  return { kept, open }
}
