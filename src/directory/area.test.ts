import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaDoubts, type CouncilAnswer, decideArea, sayAreaDoubt } from './area.ts'
import { parsePostcode } from './postcode.ts'
import { type Area, parseProfile } from './profile.ts'

const area: Area = {
  name: 'Somewhere',
  districts: [{ name: 'North', code: 'E07000001' }],
  outward: { inside: ['AB1'], outside: [], straddling: ['AB2'] },
  postcodes: { inside: ['AB2 1AA'], outside: ['AB2 9ZZ', 'AB1 9ZZ'] },
}
const unasked: CouncilAnswer = { kind: 'unknown' }
const check = (typed: string, council: CouncilAnswer = unasked) =>
  decideArea(parsePostcode(typed), council, area)

test('an outward code that lies wholly inside decides', () => {
  expect(check('AB1 2DE')).toEqual({ where: 'inside', by: 'outward-code' })
  expect(check('AB1')).toEqual({ where: 'inside', by: 'outward-code' })
})

test('an outward code the profile does not know lies outside', () => {
  expect(check('ZE1 0AA')).toEqual({ where: 'outside', by: 'outward-code' })
})

test('where the code straddles the border, the full postcode decides', () => {
  expect(check('AB2 1AA')).toEqual({ where: 'inside', by: 'postcode' })
  expect(check('AB2 9ZZ')).toEqual({ where: 'outside', by: 'postcode' })
  expect(check('AB1 9ZZ')).toEqual({ where: 'outside', by: 'postcode' })
})

test('an unlisted postcode on the border is unknown until the council is named', () => {
  expect(check('AB2 5EF')).toEqual({ where: 'unknown', because: 'on-the-border' })
  expect(check('AB2 5EF', { kind: 'district', code: 'E07000001' })).toEqual({
    where: 'inside',
    by: 'council',
  })
  expect(check('AB2', { kind: 'other' })).toEqual({ where: 'outside', by: 'council' })
})

test('a code near the listed ones that no list holds is asked about, unless the profile says that it is outside', () => {
  expect(check('AB7 1AA')).toEqual({ where: 'unknown', because: 'near-the-border' })
  expect(check('AB7 1AA', { kind: 'other' })).toEqual({ where: 'outside', by: 'council' })
  const knowing = { ...area, outward: { ...area.outward, outside: ['AB7'] } }
  expect(decideArea(parsePostcode('AB7 1AA'), unasked, knowing)).toEqual({
    where: 'outside',
    by: 'outward-code',
  })
})

test('a postcode and a council that do not fit together are asked about, whichever of them says inside', () => {
  const ours = { kind: 'district', code: 'E07000001' } as const
  for (const far of ['ZE1 0AA', 'AB2 9ZZ', '10115'])
    expect(check(far, ours)).toEqual({ where: 'unknown', because: 'postcode-outside-council-inside' })
  for (const near of ['AB1 2DE', 'AB2 1AA', 'AB1'])
    for (const council of [{ kind: 'other' }, { kind: 'district', code: 'E07000999' }] as const)
      expect(check(near, council)).toEqual({ where: 'unknown', because: 'postcode-inside-council-outside' })
})

test('whatever is typed and named, nobody is outside whom one of the two puts inside, and every doubt has words', () => {
  const councils: readonly CouncilAnswer[] = [
    unasked,
    { kind: 'other' },
    { kind: 'district', code: 'E07000001' },
    { kind: 'district', code: 'E07000999' },
  ]
  const typed = fc.oneof(
    fc.constantFrom('', 'AB1', 'AB1 2DE', 'AB2 1AA', 'AB2 9ZZ', 'AB2 5EF', 'AB7 1AA', 'AB1 9ZZ', 'ZE1 0AA'),
    fc.constantFrom('10115', 'by the river', 'AB1 2D', 'AB1 2DC', 'AB1 2DEE', 'A81 2DE', 'ab12de', 'AB1-2DE'),
    fc.string({ maxLength: 9 }),
  )
  fc.assert(
    fc.property(typed, fc.constantFrom(...councils), (text, council) => {
      const answer = check(text, council)
      const alone = check(text)
      const named = check('', council)
      if (answer.where === 'outside') expect([alone.where, named.where]).not.toContain('inside')
      if (alone.where === 'unknown' && alone.because === 'not-a-postcode')
        expect(answer.where).not.toBe('outside')
      if (answer.where === 'inside') expect([alone.where, named.where]).not.toContain('outside')
      if (answer.where === 'unknown') expect(sayAreaDoubt(answer.because)).not.toBe('')
    }),
    { numRuns: 2000 },
  )
  expect(new Set(areaDoubts.map(sayAreaDoubt)).size).toBe(areaDoubts.length)
})

test('a resident of Sevenoaks or of Tonbridge and Malling at the far edge of the area is never refused', () => {
  const parsed = parseProfile(JSON.parse(readFileSync('profiles/west-kent.json', 'utf8')))
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const { area: kent } = parsed.profile
  for (const edge of ['DA2 7AA', 'DA13 0AA', 'TN6 1AA', 'ME2 1AA', 'RH8 0AA', 'CR6 9AA'])
    for (const { code } of kent.districts) {
      const answer = decideArea(parsePostcode(edge), { kind: 'district', code }, kent)
      expect([edge, answer.where]).not.toEqual([edge, 'outside'])
    }
  for (const edge of ['DA2 7AA', 'DA13 0AA'])
    expect(decideArea(parsePostcode(edge), unasked, kent)).toEqual({
      where: 'unknown',
      because: 'on-the-border',
    })
})

test('no postcode, or something that is none, is asked and not refused', () => {
  expect(check('')).toEqual({ where: 'unknown', because: 'nothing-given' })
  expect(check('by the river')).toEqual({ where: 'unknown', because: 'not-a-postcode' })
  expect(check('by the river', { kind: 'district', code: 'E07000001' })).toEqual({
    where: 'inside',
    by: 'council',
  })
  expect(check('by the river', { kind: 'other' })).toEqual({ where: 'unknown', because: 'not-a-postcode' })
})

test('a postcode of another country lies outside', () => {
  expect(check('10115')).toEqual({ where: 'outside', by: 'postcode' })
})
