import { readWallClock, writeWallClock } from '../../../foundation/local-date.ts'
import type { Answers, EvidenceRecord } from '../importer.ts'
import { findPhoneOffset, sayOffset } from './phone-clock.ts'

type Times = Pick<
  EvidenceRecord,
  'sentAt' | 'sentLocal' | 'sentAsWritten' | 'whyNoInstant' | 'zone' | 'zoneHow' | 'precision'
>

/** The last moment of the year 9999: what no clock of four-digit years can show is no time. */
const lastMoment = 253_402_300_799_999

/**
 * When a message was sent. The backup has the moment, so no zone is asked for; the wall clock is that of the zone a
 * person named, else that of the phone where the backup writes its date beside the moment, else UTC.
 *
 * @param date milliseconds since 1970, as written
 */
export function readTime(date: string, readable: string | null, answers: Answers): Times {
  const written = [date, readable === null ? '' : `(${readable})`].filter(part => part !== '').join(' ')
  const moment = /^\d{1,15}$/.test(date) ? Number(date) : 0
  if (moment === 0 || moment > lastMoment)
    return {
      sentAt: null,
      sentLocal: null,
      sentAsWritten: written === '' ? null : written,
      whyNoInstant: 'not-dated',
      zone: null,
      zoneHow: 'unknown',
      precision: 'none',
    }
  const sentAt = new Date(moment).toISOString().replace('.000Z', 'Z')
  const known = { sentAt, sentAsWritten: written, whyNoInstant: null, precision: 'second' } as const
  if (answers.zone !== undefined)
    return {
      ...known,
      sentLocal: writeWallClock(readWallClock(moment, answers.zone)),
      zone: answers.zone,
      zoneHow: 'asked',
    }
  const offset = readable === null ? null : findPhoneOffset(readable, moment)
  const sentLocal = new Date(moment + (offset ?? 0) * 60_000).toISOString().slice(0, 19)
  return { ...known, sentLocal, zone: offset === null ? 'UTC' : sayOffset(offset), zoneHow: 'stated' }
}
