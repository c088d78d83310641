import type { AccessMap } from '../../access-engine/reach/map.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { StepNotices } from './drawing.ts'
import type { ThingId } from './inventory.ts'

/** What was drawn of each step and each thing besides the map itself. */
type Drawn = {
  readonly notices: ReadonlyMap<string, StepNotices>
  readonly cameFrom: ReadonlyMap<string, ThingId>
  readonly ties: ReadonlyMap<ThingId, readonly string[]>
  /** On which devices each thing is used. */
  readonly openOn: ReadonlyMap<ThingId, readonly ThingId[]>
}

/** Where a step is to be taken: on one of these devices, which nobody else sees into; none of the client's is fit. */
export type StepPlace = { readonly on: readonly ThingId[] } | 'none-fit'

/** Where somebody can look at a thing, and who is told of that. */
export type Inspection = {
  /** The devices on which it is used and into which the suspected person does not see; and those into which they do. */
  readonly fit: readonly ThingId[]
  readonly seen: readonly ThingId[]
  /** Something of a look reaches them, or nobody has read in a source that it does not. */
  readonly isTold: boolean
  /** They have a part of it themselves, other than knowing a password or a code. */
  readonly isTheirsToo: boolean
  /** It is signed in to: a device that is new to it may be told, and shown. */
  readonly hasSignIn: boolean
}

/** What the suspected person has and sees on a map, asked of one thing at a time: the one rule of place and quiet. */
function askOfMap(map: AccessMap, { cameFrom, ties, openOn }: Drawn) {
  const reached = new Set(findReach(map, 'possible', { agent: 'suspect' }).map(each => each.node))
  const kinds = new Map(map.nodes.map(each => [each.id, each.kind]))
  const partsOf = new Map<ThingId, string[]>()
  for (const { id } of map.nodes) {
    const thing = cameFrom.get(id)
    if (thing !== undefined) partsOf.set(thing, [...(partsOf.get(thing) ?? []), id])
  }
  const hasPartOf = (thing: ThingId): boolean =>
    reached.has(thing) ||
    (partsOf.get(thing) ?? []).some(id => reached.has(id) && !knowledge.includes(kinds.get(id) ?? ''))
  const isTold = (tells: readonly string[] | null, thing: ThingId): boolean =>
    tells === null
      ? [thing, ...(ties.get(thing) ?? [])].some(hasPartOf)
      : tells.some(node => reached.has(node))
  const seesInto = (device: ThingId): boolean => reached.has(device) || reached.has(`${device}.reports`)
  const splitDevices = (thing: ThingId) => {
    const open = openOn.get(thing) ?? []
    return { fit: open.filter(each => !seesInto(each)), seen: open.filter(seesInto) }
  }
  /** Something of what is done with a thing reaches them: what it sends, or the sign-in that it needs. */
  const reachesThem = (told: StepNotices | undefined, thing: ThingId): boolean =>
    isTold(told?.tells ?? null, thing) ||
    ((told?.isWithin ?? false) && splitDevices(thing).fit.length === 0 && isTold(told?.signIn ?? null, thing))
  return { reached, hasPartOf, splitDevices, reachesThem }
}

/**
 * Rule S9: whether the suspected person notices a step, on this map, and where it is to be taken; and the same of looking at each
 * thing. Unnoticed is only a step of which nothing reaches them at any belief: no notice that it sends, no part of the thing
 * where nobody has read what it sends, no way of theirs that it ends, no sign-in that it needs.
 *
 * `answered`: steps with a thing of which they have any part, or of what it is tied to: they can answer.
 *
 * @param map the whole map before any step is taken, in which the suspected person reaches the most
 */
export function findNoticed(map: AccessMap, drawn: Drawn) {
  const { notices, cameFrom, ties } = drawn
  const { reached, hasPartOf, splitDevices, reachesThem } = askOfMap(map, drawn)

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
  const answered = new Set<string>()
  for (const { id } of map.steps) {
    const thing = cameFrom.get(id) ?? ''
    const told = notices.get(id)
    const { fit, seen } = splitDevices(thing)
    if (told?.isWithin && fit.length + seen.length > 0)
      places.set(id, fit.length > 0 ? { on: fit } : 'none-fit')
    if ([thing, ...(ties.get(thing) ?? [])].some(hasPartOf)) answered.add(id)
    if (endedBy.has(id) || reachesThem(told, thing)) noticed.add(id)
  }
  const inspections = new Map<ThingId, Inspection>()
  for (const thing of ties.keys()) {
    const told = notices.get(nameLook(thing))
    inspections.set(thing, {
      ...splitDevices(thing),
      isTold: reachesThem(told, thing),
      isTheirsToo: hasPartOf(thing),
      hasSignIn: told?.isWithin ?? false,
    })
  }
  return { noticed, places, answered, inspections }
}

/** The step of looking at a thing and photographing what stands there. */
const nameLook = (thing: ThingId): string => `photograph-settings:${thing}`

/** Kinds of node that are knowledge: anyone who has one is told of nothing. */
export const knowledge: readonly string[] = ['secret', 'code']

/** The map with what is noticed said of each step, and the one cost of being noticed at all. */
export function sayNoticed(map: AccessMap, noticed: ReadonlySet<string>): AccessMap {
  const steps = map.steps.map(step => ({ ...step, alerts: noticed.has(step.id) }))
  return {
    ...map,
    steps,
    sharedCosts: [{ id: 'alerted', cost: 10, any: steps.filter(each => each.alerts).map(each => each.id) }],
  }
}
