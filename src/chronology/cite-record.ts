import type { ItemId } from '../foundation/ids.ts'
import type { BareRecord } from './bare-record.ts'
import type { TimelineRecord } from './record.ts'

/** Gives a record the exhibit it stands in; a record never leaves the store without one. */
export function citeRecord(
  record: BareRecord,
  items: readonly { readonly itemId: ItemId; readonly exhibitRef: string; readonly format: string }[],
): TimelineRecord {
  const item = items.find(each => each.itemId === record.ref.itemId)
  return { ...record, exhibitRef: item?.exhibitRef ?? 'not known', format: item?.format ?? '' }
}
