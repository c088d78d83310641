import type { FormProblem } from '../../../foundation/decision.ts'
import { readDate } from '../../../web/read-date.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { ReadAsked } from '../../read-part.ts'

export const mostRecordsOfPart = 500_000
export const mostEntriesOfPart = 100
const longestReason = 300

export type ReadForm =
  | { readonly ok: true; readonly asked: ReadAsked }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

/** Reads what is to be read of an item. */
export function readAskedForm(form: FormFields): ReadForm {
  const kind = fieldText(form, 'read')
  switch (kind) {
    case 'whole':
      return { ok: true, asked: { kind } }
    case 'first':
    case 'last':
      return readNumber(form, kind)
    case 'days':
      return readDays(form)
    case 'entries':
      return readEntries(form)
    case 'nothing': {
      const reason = cleanText(fieldText(form, 'reason')).trim()
      return reason.length > longestReason
        ? fail('reason', `The reason must be ${longestReason} characters or less`)
        : { ok: true, asked: { kind, reason } }
    }
    default:
      return fail('read', 'Select what is to be read')
  }
}

const fail = (field: string, message: string): ReadForm => ({ ok: false, problems: [{ field, message }] })

function readNumber(form: FormFields, kind: 'first' | 'last'): ReadForm {
  const text = fieldText(form, kind).replace(/[\s,]/g, '')
  const records = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (records >= 1 && records <= mostRecordsOfPart) return { ok: true, asked: { kind, records } }
  return fail(
    kind,
    text === ''
      ? 'Enter how many records are to be read'
      : `How many records must be a number from 1 to ${mostRecordsOfPart.toLocaleString('en-GB')}`,
  )
}

function readDays(form: FormFields): ReadForm {
  const from = readDate(form, 'from', { what: 'the first day', required: false })
  const until = readDate(form, 'until', { what: 'the last day', required: false })
  if (!from.ok || !until.ok)
    return {
      ok: false,
      problems: [...(from.ok ? [] : from.problems), ...(until.ok ? [] : until.problems)],
    }
  if (from.value === null && until.value === null)
    return fail('from-day', 'Enter the first day, the last day or both')
  if (from.value !== null && until.value !== null && until.value < from.value)
    return fail('until-day', 'The last day must be the same as or after the first day')
  return { ok: true, asked: { kind: 'days', from: from.value, until: until.value } }
}

function readEntries(form: FormFields): ReadForm {
  // A name is compared as it stands in the archive, so nothing of it is cleaned away.
  const typed = fieldText(form, 'entries')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
  const names = [...new Set([...fieldValues(form, 'entry'), ...typed])].filter(name => name !== '')
  if (names.length === 0) return fail('entries', 'Choose or enter at least one entry of the archive')
  if (names.length > mostEntriesOfPart)
    return fail('entries', `Choose ${mostEntriesOfPart} entries or fewer. A folder counts as one`)
  return { ok: true, asked: { kind: 'entries', names } }
}

/** What is asked for now, as the form shows it. */
export function askedAsTyped(asked: ReadAsked): FormFields {
  const fields = new Map<string, readonly string[]>([['read', [asked.kind]]])
  const day = (name: string, value: string | null) => {
    const [year = '', month = '', on = ''] = value?.split('-') ?? []
    fields.set(`${name}-day`, [on]).set(`${name}-month`, [month]).set(`${name}-year`, [year])
  }
  switch (asked.kind) {
    case 'whole':
      return fields
    case 'first':
    case 'last':
      return fields.set(asked.kind, [String(asked.records)])
    case 'days':
      day('from', asked.from)
      day('until', asked.until)
      return fields
    case 'entries':
      return fields.set('entries', [asked.names.join('\n')])
    case 'nothing':
      return fields.set('reason', [asked.reason])
  }
}
