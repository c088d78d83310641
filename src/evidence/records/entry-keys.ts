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
  /** What a record tells again. */
  sameAs: (itemId: ItemId, ordinal: number): string => `m${itemId}${writeOrdinal(ordinal)}`,
  /** What tells a record again: this many, one behind the other. */
  toldAgain: (itemId: ItemId, ordinal: number): string => `n${itemId}${writeOrdinal(ordinal)}`,
  /** How many records there are by week and by hour of the week, and who sent them. */
  counts: 'c',
  /** The same by item, kind and sender. */
  groups: 'g',
  /** By hour, for one month ("2026-03"). */
  hours: (month: string): string => `h${month}`,
} as const

/** Ten digits, so that numbers stand in their order. */
const writeOrdinal = (ordinal: number): string => String(ordinal).padStart(10, '0')

export const readOrdinal = (key: string): number => Number(key.slice(-10))
