import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CaseId, makeId, type PersonId } from '../foundation/ids.ts'
import {
  compareNames,
  findConflicts,
  findNameKeys,
  findProvisionalBars,
  makeNameSieve,
  type NameCandidate,
} from './conflict.ts'

const now = new Date('2026-03-02T10:00:00Z')

test('two names are compared whatever their order, accents, case and hidden characters', () => {
  const check = (one: string, other: string, expected: ReturnType<typeof compareNames>) => {
    expect([one, other, compareNames(one, other)]).toEqual([one, other, expected])
    expect([other, one, compareNames(other, one)]).toEqual([other, one, expected])
  }
  check('Zoë Müller', 'MULLER, Zoe', 'same')
  check('Os\u200bbert Crane', 'Osbert  Crane', 'same')
  check('\u202eOsbert Crane', 'Crane Osbert', 'same')
  check('Osbert Crane', 'Osbert Craine', 'close')
  check('Osbert Crane', 'Osbret Crane', 'close')
  check('Osbert James Crane', 'Osbert Crane', 'close')
  check('O. Crane', 'Osbert Crane', 'initials')
  check('Abu Bakr', 'Abubakr', 'close')
  check('Osbert', 'Osbert Crane', 'part')
  check('Osbert', 'Osbert', 'same')
  check('Osbert Crane', 'Osbert Heron', null)
  check('Amy Lee', 'Ann Lee', null)
  check('', 'Osbert', null)
  check('…', '…', null)
  check('محمد علي', 'علي محمد', 'same')
})

test('a name of three letters is kept so that the same name with a fourth is found', () => {
  expect(compareNames('Bram', 'Bra')).toBe('close')
  expect(findNameKeys('Bram').filter(key => findNameKeys('Bra').includes(key))).toEqual(['~bra'])
})

test('whatever the rule calls alike, the keys bring together', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdeé'), minLength: 1, maxLength: 7 })
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map(words => words.join(' '))
  fc.assert(
    fc.property(name, name, (one, other) => {
      if (compareNames(one, other) === null) return
      const keys = new Set(findNameKeys(one))
      // A name made of initials alone is like too many others to be searched for.
      if ([...findNameKeys(one), ...findNameKeys(other)].every(key => key.length <= 1 || key.startsWith('=')))
        return
      const isBrought = findNameKeys(other).some(key => keys.has(key))
      const sharesInitialsOnly = compareNames(one, other) === 'initials'
      expect(isBrought || sharesInitialsOnly).toBe(true)
    }),
    { numRuns: 20_000 },
  )
})

test('the sieve lets through the names that share a key, and no others', () => {
  // Few letters, so that words are often near; now and then a rare script, a word beyond 40 letters, hidden characters.
  const letter = fc.constantFrom(...'aabbcé', '\u{10330}', '\u200b', '-')
  const word = fc.oneof(
    { weight: 20, arbitrary: fc.string({ unit: letter, minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 39, maxLength: 43 }) },
  )
  const name = fc.array(word, { maxLength: 3 }).map(words => words.join(' '))
  let shared = 0
  fc.assert(
    fc.property(name, name, name, (one, other, candidate) => {
      const keys = new Set([one, other].flatMap(findNameKeys))
      const isShared = findNameKeys(candidate).some(key => keys.has(key))
      if (isShared) shared += 1
      expect(makeNameSieve([one, other])(candidate)).toBe(isShared)
    }),
    { numRuns: 8000, seed: 45 },
  )
  expect(shared).toBeGreaterThan(1000)
  expect(shared).toBeLessThan(7000)
})

test('a name like the suspected person’s bars a member of staff; a shared first name alone does not', () => {
  const staff = (name: string): NameCandidate => ({
    kind: 'staff',
    caseId: null,
    personId: makeId<PersonId>(now),
    name,
  })
  const [same, first, other] = [staff('Osbert Crane'), staff('Osbert Heron'), staff('Marigold Fenwick')]
  const client: NameCandidate = {
    kind: 'client',
    caseId: makeId<CaseId>(now),
    personId: null,
    name: 'Crane, Osbert',
  }
  const candidates = [same, first, other, client].filter(each => each !== undefined)
  const conflicts = findConflicts({ client: 'Marigold Fenwick', suspect: 'Osbert Crane' }, candidates)
  expect(conflicts.map(({ like, kind, likeness }) => [like, kind, likeness])).toEqual([
    ['suspect', 'staff', 'same'],
    ['suspect', 'client', 'same'],
    ['client', 'staff', 'same'],
  ])
  expect(findProvisionalBars(conflicts)).toEqual([same?.personId])
  expect(findProvisionalBars(findConflicts({ client: '', suspect: 'Osbert' }, candidates))).toEqual([])
})

test('a very long name is compared without harm', () => {
  const long = 'ab '.repeat(3000)
  expect(findNameKeys(long).length).toBeLessThan(20)
  expect(compareNames(long, 'x'.repeat(10_000))).toBe(null)
})
