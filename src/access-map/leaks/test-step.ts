import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inspection } from '../inventory/find-noticed.ts'
import type { Inventory, Thing, ThingId } from '../inventory/inventory.ts'

/** A test is a step like any other: where to take it, who notices, and what that adds to its risk. */
export type TestStep = { readonly where: string; readonly notices: string; readonly risk: number }

/** How much the risk of a test grows when nobody knows a place that the suspected person cannot see. */
const noPlaceKnown = 4

/** What is not on the map is seen by them, as far as anybody knows. */
const notOnMap: Inspection = { fit: [], seen: [], isTold: true, isTheirsToo: true, hasSignIn: true }

/**
 * Says where a check of a thing or a decoy on it is done, and who notices, by the rule of the steps (`findNoticed`): never on a
 * device that the suspected person sees into, even possibly. A device that the client no longer has is no place.
 *
 * @param drawn the map of the inventory, before any step
 */
export function findTestStep(
  thing: Thing,
  method: 'check' | 'decoy',
  inventory: Inventory,
  { inspections }: Pick<DrawnMap, 'inspections'>,
): TestStep {
  const look = inspections.get(thing.thingId) ?? notOnMap
  const listThings = (ids: readonly ThingId[]): readonly Thing[] =>
    inventory.things.filter(each => ids.includes(each.thingId))
  const free = listThings(look.fit).filter(each => !each.isGone)
  const seen = [...listThings(look.fit).filter(each => each.isGone), ...listThings(look.seen)]
  const notices = sayNotices(thing, method, look)
  if (free.length > 0) {
    const never = seen.length > 0 ? ` Never on ${listLabels(seen)}: they may see what is done there.` : ''
    return {
      where: `On ${listLabels(free)}, where nobody looks over the client’s shoulder.${never}`,
      notices,
      risk: 0,
    }
  }
  if (seen.some(each => each.thingId === thing.thingId))
    return {
      where: `It can only be done on ${thing.label} itself, and they may see what is done there. Agree on a time and a place with an adviser first.`,
      notices,
      risk: noPlaceKnown,
    }
  const why =
    seen.length > 0
      ? `They may see what is done on ${listLabels(seen)}, and the map knows of no other device for it.`
      : 'The map does not say where this can be done unseen.'
  const instead = look.hasSignIn
    ? 'A device that is new to it may tell them, and show where it was used: not at home, and not at the clinic, before that is known. Agree on a place with an adviser first.'
    : 'Agree on a place with an adviser first.'
  return { where: `${why} ${instead}`, notices, risk: noPlaceKnown }
}

function sayNotices(
  { label }: Thing,
  method: 'check' | 'decoy',
  { isTold, isTheirsToo }: Inspection,
): string {
  if (method === 'decoy')
    return isTheirsToo
      ? `The suspected person, when they read ${label}. Take it that they also see that it was made up.`
      : `Everybody who reads ${label}. By the map the suspected person does not, as far as the map knows.`
  return isTold
    ? `No source says that nobody is told when somebody looks at ${label}. Take it that the suspected person is told.`
    : 'Nobody, as far as the map knows. If that is wrong, the suspected person is told that somebody looked.'
}

function listLabels(things: readonly Thing[]): string {
  const labels = things.map(each => each.label)
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}`
}
