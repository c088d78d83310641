import { sayCount } from '../../say-account.ts'
import type { RecordMark } from '../importer.ts'

/** What the phone's list of calls says of one call. */
export type Call = {
  readonly direction: 'in' | 'out' | 'unknown'
  readonly text: string
  readonly marks: readonly RecordMark[]
}

// Android CallLog.Calls, TYPE and PRESENTATION; from samples of these files, not read in the app’s own page of fields
const kinds: Readonly<Record<string, readonly ['in' | 'out', string, RecordMark?]>> = {
  '1': ['in', 'Incoming call'],
  '2': ['out', 'Outgoing call'],
  '3': ['in', 'Missed call', 'missed'],
  '4': ['in', 'Voicemail'],
  '5': ['in', 'Incoming call, declined', 'declined'],
  '6': ['in', 'Incoming call, refused by a list of blocked numbers', 'declined'],
  '7': ['in', 'Incoming call, answered on another device'],
}

const presentations: Readonly<Record<string, string>> = {
  '2': 'number withheld',
  '3': 'number not known',
  '4': 'from a payphone',
}

/** Puts a line of the list of calls into words; nobody wrote any. */
export function readCall(type: string, duration: string, presentation: string): Call {
  const kind = kinds[type]
  const seconds = /^\d{1,9}$/.test(duration) ? Number(duration) : null
  const parts = [
    kind?.[1] ?? `Call of a kind that the format does not name (${type === '' ? 'none is written' : type})`,
    presentations[presentation] ?? '',
    seconds === null
      ? 'its length is not written'
      : seconds === 0 && (kind?.[2] !== undefined || type === '4')
        ? ''
        : sayCount(seconds, 'second', 'seconds'),
  ]
  return {
    direction: kind?.[0] ?? 'unknown',
    text: parts.filter(part => part !== '').join(', '),
    marks: kind?.[2] ? [kind[2]] : [],
  }
}
