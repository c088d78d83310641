import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseProfile } from './profile.ts'

const westKent: unknown = JSON.parse(readFileSync('profiles/west-kent.json', 'utf8'))

/** The shipped profile with one thing changed. */
const changed = (change: object): unknown => Object.assign(structuredClone(westKent) as object, change)
const problemsOf = (value: unknown): readonly string[] => {
  const parsed = parseProfile(value)
  return parsed.ok ? [] : parsed.problems
}

test('the profile that ships can be read', () => {
  expect(problemsOf(westKent)).toEqual([])
})

test('the profile that ships pretends to know no full postcode', () => {
  const parsed = parseProfile(westKent)
  expect(parsed.ok && parsed.profile.area.postcodes).toEqual({ inside: [], outside: [] })
})

test('the profile that ships makes no promise about sharing: the program writes that from what it does', () => {
  const parsed = parseProfile(westKent)
  expect(JSON.stringify(parsed.ok && parsed.profile.public)).not.toMatch(/agree|consent|pass|shar|tell any/i)
})

test('everything wrong with a profile is said at once, each with its place', () => {
  const problems = problemsOf(changed({ slug: 'West Kent!', timeZone: 'Kent/Tonbridge', services: [] }))
  expect(problems.map(problem => problem.split(':')[0])).toEqual(['slug', 'timeZone', 'services'])
})

test('those on call are mailboxes, and a clinic that names none writes to nobody', () => {
  const named = parseProfile(changed({ onCall: ['rota@example.org'] }))
  expect(named.ok && named.profile.onCall).toEqual(['rota@example.org'])
  const none = parseProfile(westKent)
  expect(none.ok && none.profile.onCall).toEqual([])
  expect(problemsOf(changed({ onCall: ['rota@example.org', '07700 900123'] }))).toEqual([
    'onCall.1: must be the address of a mailbox, such as rota@example.org',
  ])
})

test('there is exactly one lead agency', () => {
  const agencies = [{ slug: 'one', name: 'One', kind: 'police' }]
  expect(problemsOf(changed({ agencies }))).toEqual(['agencies: exactly one agency must be the lead'])
})

test('a postcode code cannot be inside and on the border', () => {
  const area = {
    name: 'A',
    districts: [{ name: 'D', code: 'E07000111' }],
    outward: { inside: ['TN9'], straddling: ['TN9'] },
    postcodes: { inside: ['tn31aa'], outside: ['TN3 1AA'] },
  }
  expect(problemsOf(changed({ area }))).toEqual([
    'area.outward: TN9 stands in two lists',
    'area.postcodes: TN3 1AA stands in two lists',
  ])
})

test('something that is no profile at all is answered, not thrown', () => {
  for (const value of [null, 'text', 7, [], undefined]) expect(problemsOf(value).length).toBeGreaterThan(0)
})
