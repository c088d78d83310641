import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { type ActHelper, findActNeeds } from '../mechanism/act-needs.ts'

/** What a sitting needs beside the client, in words: lists to be read out. */
export type SittingNeeds = {
  readonly toBring: readonly string[]
  readonly toReach: readonly string[]
  /** It is done somewhere else than in the room of the clinic. */
  readonly isElsewhere: boolean
}

/** What has to be in the room for some steps, and whom they need, each said once. */
export function findSittingNeeds(
  { places, cameFrom, inventory }: Pick<DrawnMap, 'places' | 'cameFrom'> & { readonly inventory: Inventory },
  steps: readonly string[],
): SittingNeeds {
  const labels = new Map<string, string>(inventory.things.map(({ thingId, label }) => [thingId, label]))
  const toBring = new Set<string>()
  const toReach = new Set<string>()
  let isElsewhere = false
  for (const step of steps) {
    const { helper, items = [], isElsewhere: away } = findActNeeds(step, 0)
    const label = labels.get(cameFrom.get(step) ?? '') ?? 'it'
    // What is done on another thing names it last: `hide-on:t3.t5`.
    const inHand = labels.get(step.slice(step.lastIndexOf('.') + 1)) ?? label
    isElsewhere ||= away === true
    const place = places.get(step)
    if (place === 'none-fit') toBring.add('a device that is none of the client’s own')
    else if (place) toBring.add(place.on.map(thing => labels.get(thing) ?? '').join(' or '))
    for (const item of items) {
      if (item === 'thing') toBring.add(inHand)
      else if (item === 'second-device') toBring.add('a second device to take photographs with')
      else if (item === 'new-device') toBring.add(`the device that takes the place of ${label}`)
      else if (item === 'papers') toBring.add(`proof of identity, and the papers of ${label}`)
      else toBring.add('pen and paper, and a place for it that nobody else opens')
    }
    if (helper !== undefined) toReach.add(sayHelper(helper, label))
  }
  return { toBring: [...toBring], toReach: [...toReach], isElsewhere }
}

function sayHelper(helper: ActHelper, label: string): string {
  switch (helper) {
    case 'network':
      return `the network of ${label}`
    case 'bank':
      return `the bank, for ${label}`
    case 'maker':
      return `the maker of ${label}`
    case 'garage':
      return `a garage, for ${label}`
    case 'solicitor':
      return `a solicitor, for ${label}`
    case 'police':
      return `the police, for ${label}`
    case 'landlord':
      return `the landlord, for ${label}`
    case 'post':
      return 'Royal Mail'
    case 'practice':
      return `the office that runs ${label}`
    case 'trained-person':
      return 'somebody trained to look at devices'
  }
}
