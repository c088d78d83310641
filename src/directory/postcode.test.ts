import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { parsePostcode } from './postcode.ts'

test('a postcode is read in any case and spacing, and written the usual way', () => {
  for (const typed of ['TN9 1AA', 'tn91aa', ' tn9  1aa ', 'TN9-1AA', 'TN9\u200b 1AA', 'ＴＮ９ １ＡＡ']) {
    expect(parsePostcode(typed)).toEqual({ kind: 'full', postcode: 'TN9 1AA', outward: 'TN9' })
  }
  expect(parsePostcode('ec1a 1bb')).toEqual({ kind: 'full', postcode: 'EC1A 1BB', outward: 'EC1A' })
})

test('the first half alone is kept as the first half', () => {
  expect(parsePostcode('tn12')).toEqual({ kind: 'outward', outward: 'TN12' })
})

test('nothing typed is nothing, not a mistake', () => {
  expect(parsePostcode('   ')).toEqual({ kind: 'none' })
})

test('a postcode of another country is known for what it is', () => {
  for (const typed of [
    '10115',
    'D-10115',
    '75008',
    '1012 AB',
    'K1A 0B1',
    'D02 AF30',
    '90210-1234',
    '00-950',
  ]) {
    expect([typed, parsePostcode(typed).kind]).toEqual([typed, 'elsewhere'])
  }
})

test('what is no postcode of any kind is unclear and is asked about', () => {
  for (const typed of ['Tonbridge', 'TN9 1A', 'near the castle', '???1', 'TN9 1AC 7']) {
    expect([typed, parsePostcode(typed).kind]).toEqual([typed, 'unclear'])
  }
})

test('whatever is typed, reading the answer again changes nothing', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 40 }), typed => {
      const read = parsePostcode(typed)
      if (read.kind === 'full') expect(parsePostcode(read.postcode)).toEqual(read)
      if (read.kind === 'outward') expect(parsePostcode(read.outward)).toEqual(read)
    }),
  )
})
