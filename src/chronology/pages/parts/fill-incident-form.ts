import { findMoments, readWallClock, writeWallClock } from '../../../foundation/local-date.ts'
import type { FormFields } from '../../../web/request.ts'
import type { DiaryAccount } from '../../diary-entry.ts'
import type { IncidentAccount } from '../../incident.ts'
import { type TimelineRecord, writeRecordRef } from '../../record.ts'
import { sayFormat } from '../../say-record-kind.ts'
import { quoteRecord } from '../../say-writer.ts'
import { dateFields } from './incident-form.ts'

/** Fills the form in from records somebody ticked: what they say and when, for a person to check and to tell. */
export function fillFromRecords(records: readonly TimelineRecord[], zone: string): FormFields {
  if (records.length === 0) return new Map()
  const clocks = records
    .map(record => (record.sentAt ? clockAt(record.sentAt, zone) : record.sentLocal))
    .filter(clock => clock !== null)
    .sort()
  const first = clocks[0] ?? null
  const last = clocks.at(-1) ?? null
  const isBetween = first !== null && last !== null && first.slice(0, 16) !== last.slice(0, 16)
  const formats = new Set(records.map(record => sayFormat(record.format)))
  const what = records
    .filter(record => record.body !== '')
    .map(record => quoteRecord(record, record.body))
    .join('\n')
  return new Map<string, readonly string[]>([
    ['what', [[...what].slice(0, 10_000).join('')]],
    ['precision', [first === null ? '' : isBetween ? 'between' : 'exact']],
    ...dateFields('date', first?.slice(0, 10) ?? null),
    ['time', [first?.slice(11, 16) ?? '']],
    ...(isBetween ? dateFields('endDate', last.slice(0, 10)) : []),
    ['endTime', [isBetween ? last.slice(11, 16) : '']],
    ['platform', [formats.size === 1 && records[0]?.format !== 'image' ? ([...formats][0] ?? '') : '']],
    ['record', records.map(record => writeRecordRef(record.ref))],
  ])
}

/** Fills the form in from the newest revision, to be revised. */
export function fillFromAccount(account: IncidentAccount): FormFields {
  const { when, zone } = account
  const start = when.precision === 'unknown' ? null : clockAt(when.startsAt, zone)
  const end = when.precision === 'between' ? clockAt(when.endsAt, zone) : null
  return new Map<string, readonly string[]>([
    ['what', [account.what]],
    ['precision', [when.precision]],
    ...dateFields('date', start?.slice(0, 10) ?? null),
    ['time', [start?.slice(11, 16) ?? '']],
    ['which', [when.precision === 'unknown' ? '' : whichOfTwo(when.startsAt, zone)]],
    ...dateFields('endDate', end?.slice(0, 10) ?? null),
    ['endTime', [end?.slice(11, 16) ?? '']],
    ['endWhich', [when.precision === 'between' ? whichOfTwo(when.endsAt, zone) : '']],
    ...dateFields('noticedOn', account.noticedOn),
    ['whereCoarse', [account.whereCoarse]],
    ['platform', [account.platform]],
    ['codes', account.codes],
    ['herWords', [account.clientWords]],
    ['changed', [account.changed]],
    ['shows', account.shows ?? []],
    ['toldTo', [account.toldTo]],
    ['toldWhom', account.telling ? [account.telling.whom] : []],
    ...dateFields('toldOn', account.telling?.on ?? null),
    ['toldReference', [account.telling?.reference ?? '']],
    ['record', account.records.map(writeRecordRef)],
  ])
}

/** Fills the form in from what the client wrote, for a person to check and to put into an incident. */
export function fillFromDiary({ what, felt, when, zone }: DiaryAccount): FormFields {
  const account = { what, clientWords: felt, when, zone, noticedOn: null, changed: '', whereCoarse: '' }
  return fillFromAccount({ ...account, toldTo: '', platform: '', codes: [], records: [] })
}

function clockAt(moment: Date, zone: string): string {
  return writeWallClock(readWallClock(moment.getTime(), zone))
}

function whichOfTwo(moment: Date, zone: string): string {
  const found = findMoments(readWallClock(moment.getTime(), zone), zone)
  if (found.kind !== 'two') return ''
  return found.earlier === Math.floor(moment.getTime() / 1000) * 1000 ? 'earlier' : 'later'
}
