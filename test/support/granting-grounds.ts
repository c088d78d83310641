import type { BasisAnswers } from '../../src/cases/basis-answers.ts'
import { findBasis, type LegalBasis } from '../../src/cases/legal-basis.ts'

/** Answers that are enough for a basis: yes to every limb, words where words are asked for, and a condition. */
export function grantingGrounds(basis: LegalBasis): BasisAnswers {
  const limbs = findBasis(basis)?.limbs ?? []
  return {
    limbs: Object.fromEntries(limbs.map(({ id, kind }) => [id, kind === 'yes' ? 'yes' : `About ${id}`])),
    special: 'none',
    offence: 'unlawful-acts',
    conditionWhy: 'Asking would warn him',
    policyDocument: 'Policy on offence data, 1 February 2026',
  }
}

/** The same as the fields of the form. */
export function groundFields(basis: LegalBasis): Readonly<Record<string, string>> {
  const { limbs, ...conditions } = grantingGrounds(basis)
  const fields = Object.fromEntries(Object.entries(limbs).map(([id, answer]) => [`limb-${id}`, answer]))
  return { legalBasis: basis, ...fields, ...conditions }
}
