import { type ActPlace, type KeyHolder, sealDetail } from '../store.ts'

/** What an act of an earlier version says of a case, as this one keeps it. */
export function sealEarlierDetail(
  holder: KeyHolder,
  place: ActPlace,
  detail: Readonly<Record<string, unknown>>,
): Buffer {
  return sealDetail(holder, place, detail)
}
