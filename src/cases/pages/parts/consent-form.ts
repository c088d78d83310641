import { z } from 'zod'
import type { Agency } from '../../../directory/operations/list-agencies.ts'
import { type CasePart, caseParts } from '../../../foundation/case-part.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { type ChoiceOf, fieldWriter } from '../../../web/field-writer.ts'
import { anyOf, oneOf } from '../../../web/form-fields.ts'
import { type Html, html } from '../../../web/html.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type ConsentMethod, consentMethods, sayConsentMethod } from '../../consent.ts'
import { consentLead, sayConsentLine } from '../../consent-words.ts'
import { endOfDay } from '../../end-of-day.ts'
import { sayUsualPart } from '../../usual-parts.ts'
import { sharingPromise } from './promise.ts'

/** How consent was given and until when, the same for every form that records one. */
export function readHow(
  form: FormFields,
  zone: string,
  now: Date,
): FormResult<{ readonly how: ConsentMethod; readonly until: Date | null }> {
  const how = readForm(z.object({ how: oneOf(consentMethods, 'Select how they gave consent') }), form)
  const day = readDate(form, 'until', { what: 'the last day', required: false })
  const problems: FormProblem[] = [...(how.ok ? [] : how.problems), ...(day.ok ? [] : day.problems)]
  const until = day.ok && day.value !== null ? endOfDay(day.value, zone) : null
  if (until && until <= now) {
    problems.push({ field: 'until-day', message: 'The last day must be today or in the future' })
  }
  return how.ok && problems.length === 0
    ? { ok: true, value: { how: how.value.how, until } }
    : { ok: false, problems }
}

/** Reads the parts ticked under a name. */
export function readConsentParts(
  form: FormFields,
  name: string,
  agencyName: string,
): FormResult<readonly CasePart[]> {
  const parts = anyOf(caseParts, `Select what ${agencyName} may see`)
  const read = readForm(z.object({ [name]: parts }), form)
  if (!read.ok) return read
  const value = read.value[name]
  return { ok: true, value: Array.isArray(value) ? caseParts.filter(part => value.includes(part)) : [] }
}

/** The questions how consent was given and until when. */
export function howQuestions(typed: FormFields, problems: readonly FormProblem[]): Html {
  const { choose } = fieldWriter(typed, problems)
  const names = ['until-day', 'until-month', 'until-year']
  const wrong = problems.find(problem => names.includes(problem.field))
  return html`${choose(
    'how',
    'How did they give consent?',
    consentMethods.map(method => ({ value: method, text: sayConsentMethod(method) })),
  )}${dateInput({
    id: 'until',
    namePrefix: 'until',
    fieldset: { legend: { text: 'Until when? (optional)', classes: 'govuk-fieldset__legend--s' } },
    hint: { text: 'The last day it holds. Leave empty for no end.' },
    values: Object.fromEntries(names.map(name => [name, fieldText(typed, name)])),
    errorMessage: wrong && { text: wrong.message },
  })}`
}

/** The parts as choices. */
export const partChoices: readonly ChoiceOf[] = caseParts.map(part => ({
  value: part,
  text: sayUsualPart(part),
}))

/** The parts as lines to read to the client; which of them an agency usually needs is said, and never ticked for it. */
export function consentLines(usual: readonly CasePart[] = []): readonly ChoiceOf[] {
  return caseParts.map(part => ({
    value: part,
    text: sayUsualPart(part),
    hint: `${capital(sayConsentLine(part))}.${usual.includes(part) ? ' Usually needed.' : ''}`,
  }))
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What is read out before the lines. */
export function consentPreambleView(): Html {
  return html`<p class="govuk-body">Read this to the client, and then each line. Tick a line only for a yes.</p><ul class="govuk-list govuk-list--bullet">${consentLead.map(
    line => html`<li>${line}</li>`,
  )}</ul>${sharingPromise()}`
}

/** The name of the parts field of an agency on a form that asks about several. */
export function partsField(agency: Pick<Agency, 'slug'>): string {
  return `parts-${agency.slug}`
}
