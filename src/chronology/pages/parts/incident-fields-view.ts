import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { input } from '../../../web/components/input.ts'
import { radios } from '../../../web/components/radios.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { problemBeside, problemSummary } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import { actCodes, sayActCode } from '../../act-codes.ts'
import { type TimelineRecord, writeRecordRef } from '../../record.ts'
import { sayRecordTime } from '../../say-record-time.ts'
import { sayQuotedFrom } from '../../say-writer.ts'
import { saySign, signs } from '../../signs.ts'
import { sayToldWhom, toldWhom } from '../../telling.ts'
import { sourceView } from './source-view.ts'
import { clipText } from './text-view.ts'

export type IncidentFields = {
  readonly caseId: CaseId
  readonly zone: string
  readonly form: FormFields
  readonly problems: readonly FormProblem[]
  /** The records the incident may rest on: those that are in the form and in the case. */
  readonly records: readonly TimelineRecord[]
}

/** The problems at the top of the page, each landing on its field. */
export function incidentProblemsView({ problems }: Pick<IncidentFields, 'problems'>): Html {
  return problemSummary(problems)
}

/** The fields of an incident, for making and for revising one. */
export function incidentFieldsView(fields: IncidentFields): Html {
  const { form, problems } = fields
  const { tick, choose, line: timeline, date: told } = fieldWriter(form, problems)
  const text = (name: string) => ({
    id: name,
    name,
    value: fieldText(form, name),
    errorMessage: problemBeside(problems, name),
  })
  const heading = (words: string) => ({ legend: { text: words, classes: 'govuk-fieldset__legend--m' } })
  return html`${textarea({
    ...text('what'),
    label: { text: 'What happened', classes: 'govuk-label--m' },
    hint: { text: 'As it was said or done, word for word where you can. Nothing that must not be disclosed' },
    rows: 8,
    attributes: { dir: 'auto' },
  })}
${whenFields(fields)}
${input({
  ...text('whereCoarse'),
  label: { text: 'Where, roughly (optional)' },
  hint: { text: 'For example, outside work or in the town centre. Never an address' },
  attributes: { dir: 'auto' },
})}
${input({ ...text('platform'), label: { text: 'Platform or device (optional)' }, hint: { text: 'For example, WhatsApp, the car’s app, a doorbell camera' }, classes: 'govuk-input--width-20', attributes: { dir: 'auto' } })}
${checkboxes({
  name: 'codes',
  idPrefix: 'codes',
  fieldset: heading('Acts associated with stalking'),
  hint: {
    text: 'Select all that fit. The words are ours; the list in section 2A(3) of the Protection from Harassment Act 1997 gives examples',
  },
  values: fieldValues(form, 'codes'),
  items: actCodes.map(({ code, hint }) => ({ value: code, text: sayActCode(code), hint: { text: hint } })),
  errorMessage: problemBeside(problems, 'codes'),
})}
${textarea({ ...text('herWords'), label: { text: 'How the client felt, in the client’s own words (optional)' }, rows: 4, attributes: { dir: 'auto' } })}
${textarea({ ...text('changed'), label: { text: 'What changed because of it (optional)' }, hint: { text: 'For example, another route to work, a new number, days off, lost sleep' }, rows: 4, attributes: { dir: 'auto' } })}
${tick(
  'shows',
  'What else does it show? (optional)',
  signs.map(value => ({ value, text: saySign(value) })),
)}
${choose(
  'toldWhom',
  'Who was told? (optional)',
  toldWhom.map(value => ({ value, text: sayToldWhom(value) })),
  { hint: 'Where several were told, the police come first; write the others down below' },
)}
${told('toldOn', 'When were they told? (optional)', { hint: 'What came after is counted from this day' })}
${timeline('toldReference', 'Their reference (optional)', { hint: 'For example, a crime reference', width: 'govuk-input--width-20' })}
${textarea({ ...text('toldTo'), label: { text: 'What else about who was told (optional)' }, hint: { text: 'For example, who it was, and what they answered' }, rows: 3, attributes: { dir: 'auto' } })}
${recordFields(fields)}`
}

function whenFields({ form, problems, zone }: IncidentFields): Html {
  const date = (prefix: string, words: string, hint: string) => {
    const problem = problems.find(each => each.field.startsWith(`${prefix}-`))
    return dateInput({
      id: prefix,
      namePrefix: prefix,
      fieldset: { legend: { text: words, classes: 'govuk-fieldset__legend--s' } },
      hint: { text: hint },
      values: Object.fromEntries(
        ['day', 'month', 'year'].map(part => [`${prefix}-${part}`, fieldText(form, `${prefix}-${part}`)]),
      ),
      errorMessage: problem && { text: problem.message },
    })
  }
  const time = (name: string, words: string, hint: string) =>
    input({
      id: name,
      name,
      label: { text: words },
      hint: { text: hint },
      value: fieldText(form, name),
      classes: 'govuk-input--width-5',
      errorMessage: problemBeside(problems, name),
    })
  const which = (name: string, words: string) => {
    const problem = problemBeside(problems, name)
    const value = fieldText(form, name)
    if (!problem && value === '') return html``
    return radios({
      name,
      idPrefix: name,
      fieldset: { legend: { text: words, classes: 'govuk-fieldset__legend--s' } },
      value,
      errorMessage: problem,
      items: [
        { value: 'earlier', text: 'The first time, before the clocks went back' },
        { value: 'later', text: 'The second time, after the clocks went back' },
      ],
    })
  }
  return html`${radios({
    name: 'precision',
    idPrefix: 'precision',
    fieldset: { legend: { text: 'When it happened', classes: 'govuk-fieldset__legend--m' } },
    hint: { text: `By the clock in ${zone}` },
    value: fieldText(form, 'precision'),
    errorMessage: problemBeside(problems, 'precision'),
    items: [
      { value: 'exact', text: 'At an exact time' },
      {
        value: 'about',
        text: 'About that time',
        hint: { text: 'Leave the time empty when only the day is known' },
      },
      { value: 'between', text: 'Between two times' },
      { value: 'unknown', text: 'The time is not known' },
    ],
  })}
${date('date', 'Date', 'For example, 3 3 2026. For “between”, the earliest date it can have happened')}
${time('time', 'Time', 'For example, 4:05pm or 16:05')}
${which('which', 'Which of the two')}
${date('endDate', 'Latest date it can have happened', 'Only for “between”')}
${time('endTime', 'Latest time', 'Only for “between”')}
${which('endWhich', 'Which of the two, for the latest time')}
${date('noticedOn', 'When it was noticed (optional)', 'When that was another day')}`
}

function recordFields({ caseId, records, problems }: IncidentFields): Html {
  if (records.length === 0) return html``
  return checkboxes({
    name: 'record',
    idPrefix: 'record',
    fieldset: { legend: { text: 'Records it rests on', classes: 'govuk-fieldset__legend--m' } },
    hint: { text: 'Clear a box to leave a record out' },
    errorMessage: problemBeside(problems, 'record'),
    values: records.map(record => writeRecordRef(record.ref)),
    items: records.map(record => ({
      value: writeRecordRef(record.ref),
      html: html`${sayRecordTime(record)}, <bdi>${clipText(sayQuotedFrom(record), 120).text}</bdi> <bdi>${clipText(record.body, 140).text}</bdi> (${sourceView(caseId, record)})`,
    })),
  })
}
