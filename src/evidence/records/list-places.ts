import { BlockWriter } from '../../foundation/blocks/block-bytes.ts'
import type { ItemId } from '../../foundation/ids.ts'
import type { SegmentPlace } from './directory.ts'
import { entryKeys } from './entry-keys.ts'

/** So many runs of numbers stand under one key. */
const runsAtOnce = 200

/** Which records there are: the item of each, as a number, and its number in it. */
export type NumberedRecords = {
  readonly itemIds: readonly ItemId[]
  readonly items: ArrayLike<number>
  readonly ordinals: ArrayLike<number>
}

/**
 * Where the records of each item lie: runs of numbers one behind the other that lie in one segment.
 *
 * @param order the records in the order of the timeline
 */
export function listPlaces(
  records: NumberedRecords,
  order: Uint32Array,
  segments: readonly SegmentPlace[],
): ReadonlyMap<string, Buffer> {
  const segmentOf = new Uint32Array(order.length)
  let place = 0
  for (const [number, segment] of segments.entries())
    for (let count = 0; count < segment.records; count += 1) segmentOf[order[place++] ?? 0] = number
  const places = new Map<string, Buffer>()
  const out = new BlockWriter()
  let key = ''
  let runs = 0
  let run = { item: -1, next: -1, segment: -1, length: 0 }
  const end = (): void => {
    if (run.length > 0) {
      out.number(run.next - run.length)
      out.number(run.length)
      out.number(run.segment)
      runs += 1
    }
    run = { ...run, length: 0 }
  }
  const close = (): void => {
    end()
    if (runs > 0) places.set(key, out.take())
    runs = 0
  }
  for (const at of sortByNumber(records, order)) {
    const item = records.items[at] ?? 0
    const ordinal = records.ordinals[at] ?? 0
    const segment = segmentOf[at] ?? 0
    if (item !== run.item || runs >= runsAtOnce) {
      close()
      const itemId = records.itemIds[item]
      if (itemId) key = entryKeys.placeOf(itemId, ordinal)
    } else if (segment !== run.segment || ordinal !== run.next) end()
    run = { item, segment, next: ordinal + 1, length: run.length + 1 }
  }
  close()
  return places
}

/** By item and number. The records of an item lie mostly in that order already: only what does not is sorted. */
function sortByNumber({ itemIds, items, ordinals }: NumberedRecords, order: Uint32Array): Uint32Array {
  const starts = new Uint32Array(itemIds.length + 1)
  for (const at of order) starts[(items[at] ?? 0) + 1] = (starts[(items[at] ?? 0) + 1] ?? 0) + 1
  for (let item = 0; item < itemIds.length; item += 1)
    starts[item + 1] = (starts[item + 1] ?? 0) + (starts[item] ?? 0)
  const sorted = new Uint32Array(order.length)
  const next = starts.slice()
  for (const at of order) {
    const item = items[at] ?? 0
    sorted[next[item] ?? 0] = at
    next[item] = (next[item] ?? 0) + 1
  }
  for (let item = 0; item < itemIds.length; item += 1) {
    const own = sorted.subarray(starts[item], starts[item + 1])
    const isInOrder = own.every(
      (at, index) => index === 0 || (ordinals[own[index - 1] ?? 0] ?? 0) <= (ordinals[at] ?? 0),
    )
    if (!isInOrder) own.sort((one, other) => (ordinals[one] ?? 0) - (ordinals[other] ?? 0))
  }
  return sorted
}
