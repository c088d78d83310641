import type { AccessMap } from '../../access-engine/reach/map.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { StepNotices } from './drawing.ts'
import type { ThingId } from './inventory.ts'

/** What was drawn of each step and each thing besides the map itself. */
type Drawn = {
  readonly notices: ReadonlyMap<string, StepNotices>
  readonly cameFrom: ReadonlyMap<string, ThingId>
  readonly ties: ReadonlyMap<ThingId, readonly string[]>
}

/** Where a step is to be taken: on one of these devices, which nobody else sees into; none of the client's is fit. */
export type StepPlace = { readonly on: readonly ThingId[] } | 'none-fit'

/**
 * Rule S9: whether the suspected person notices a step, on this map, and where it is to be taken. Unnoticed is only a step
 * of which nothing reaches them at any belief: no notice that it sends, no part of the thing where nobody has read what it
 * sends, no way of theirs that it ends, no sign-in that it needs.
 *
 * @param map the whole map before any step is taken, in which the suspected person reaches the most
 */
export function findNoticed(map: AccessMap, { notices, cameFrom, ties }: Drawn) {
  const reached = new Set(findReach(map, 'possible', { agent: 'suspect' }).map(each => each.node))
  const kinds = new Map(map.nodes.map(each => [each.id, each.kind]))
  const partsOf = new Map<ThingId, string[]>()
  for (const { id } of map.nodes) {
    const thing = cameFrom.get(id)
    if (thing !== undefined) partsOf.set(thing, [...(partsOf.get(thing) ?? []), id])
  }
  /** Any part of it, other than knowing a password or a code. */
  const hasPartOf = (thing: ThingId): boolean =>
    reached.has(thing) ||
    (partsOf.get(thing) ?? []).some(id => reached.has(id) && !knowledge.includes(kinds.get(id) ?? ''))
  const isTold = (tells: readonly string[] | null, thing: ThingId): boolean =>
    tells === null
      ? [thing, ...(ties.get(thing) ?? [])].some(hasPartOf)
      : tells.some(node => reached.has(node))
  const isDevice = (thing: ThingId): boolean => kinds.has(`${thing}.in-hand`)
  const seesInto = (thing: ThingId): boolean => reached.has(thing) || reached.has(`${thing}.reports`)

  const endedBy = new Map<string, boolean>()
  const steps = new Map(map.steps.map(each => [each.id, each]))
  for (const rule of map.rules) {
    if (rule.who === 'client' || rule.if.length > 0 || !rule.from.every(node => reached.has(node))) continue
    // A look that shows a way closed ends it on the map; what is noticed is the act before it.
    for (const id of rule.unless)
      for (const act of [id, ...(steps.get(id)?.requires.flat() ?? [])]) endedBy.set(act, true)
  }

  const noticed = new Set<string>()
  const places = new Map<string, StepPlace>()
  for (const { id } of map.steps) {
    const thing = cameFrom.get(id) ?? ''
    const told = notices.get(id)
    const open = (ties.get(thing) ?? []).filter(isDevice)
    const fit = open.filter(device => !seesInto(device))
    const isWithin = told?.isWithin ?? false
    if (open.length > 0 && isWithin) places.set(id, fit.length > 0 ? { on: fit } : 'none-fit')
    const signsIn = isWithin && fit.length === 0
    if (
      endedBy.has(id) ||
      isTold(told?.tells ?? null, thing) ||
      (signsIn && isTold(told?.signIn ?? null, thing))
    )
      noticed.add(id)
  }
  return { noticed, places }
}

/** Kinds of node that are knowledge: anyone who has one is told of nothing. */
const knowledge: readonly string[] = ['secret', 'code']

/** The map with what is noticed said of each step, and the one cost of being noticed at all. */
export function sayNoticed(map: AccessMap, noticed: ReadonlySet<string>): AccessMap {
  const steps = map.steps.map(step => ({ ...step, alerts: noticed.has(step.id) }))
  return {
    ...map,
    steps,
    sharedCosts: [{ id: 'alerted', cost: 10, any: steps.filter(each => each.alerts).map(each => each.id) }],
  }
}
