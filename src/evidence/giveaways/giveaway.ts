import type { Place } from '../importers/importer.ts'

/** What in an original could lead somebody to the client. `own-…` are the channels to the client that the clinic holds itself. */
export const giveawayKinds = [
  'position',
  'own-number',
  'own-mail',
  'own-postcode',
  'own-other-way',
  'postcode',
  'street',
  'map-link',
] as const
export type GiveawayKind = (typeof giveawayKinds)[number]

/** One kind of it in one item: how often, and where the first of them stand. What it says is never kept here (S6). */
export type Giveaway = {
  readonly kind: GiveawayKind
  readonly count: number
  readonly places: readonly Place[]
}

/** A stretch of an item that nobody looked through for giveaways, and why: the worse case is taken of it. */
export type NotSearched = { readonly because: string; readonly place: Place | null }

/** What looking through one item came to. */
export type GiveawaySearch = {
  readonly found: readonly Giveaway[]
  readonly notLooked: readonly NotSearched[]
  readonly notLookedCount: number
  /** What a person alone can see: how many pictures there are, of whose content nothing is known. */
  readonly pictures: number
  /** Something stands in the name of the item itself, which a copy of its content keeps. */
  readonly inName: boolean
}

export const placesKept = 20

const kindWords: Readonly<Record<GiveawayKind, readonly [one: string, many: string]>> = {
  position: ['a position that the camera wrote', 'positions that the camera wrote'],
  'own-number': ['the client’s number', 'places with the client’s number'],
  'own-mail': ['the client’s mail address', 'places with the client’s mail address'],
  'own-postcode': ['the client’s postcode', 'places with the client’s postcode'],
  'own-other-way': ['a way to reach the client', 'places with a way to reach the client'],
  postcode: ['what looks like a postcode', 'places that look like a postcode'],
  street: ['what looks like a street and number', 'places that look like a street and number'],
  'map-link': ['a place on a map', 'places on a map'],
}

/** "the client’s number", "3 positions that the camera wrote". */
export function sayGiveaway({ kind, count }: Pick<Giveaway, 'kind' | 'count'>): string {
  const [one, many] = kindWords[kind]
  return count === 1 ? one : `${count.toLocaleString('en-GB')} ${many}`
}

/** Whether a person has to choose what becomes of the item before it may leave: something was found, or is not known. */
export function needsChoice(look: GiveawaySearch | null): boolean {
  return look === null || look.found.length > 0 || look.notLookedCount > 0
}

/** What looking through an item for giveaways shows, and what it cannot. */
// Rule S14
export const giveawayMeaning =
  'Looked for: positions that cameras write into pictures, the ways to reach the client that the clinic holds, and ' +
  'words that look like postcodes, streets or places on a map. Nothing looks at what a picture shows: faces, a house ' +
  'number, a school or a view from a window have to be looked for by a person.'
