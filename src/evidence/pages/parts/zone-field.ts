import type { FormProblem } from '../../../foundation/decision.ts'
import { isKnownZone } from '../../../foundation/local-date.ts'
import { input } from '../../../web/components/input.ts'
import { radios } from '../../../web/components/radios.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import type { Html } from '../../../web/html.ts'

export type TypedZone = { readonly zone: string; readonly 'other-zone': string }

/** Asks for the zone of the phone that made an export, because the export does not say. */
export function zoneField(caseZone: string, typed: TypedZone, problems: readonly FormProblem[]): Html {
  const other = input({
    name: 'other-zone',
    label: { text: 'Time zone' },
    hint: { text: 'A region and city, like Europe/Paris or Asia/Karachi.' },
    value: typed['other-zone'],
    spellcheck: false,
    autocomplete: 'off',
    errorMessage: problemBeside(problems, 'other-zone'),
  })
  return radios({
    name: 'zone',
    fieldset: {
      legend: { text: 'Which time zone was the phone set to?', classes: 'govuk-fieldset__legend--s' },
    },
    hint: { text: 'Chat exports do not say. If nobody knows, it can be answered later.' },
    value: typed.zone,
    items: [
      { value: caseZone, text: caseZone === 'Europe/London' ? 'United Kingdom (Europe/London)' : caseZone },
      { value: 'other', text: 'Another time zone', conditional: { html: other } },
      { value: 'unknown', text: 'I do not know' },
    ],
    errorMessage: problemBeside(problems, 'zone'),
  })
}

/** Reads the answer: a known zone, null for not known, or the problem. */
export function readZone(
  typed: TypedZone,
): { readonly zone: string | null } | { readonly problem: FormProblem } {
  const other = typed['other-zone'].trim()
  const zone = typed.zone === 'other' ? other : typed.zone
  if (zone === '' && typed.zone === 'other')
    return { problem: { field: 'other-zone', message: 'Enter the time zone' } }
  if (zone === '' || zone === 'unknown') return { zone: null }
  if (isKnownZone(zone)) return { zone }
  return typed.zone === 'other'
    ? { problem: { field: 'other-zone', message: 'Enter a region and city, like Europe/Paris' } }
    : { problem: { field: 'zone', message: 'Select which time zone the phone was set to' } }
}
