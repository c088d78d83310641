import type { ItemId } from '../../foundation/ids.ts'

/** What stands in the leaves of a generation, each under a letter of its own: no word comes among the senders. */
export const entryKeys = {
  word: (word: string): string => `w${word}`,
  kind: (kind: string): string => `k${kind}`,
  sender: (sender: string): string => `s${sender}`,
  item: (itemId: ItemId): string => `i${itemId}`,
  /** What the app reports; `any` for whatever it is. */
  fact: (fact: string): string => `f${fact}`,
  /** Where the records of an item lie, from this number on. */
  placeOf: (itemId: ItemId, ordinal: number): string => `p${itemId}${writeOrdinal(ordinal)}`,
  /** All of these. */
  places: 'p',
  /** By how much the clocks of the records differ from their instants. */
  offsets: 'o',
  /** What a record tells again. */
  sameAs: (itemId: ItemId, ordinal: number): string => `m${itemId}${writeOrdinal(ordinal)}`,
  /** What tells a record again: this many, one behind the other. */
  toldAgain: (itemId: ItemId, ordinal: number): string => `n${itemId}${writeOrdinal(ordinal)}`,
  /** All of these of one item. */
  sameAsOf: (itemId: ItemId): string => `m${itemId}`,
  toldAgainOf: (itemId: ItemId): string => `n${itemId}`,
  /** How many records there are by week and by hour of the week, and who sent most of them. */
  counts: 'c',
  /** How many each sender has, all of them. */
  senders: 't',
  /** How many there are of one item, by kind and sender; of all items under the letter alone. */
  groups: (itemId: ItemId | ''): string => `g${itemId}`,
  /** By hour, for one item and one month ("2026-03"). */
  hours: (itemId: ItemId | '', month: string): string => `h${itemId}${month}`,
} as const

/** Ten digits, so that numbers stand in their order. */
const writeOrdinal = (ordinal: number): string => String(ordinal).padStart(10, '0')

/** The item and the month that a key of hours names. */
export const readMonth = (key: string): string => key.slice(37)
export const readItemOf = (key: string): ItemId => key.slice(1, 37) as ItemId

export const readOrdinal = (key: string): number => Number(key.slice(-10))
