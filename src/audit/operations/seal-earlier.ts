import { type ActKeyHolder, type ActPlace, sealDetail } from '../store.ts'

/** What an act of an earlier version says of a case, as this one keeps it. */
export function sealEarlierDetail(
  holder: ActKeyHolder,
  place: ActPlace,
  detail: Readonly<Record<string, unknown>>,
): Buffer {
  return sealDetail(holder, place, detail)
}
