import type { Belief } from '../../access-engine/reach/map.ts'
import type { Thing, ThingId } from '../inventory/inventory.ts'

/** A test is a step like any other: where to take it, who notices, and what that adds to its risk. */
export type TestStep = { readonly where: string; readonly notices: string; readonly risk: number }

/** Where a thing can be used: the devices on which it is open, and whether somebody signs in to it. */
export type DevicesOf = { readonly things: readonly Thing[]; readonly hasSignIn: boolean }

/** How much the risk of a test grows when nobody knows a place that the suspected person cannot see. */
const noPlaceKnown = 4

/**
 * Where a check of a thing or a decoy on it is done, and who notices. Never on a device that the suspected person even possibly
 * reaches: they would see it being done. What the map does not say counts as the worse case.
 *
 * @param beliefs the things that the suspected person reaches, and how surely
 */
export function findTestStep(
  thing: Thing,
  method: 'check' | 'decoy',
  devices: DevicesOf,
  beliefs: ReadonlyMap<ThingId, Belief>,
): TestStep {
  const { things } = devices
  const free = things.filter(each => !each.isGone && !beliefs.has(each.thingId))
  const seen = things.filter(each => !free.includes(each))
  const notices = sayNotices(thing, method, beliefs.get(thing.thingId) ?? null)
  if (free.length > 0) {
    const never = seen.length > 0 ? ` Never on ${listLabels(seen)}: they may see what is done there.` : ''
    return {
      where: `On ${listLabels(free)}, where nobody looks over the client’s shoulder.${never}`,
      notices,
      risk: 0,
    }
  }
  if (things.some(each => each.thingId === thing.thingId))
    return {
      where: `It can only be done on ${thing.label} itself, and they may see what is done there. Agree on a time and a place with an adviser first.`,
      notices,
      risk: noPlaceKnown,
    }
  const why =
    seen.length > 0
      ? `They may see what is done on ${listLabels(seen)}, and the map knows of no other device for it.`
      : 'The map does not say where this can be done unseen.'
  const instead = devices.hasSignIn
    ? 'A device that is new to it may tell them, and show where it was used: not at home, and not at the clinic, before that is known. Agree on a place with an adviser first.'
    : 'Agree on a place with an adviser first.'
  return { where: `${why} ${instead}`, notices, risk: noPlaceKnown }
}

function sayNotices({ label }: Thing, method: 'check' | 'decoy', belief: Belief | null): string {
  if (method === 'decoy')
    return belief === null
      ? `Everybody who reads ${label}. By the map the suspected person does not, as far as the map knows.`
      : `The suspected person, when they read ${label}. Take it that they also see that it was made up.`
  return belief === null
    ? 'Nobody, as far as the map knows. If that is wrong, the suspected person is told that somebody looked.'
    : `Nobody has said whether ${label} tells those who use it that somebody looked. Take it that the suspected person is told.`
}

function listLabels(things: readonly Thing[]): string {
  const labels = things.map(each => each.label)
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}`
}
