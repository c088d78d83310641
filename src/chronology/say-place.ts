import type { RecordPlace } from './record.ts'

/** "line 12", "lines 12 to 14", "bytes 0 to 5,120", each with "of _chat.txt" when it stands inside an archive. */
export function sayPlace(place: RecordPlace): string {
  if (place.region) return `the picture, from ${place.region.top} % to ${place.region.bottom} % of its height`
  const where = place.entry === null ? '' : ` of ${place.entry}`
  if (place.firstLine === null) {
    const size = place.to - place.from
    return size > 0
      ? `bytes ${group(place.from)} to ${group(place.to)}${where}`
      : place.entry === null
        ? 'the whole file'
        : `the entry ${place.entry}`
  }
  const last = place.lastLine ?? place.firstLine
  return last > place.firstLine
    ? `lines ${group(place.firstLine)} to ${group(last)}${where}`
    : `line ${group(place.firstLine)}${where}`
}

function group(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
