import { parseWallClock } from '../foundation/local-date.ts'
import { sayDate, sayTime } from '../foundation/say-date.ts'
import type { TimelineRecord } from './record.ts'

/** When a record was sent, as its source says it: "3 March 2026 at 4:05:09pm", or that nobody knows. */
export function sayRecordTime(
  record: Pick<TimelineRecord, 'sentLocal' | 'sentAsWritten' | 'precision'>,
): string {
  const clock = record.sentLocal === null ? null : parseWallClock(record.sentLocal)
  if (!clock) {
    return record.sentAsWritten === ''
      ? 'No time in the source'
      : `Not known: written as “${record.sentAsWritten}”`
  }
  if (record.precision !== 'second') return `${sayDate(clock)} at ${sayTime(clock)}`
  const hour = clock.hour % 12 === 0 ? 12 : clock.hour % 12
  const pad = (value: number): string => String(value).padStart(2, '0')
  const half = clock.hour < 12 ? 'am' : 'pm'
  return `${sayDate(clock)} at ${hour}:${pad(clock.minute)}:${pad(clock.second)}${half}`
}

/** The zone of a record's time, and how it is known. An exported time without a zone stays without one. */
// Fixed wording (rule S14): what an exported chat time does and does not say
export function sayRecordZone(record: Pick<TimelineRecord, 'zone' | 'zoneHow'>): string {
  if (record.zone === null) return 'Zone not known: the time is as the exporting phone showed it'
  switch (record.zoneHow) {
    case 'stated':
      return `${record.zone}, stated in the source`
    case 'inferred':
      return `${record.zone}, inferred from the whole file`
    case 'asked':
      return `${record.zone}, as a person answered`
    default:
      return `${record.zone}, how it is known was not recorded`
  }
}
