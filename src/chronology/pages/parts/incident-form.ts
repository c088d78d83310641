import { z } from 'zod'
import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOrNone, optionalText, requiredText } from '../../../web/form-fields.ts'
import { datePartNames, readDate } from '../../../web/read-date.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import { actCodes } from '../../act-codes.ts'
import type { WhichOfTwo } from '../../find-moment.ts'
import type { IncidentAccount, Precision } from '../../incident.ts'
import { parseRecordRef, type RecordRef } from '../../record.ts'
import { signs } from '../../signs.ts'
import { type Telling, toldWhom } from '../../telling.ts'
import { verifyWhen } from '../../verify-when.ts'

export type IncidentFormRead =
  | { readonly ok: true; readonly account: IncidentAccount; readonly reason: string }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

const texts = z.object({
  what: requiredText({ what: 'What happened', max: 10_000, enter: 'Enter what happened' }),
  whereCoarse: optionalText({ what: 'Where it happened', max: 200 }),
  platform: optionalText({ what: 'Platform', max: 100 }),
  codes: anyOf(actCodes.map(each => each.code)),
  herWords: optionalText({ what: 'How the client felt', max: 5_000 }),
  changed: optionalText({ what: 'What changed', max: 5_000 }),
  shows: anyOf(signs),
  toldTo: optionalText({ what: 'Who was told', max: 1_000 }),
  toldWhom: oneOrNone(toldWhom, 'Select who was told'),
  toldReference: optionalText({ what: 'The reference', max: 100 }),
  reason: optionalText({ what: 'Why it is being revised', max: 1_000 }),
})

const precisions: readonly Precision[] = ['exact', 'about', 'between', 'unknown']
const mostRecords = 200

/** The fields as they stand on the page, so that problems are listed in its order. */
const order = [
  'reason',
  'what',
  'precision',
  'date',
  'time',
  'which',
  'endDate',
  'endTime',
  'endWhich',
  'noticedOn',
  'whereCoarse',
  'platform',
  'codes',
  'herWords',
  'changed',
  'shows',
  'toldWhom',
  'toldOn',
  'toldReference',
  'toldTo',
  'record',
]

/** Reads the incident form in the zone of its case: the account, or every problem in the order of the page. */
export function readIncidentForm(
  form: FormFields,
  zone: string,
  now: Date,
  options: { readonly needsReason: boolean },
): IncidentFormRead {
  const read = readForm(texts, form)
  const date = readDate(form, 'date', { what: 'the date it happened', required: false })
  const endDate = readDate(form, 'endDate', { what: 'the latest date it can have happened', required: false })
  const noticedOn = readDate(form, 'noticedOn', { what: 'the date it was noticed', required: false })
  const toldOn = readDate(form, 'toldOn', { what: 'the date somebody was told', required: false })
  const precision = precisions.find(each => each === fieldText(form, 'precision')) ?? null
  const problems: FormProblem[] = [read, date, endDate, noticedOn, toldOn].flatMap(each =>
    each.ok ? [] : each.problems,
  )
  const when = verifyWhen(
    {
      precision,
      date: date.ok ? date.value : null,
      time: fieldText(form, 'time').trim(),
      which: readWhich(form, 'which'),
      endDate: endDate.ok ? endDate.value : null,
      endTime: fieldText(form, 'endTime').trim(),
      endWhich: readWhich(form, 'endWhich'),
      noticedOn: noticedOn.ok ? noticedOn.value : null,
    },
    zone,
    now,
  )
  if (!when.ok) {
    // A date that could not be read has its own problem already.
    problems.push(
      ...when.problems.filter(({ field }) => !problems.some(each => baseOf(each.field) === baseOf(field))),
    )
  }
  if (options.needsReason && fieldText(form, 'reason').trim() === '') {
    problems.push({ field: 'reason', message: 'Enter why it is being revised' })
  }
  problems.push(...checkTold(form, toldOn.ok ? toldOn.value : null, dayAt(now, zone)))
  const records = readRecordRefs(fieldValues(form, 'record'))
  if (records.length > mostRecords) {
    problems.push({ field: 'record', message: `An incident can rest on ${mostRecords} records or less` })
  }
  if (!read.ok || !when.ok || problems.length > 0) return { ok: false, problems: sortProblems(problems) }
  const { reason, toldWhom: whom, toldReference: reference, herWords: clientWords, ...told } = read.value
  const telling: Telling | null = whom && { whom, on: toldOn.ok ? toldOn.value : null, reference }
  return {
    ok: true,
    reason,
    account: { ...told, clientWords, telling, when: when.when, noticedOn: when.noticedOn, zone, records },
  }
}

/** A day or a reference says nothing without who was told; and nobody was told tomorrow. */
function checkTold(form: FormFields, on: string | null, today: string): readonly FormProblem[] {
  if (on !== null && on > today)
    return [{ field: 'toldOn-day', message: 'The date somebody was told must be today or in the past' }]
  const hasMore = on !== null || fieldText(form, 'toldReference').trim() !== ''
  return hasMore && fieldText(form, 'toldWhom') === ''
    ? [{ field: 'toldWhom', message: 'Select who was told, or leave the day and the reference empty' }]
    : []
}

/** Reads references to records as they were sent; what is none is left out, and each is there once. */
export function readRecordRefs(values: readonly string[]): readonly RecordRef[] {
  return [...new Set(values)].map(parseRecordRef).filter(ref => ref !== null)
}

/** What stands in the three boxes of a date, by field name. */
export function dateFields(
  prefix: string,
  date: string | null,
): readonly (readonly [string, readonly string[]])[] {
  const names = datePartNames(prefix)
  const [year = '', month = '', day = ''] = (date ?? '').split('-').map(part => part.replace(/^0+/, ''))
  return [
    [names.day, [day]],
    [names.month, [month]],
    [names.year, [year]],
  ]
}

function readWhich(form: FormFields, name: string): WhichOfTwo {
  const value = fieldText(form, name)
  return value === 'earlier' || value === 'later' ? value : null
}

function baseOf(field: string): string {
  return field.replace(/-(day|month|year)$/, '')
}

function sortProblems(problems: readonly FormProblem[]): readonly FormProblem[] {
  const place = (field: string): number => order.indexOf(baseOf(field))
  return [...problems].sort((one, other) => place(one.field) - place(other.field))
}
