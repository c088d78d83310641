import { expect, test } from 'vitest'
import { type CouncilAnswer, decideArea } from './area.ts'
import { parsePostcode } from './postcode.ts'
import type { Area } from './profile.ts'

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

test('no postcode, or something that is none, is asked and not refused', () => {
  expect(check('')).toEqual({ where: 'unknown', because: 'nothing-given' })
  expect(check('by the river')).toEqual({ where: 'unknown', because: 'not-a-postcode' })
  expect(check('by the river', { kind: 'district', code: 'E07000001' })).toEqual({
    where: 'inside',
    by: 'council',
  })
})

test('a postcode of another country lies outside', () => {
  expect(check('10115')).toEqual({ where: 'outside', by: 'postcode' })
})
