import type { EvidenceRecord } from '../evidence/importers/importer.ts'
import { parseWallClock, writeOffset } from '../foundation/local-date.ts'

/**
 * A record as `unwatched read --json` prints it. `sentAt` is the wall clock; it carries its offset from UTC
 * when the moment is known ("2021-06-30T10:10:00+01:00") and none when it is not ("2021-06-30T10:10:00").
 */
export function writeRecord(record: EvidenceRecord): Record<string, unknown> {
  const { place, sentAt, sentLocal, whyNoInstant, possibleInstants, image, sha256, reason, ...rest } = record
  return {
    ...rest,
    sentAt: sentAt !== null && sentLocal !== null ? `${sentLocal}${offsetOf(sentLocal, sentAt)}` : sentLocal,
    instant: sentAt,
    ...(whyNoInstant === null ? {} : { whyNoInstant }),
    ...(possibleInstants.length === 0 ? {} : { possibleInstants }),
    ...(reason === null ? {} : { reason }),
    ...(image === null ? {} : { image }),
    ...(sha256 === null ? {} : { sha256 }),
    source: place,
  }
}

function offsetOf(local: string, instant: string): string {
  if (!parseWallClock(local)) return ''
  return writeOffset((Date.parse(`${local}Z`) - Date.parse(instant)) / 60_000)
}
