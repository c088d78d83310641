import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grantingGrounds } from '../../test/support/granting-grounds.ts'
import { type BasisAnswers, findBasisProblems } from './basis-answers.ts'
import { conditionChoices, dataConditionTable, findCondition, needsPolicyDocument } from './data-condition.ts'
import { findBasis, type LegalBasis, legalBases, legalBasisTable, sayBasis } from './legal-basis.ts'
import { writeSharingPromise } from './sharing-promise.ts'

const fieldsOf = (basis: string, grounds: Partial<BasisAnswers> | null, isToPolice = false) =>
  findBasisProblems(basis, grounds, isToPolice).map(({ field }) => field)

test('every basis has its own words, limbs, source and day of reading, and its own line in the promise', () => {
  const { only } = writeSharingPromise()
  expect(only).toHaveLength(legalBasisTable.length)
  for (const key of ['basis', 'words', 'covers', 'promise'] as const)
    expect(new Set(legalBasisTable.map(row => row[key])).size).toBe(legalBasisTable.length)
  for (const row of legalBasisTable) {
    expect(only, row.basis).toContain(row.promise)
    expect(
      row.limbs.some(({ kind }) => kind === 'yes') && row.limbs.some(({ kind }) => kind === 'words'),
    ).toBe(true)
    expect(new Set(row.limbs.map(({ id }) => id)).size).toBe(row.limbs.length)
    expect(row.source).not.toBe('')
    expect(row.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})

test('a frightened adult who has no needs for care and support cannot be shared about as an adult at risk', () => {
  const basis = 'safeguarding-adult-at-risk'
  const grounds = grantingGrounds(basis)
  expect(fieldsOf(basis, grounds)).toEqual([])
  for (const limb of ['has-needs', 'harm', 'cannot-protect'])
    for (const answer of ['no', '', 'YES', 'maybe'])
      expect(fieldsOf(basis, { ...grounds, limbs: { ...grounds.limbs, [limb]: answer } })).toEqual([
        `limb-${limb}`,
      ])
  const [problem] = findBasisProblems(
    basis,
    { ...grounds, limbs: { ...grounds.limbs, 'cannot-protect': 'no' } },
    false,
  )
  expect(problem?.message).toContain('not “at risk” in the law’s sense')
})

/** Whether it may rest on the basis, said again from the law and not as the program says it. */
function mayRest(basis: LegalBasis, grounds: BasisAnswers, isToPolice: boolean): boolean {
  const isAnswered = (findBasis(basis)?.limbs ?? []).every(({ id, kind }) => {
    const answer = grounds.limbs[id] ?? ''
    return kind === 'yes' ? answer === 'yes' : answer.trim().length > 0
  })
  const chosen = [grounds.special, grounds.offence].filter(each => each !== 'none')
  const isWhySaid = chosen.length === 0 || grounds.conditionWhy.trim() !== ''
  const withDocument = [
    'safeguarding',
    'statutory-function',
    'justice',
    ...(isToPolice ? [] : ['unlawful-acts']),
  ]
  const hasDocument =
    grounds.policyDocument.trim() !== '' || !chosen.some(each => withDocument.includes(each))
  return isAnswered && isWhySaid && hasDocument
}

test('whatever is answered, it rests on a basis only when every limb, condition and document is there', () => {
  const text = fc.constantFrom('', ' ', 'said')
  const answers = fc.constantFrom(...legalBases).chain(basis =>
    fc.record({
      basis: fc.constant(basis),
      isToPolice: fc.boolean(),
      grounds: fc.record({
        limbs: fc.record(
          Object.fromEntries(
            (findBasis(basis)?.limbs ?? []).map(({ id, kind }) => [
              id,
              kind === 'yes'
                ? fc.oneof({ weight: 6, arbitrary: fc.constant('yes') }, fc.constantFrom('no', '', 'said'))
                : fc.oneof({ weight: 4, arbitrary: fc.constant('said') }, text),
            ]),
          ),
        ),
        special: fc.constantFrom(...conditionChoices),
        offence: fc.constantFrom(...conditionChoices),
        conditionWhy: text,
        policyDocument: text,
      }),
    }),
  )
  const seen = { yes: 0, no: 0 }
  fc.assert(
    fc.property(answers, ({ basis, grounds, isToPolice }) => {
      const isEnough = fieldsOf(basis, grounds, isToPolice).length === 0
      seen[isEnough ? 'yes' : 'no'] += 1
      expect(isEnough).toBe(mayRest(basis, grounds, isToPolice))
    }),
    { numRuns: 3000 },
  )
  // The worlds hold both answers, so that neither is agreed on by never being asked.
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(100)
})

test('a condition nobody chose is asked for and never taken for none', () => {
  const { special: _special, offence: _offence, ...rest } = grantingGrounds('crime-prevention')
  expect(fieldsOf('crime-prevention', rest)).toEqual(['special', 'offence'])
  expect(fieldsOf('crime-prevention', null)).toContain('special')
})

test('the police are told of an unlawful act without a policy document, and nobody else is', () => {
  expect(needsPolicyDocument(['unlawful-acts'], true)).toBe(false)
  expect(needsPolicyDocument(['unlawful-acts'], false)).toBe(true)
  expect(needsPolicyDocument(['unlawful-acts', 'safeguarding'], true)).toBe(true)
  expect(dataConditionTable.every(row => findCondition(row.condition) === row)).toBe(true)
})

test('a code of an earlier list is still readable, and nothing may rest on it or on a code that never was', () => {
  for (const code of ['court-order', 'safeguarding-vulnerable-individual']) {
    expect(sayBasis(code)).toContain('from an earlier list')
    expect(fieldsOf(code, grantingGrounds('legal-obligation'))).toEqual(['legalBasis'])
  }
  expect(sayBasis('because')).toBeNull()
  expect(fieldsOf('because', grantingGrounds('legal-obligation'))).toEqual(['legalBasis'])
})
