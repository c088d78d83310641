import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningOfStem, stemEnglish } from './english-stem.ts'

// From the sample vocabulary of the algorithm, snowballstem.org
const sample: Readonly<Record<string, string>> = {
  consign: 'consign',
  consigned: 'consign',
  consigning: 'consign',
  consignment: 'consign',
  consistency: 'consist',
  consistently: 'consist',
  consolation: 'consol',
  consolatory: 'consolatori',
  consolidated: 'consolid',
  consonant: 'conson',
  conspicuously: 'conspicu',
  conspiracy: 'conspiraci',
  conspirators: 'conspir',
  constable: 'constabl',
  constancy: 'constanc',
  knackeries: 'knackeri',
  kneaded: 'knead',
  knitting: 'knit',
  knives: 'knive',
  knots: 'knot',
  stalked: 'stalk',
  hoping: 'hope',
  hopping: 'hop',
  happiness: 'happi',
  tied: 'tie',
  cries: 'cri',
  by: 'by',
  say: 'say',
  generate: 'generat',
  general: 'general',
  relational: 'relat',
  dying: 'die',
  news: 'news',
}

test('words have the stems that the algorithm gives them', () => {
  expect(Object.fromEntries(Object.keys(sample).map(word => [word, stemEnglish(word)]))).toEqual(sample)
})

test('what a word is looked up under is how it begins, so no form is missed', () => {
  const ending = fc.constantFrom('', 's', 'ed', 'ing', 'ly', 'ness', 'ational', 'ies', 'y', 'e', 'ization')
  const letters = fc.string({ unit: fc.constantFrom(...'abcdeghilnorsty'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(letters, ending, (start, end) => {
      const word = start + end
      expect(word.startsWith(beginningOfStem(stemEnglish(word))), word).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('a word of another language, and whatever else is typed, stays as it is', () => {
  for (const word of ['привет', 'straße', '42', '', 'at', "don't", 'constructor', '__proto__'])
    expect(stemEnglish(word)).toBe(word === 'constructor' ? 'constructor' : word)
})
