import { z } from 'zod'
import type { FormProblem } from '../foundation/decision.ts'
import { conditionChoices, guardedKinds, needsPolicyDocument } from './data-condition.ts'
import { findBasis, type Limb } from './legal-basis.ts'

/** The most characters of one answer. */
export const longestAnswer = 2000
const limbAnswers = z.record(z.string(), z.string().max(longestAnswer))
const condition = z.enum(conditionChoices)

/** On what a sharing without consent rests, as somebody answered for it: sealed, and never changed afterwards. */
export const basisAnswersSchema = z.object({
  /** What was answered to each limb of the basis: "yes", or words. */
  limbs: limbAnswers,
  /** The condition for special-category data and for data about crimes, or "none" where there is none of it. */
  special: condition,
  offence: condition,
  /** Why those conditions hold. */
  conditionWhy: z.string().max(longestAnswer),
  /** Which appropriate policy document, and of which day. */
  policyDocument: z.string().max(longestAnswer),
})
export type BasisAnswers = z.output<typeof basisAnswersSchema>

/** The name of a limb's field on a form. */
export const limbField = (limb: Pick<Limb, 'id'>): string => `limb-${limb.id}`

export const guardedWords = {
  special: 'health, sex life, sexual orientation, ethnic origin or belief',
  offence: 'a crime, or the suspicion that somebody committed one',
} as const

/**
 * Everything that is still missing before a sharing may rest on a basis, each at its field: a limb that nobody answered
 * or that was answered with anything but yes, a condition nobody chose, or a policy document that is needed. Empty when
 * it may. A basis of an earlier list, or none, is never enough.
 *
 * @param isToPolice whether the agency that would see it is the police, a competent authority
 */
// UK GDPR Art 5(2): anyone who shares must be able to show that each part of the test was met
export function findBasisProblems(
  basis: string,
  grounds: Partial<BasisAnswers> | null,
  isToPolice: boolean,
): readonly FormProblem[] {
  const row = findBasis(basis)
  if (!row) return [{ field: 'legalBasis', message: 'Select what the law lets it rest on' }]
  const problems: FormProblem[] = row.limbs.flatMap(limb => {
    const answer = (grounds?.limbs?.[limb.id] ?? '').trim()
    if (limb.kind === 'words')
      return answer === '' ? [{ field: limbField(limb), message: `Answer “${limb.asks}”` }] : []
    if (answer === 'yes') return []
    const message = answer === '' ? `Answer “${limb.asks}”` : limb.otherwise
    return [{ field: limbField(limb), message }]
  })
  const chosen = guardedKinds.map(kind => grounds?.[kind])
  for (const [at, kind] of guardedKinds.entries()) {
    if (chosen[at] === undefined || !conditionChoices.includes(chosen[at]))
      problems.push({ field: kind, message: `Select a condition for what tells of ${guardedWords[kind]}` })
  }
  const conditions = chosen.filter(each => each !== undefined && each !== 'none') as readonly string[]
  if (conditions.length > 0 && (grounds?.conditionWhy ?? '').trim() === '')
    problems.push({ field: 'conditionWhy', message: 'Enter why the condition holds' })
  if (needsPolicyDocument(conditions, isToPolice) && (grounds?.policyDocument ?? '').trim() === '')
    problems.push({
      field: 'policyDocument',
      message: 'Enter which appropriate policy document the clinic has, and of which day',
    })
  return problems
}
