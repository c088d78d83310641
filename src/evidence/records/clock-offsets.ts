import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import { entryKeys } from './entry-keys.ts'

/** A phone shows one clock in summer and another in winter; of more than these none is named. */
const mostOffsets = 8

/** By how much the clocks of records differ from their instants, in milliseconds; null where by more than can be named. */
export type ClockOffsets = readonly number[] | null

export function findOffsets(locals: ArrayLike<number>, instants: ArrayLike<number>): ClockOffsets {
  const offsets = new Set<number>()
  for (let at = 0; at < locals.length && offsets.size <= mostOffsets; at += 1) {
    const offset = (locals[at] ?? Number.NaN) - (instants[at] ?? Number.NaN)
    if (!Number.isNaN(offset)) offsets.add(offset)
  }
  return bound(offsets)
}

/** Of several generations together. */
export function joinOffsets(all: readonly ClockOffsets[]): ClockOffsets {
  return all.some(each => each === null) ? null : bound(new Set(all.flatMap(each => each ?? [])))
}

const bound = (offsets: ReadonlySet<number>): ClockOffsets =>
  offsets.size > mostOffsets ? null : [...offsets]

export const offsetsEntry = (offsets: ClockOffsets): LeafEntry => ({
  key: entryKeys.offsets,
  value: Buffer.from(JSON.stringify(offsets), 'utf8'),
})

export const readOffsets = ({ value }: LeafEntry): ClockOffsets => JSON.parse(value.toString('utf8'))
