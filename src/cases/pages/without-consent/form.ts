import { z } from 'zod'
import type { Agency } from '../../../directory/operations/list-agencies.ts'
import { caseParts } from '../../../foundation/case-part.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { ExceptionId } from '../../../foundation/ids.ts'
import { anyOf, oneOf, oneOrNone, optionalText, requiredText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import {
  type BasisAnswers,
  basisAnswersSchema,
  findBasisProblems,
  limbField,
  longestAnswer,
} from '../../basis-answers.ts'
import { conditionChoices } from '../../data-condition.ts'
import { endOfDay } from '../../end-of-day.ts'
import { decideExceptionEnd, type ExceptionChoice } from '../../exception.ts'
import { findBasis, legalBases } from '../../legal-basis.ts'
import type { ExceptionVerdict } from '../../operations/decide-exception.ts'

export const endWords = {
  'end-is-past': 'The last day must be today or in the future',
  'too-long': 'The last day must be less than 30 days away',
  'no-grounds': 'Answer every question about what it rests on',
} as const

/**
 * What was answered about the basis and the conditions. A condition nobody chose stays away, so that it is asked for and
 * never taken for "none".
 */
function readGrounds(form: FormFields): FormResult<Partial<BasisAnswers>> {
  const limbs = findBasis(fieldText(form, 'legalBasis'))?.limbs ?? []
  const answer = optionalText({ what: 'This answer', max: longestAnswer })
  const schema = z.object({
    ...Object.fromEntries(limbs.map(limb => [limbField(limb), answer])),
    special: oneOrNone(conditionChoices, 'Select from the list'),
    offence: oneOrNone(conditionChoices, 'Select from the list'),
    conditionWhy: answer,
    policyDocument: answer,
  })
  const read = readForm(schema, form)
  if (!read.ok) return read
  const { special, offence, conditionWhy, policyDocument, ...rest } = read.value
  const answers: Readonly<Record<string, unknown>> = rest
  return {
    ok: true,
    value: {
      limbs: Object.fromEntries(limbs.map(limb => [limb.id, String(answers[limbField(limb)] ?? '')])),
      ...(special === null ? {} : { special }),
      ...(offence === null ? {} : { offence }),
      conditionWhy,
      policyDocument,
    },
  }
}

/** Reads what is asked for: every problem at once. */
export function readAsk(
  form: FormFields,
  agencies: readonly Agency[],
  zone: string,
  now: Date,
): FormResult<ExceptionChoice> {
  const schema = z.object({
    agency: oneOf(
      agencies.map(each => each.slug),
      'Select which agency',
    ),
    parts: anyOf(caseParts, 'Select what they may see'),
    legalBasis: oneOf(legalBases, 'Select what the law lets it rest on'),
    reason: requiredText({ what: 'Why', max: 2000, enter: 'Enter why it is necessary' }),
    told: oneOf(['yes', 'no'], 'Select whether the client was told'),
    notToldBecause: optionalText({ what: 'Why the client was not told', max: 2000 }),
  })
  const read = readForm(schema, form)
  const day = readDate(form, 'until', { what: 'the last day', required: true })
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  const isTold = fieldText(form, 'told') === 'yes'
  if (fieldText(form, 'told') === 'no' && fieldText(form, 'notToldBecause').trim() === '') {
    problems.push({ field: 'notToldBecause', message: 'Enter why the client was not told' })
  }
  if (!day.ok) problems.push(...day.problems)
  const until = day.ok && day.value !== null ? endOfDay(day.value, zone) : null
  const end = until && decideExceptionEnd(until, now)
  if (end && !end.allowed) problems.push({ field: 'until-day', message: endWords[end.because] })
  // Without it a case is in nobody's list, and what was meant for an emergency is not found.
  if (read.ok && !read.value.parts.includes('overview'))
    problems.push({
      field: 'parts',
      message: 'Select the overview as well: without it they cannot find the case',
    })
  const agency = agencies.find(each => each.slug === fieldText(form, 'agency'))
  const answered = readGrounds(form)
  const basis = fieldText(form, 'legalBasis')
  problems.push(
    ...(answered.ok
      ? findBasisProblems(basis, answered.value, agency?.kind === 'police').filter(
          each => !problems.some(other => other.field === each.field),
        )
      : answered.problems),
  )
  const grounds = basisAnswersSchema.safeParse(answered.ok ? answered.value : null)
  if (!read.ok || !agency || !until || !grounds.success || problems.length > 0) return { ok: false, problems }
  const { legalBasis, reason, notToldBecause } = read.value
  const parts = caseParts.filter(part => read.value.parts.includes(part))
  return {
    ok: true,
    value: {
      agencyId: agency.agencyId,
      parts,
      legalBasis,
      grounds: grounds.data,
      reason,
      isTold,
      notToldBecause: isTold ? '' : notToldBecause,
      until,
    },
  }
}

/** Reads a decision on one of these requests. */
export function readVerdict(
  form: FormFields,
  requests: readonly ExceptionId[],
): FormResult<ExceptionVerdict & { readonly requestId: ExceptionId }> {
  const schema = z.object({
    request: oneOf(requests, 'Select what you decide on'),
    verdict: oneOf(['approved', 'refused'], 'Select whether you approve it'),
    note: requiredText({ what: 'Why', max: 2000, enter: 'Enter why you decide so' }),
  })
  const read = readForm(schema, form)
  if (!read.ok) return read
  const { request, verdict, note } = read.value
  return { ok: true, value: { requestId: request, state: verdict, note } }
}
