import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ordinaryHousehold, wordsIn } from '../../../test/support/ordinary-household.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import { type Catalogue, loadCatalogue } from '../inventory/load-catalogue.ts'
import { actsPlainly, anyAct, anyCheck } from './household-words.ts'
import { areWordsHarmless, findLetter, nameThingPlainly, sayStepPlainly } from './plain-step.ts'

let entries: Catalogue['entries']
/** Two things of every kind, and every step that can be taken of each, with its own words. */
let steps: readonly { readonly id: string; readonly label: string; readonly kind: CatalogueEntry }[]
let inventory: ReturnType<typeof inventoryOf>
beforeAll(async () => {
  entries = (await loadCatalogue()).entries
  const kinds = [...entries.values()]
  inventory = inventoryOf(kinds.flatMap(({ id }, at) => [thingOf(id, 2 * at + 1), thingOf(id, 2 * at + 2)]))
  steps = inventory.things.flatMap(({ thingId, entry, label }) => {
    const kind = entries.get(entry)
    const others = kind?.steps.some(each => each.each !== undefined) ? ['t1', 't2', 't3'] : ['']
    return (kind?.steps ?? []).flatMap(step =>
      (step.each === undefined ? [''] : others.filter(each => each !== thingId)).map(other => ({
        id: step.id.replace('{}', thingId).replace('{other}', other),
        label: step.do.replaceAll('{label}', label).replaceAll('{other}', other),
        kind: kind as CatalogueEntry,
      })),
    )
  })
})

const say = (id: string): string => sayStepPlainly(id, inventory, entries)
/** A line without the letters of its things. */
const bare = (line: string): string => line.replaceAll(/\b[A-Z]{1,2}\b/g, '')

test('S2 two different steps of any kinds never read the same on paper', () => {
  const lines = new Map<string, string>()
  for (const { id, label } of steps) {
    const line = say(id)
    expect(lines.has(line), `${line}: ${lines.get(line)} and ${label}`).toBe(false)
    lines.set(line, label)
  }
  expect(lines.size).toBe(steps.length)
  expect(lines.size).toBeGreaterThan(1_000)
})

test('every act of the catalogue has words of its own, so that the line says what to do', () => {
  const unsaid = steps.filter(({ id }) => [anyAct, anyCheck].some(words => say(id).includes(words)))
  expect([...new Set(unsaid.map(({ label }) => label))]).toEqual([])
})

test('S2 no line has a word that tells what it is about, that names a maker, or what the client calls a thing', () => {
  const makers = /apple|google|\bring\b(?! them)|nest|tesla|alexa|amazon|whatsapp|life360|bmw|samsung|signal/i
  for (const { id, label } of steps) {
    const line = say(id)
    expect(areWordsHarmless(line), `${line} (${label})`).toBe(true)
    expect(line).not.toMatch(makers)
    expect(line).not.toMatch(/\d/)
  }
})

test('S2 every word of every line stands where a household is helped with new phones', () => {
  const ordinary = wordsIn(ordinaryHousehold)
  const other = new Set(steps.flatMap(({ id }) => [...wordsIn(bare(say(id)))]))
  for (const act of [...Object.values(actsPlainly), anyAct, anyCheck, 'on', 'or'])
    for (const word of wordsIn(act)) other.add(word)
  expect([...other].filter(word => !ordinary.has(word))).toEqual([])
})

/** What only somebody has who is watched, or who fears it. Everything else stands in any home. */
const onlyOfTheWatched =
  /^(stalkerware|cameras.*|hidden-microphone|tracker|airtag|samsung-tag|tile|gps-unit|people|papers-with-address|public-footprint|find-my|apple-find-my|life360|managed-device|child-device|dash-cam|arlo|blink|nest|ring|gp-record|school-app)$/

test('S2 whatever is said of a tracker or a camera is said of a phone, a bank or a car as well, noun and act', () => {
  const [watched, ordinary] = [true, false].map(
    isWatched =>
      new Set(
        steps
          .filter(({ kind }) => onlyOfTheWatched.test(kind.id) === isWatched)
          .map(({ id }) => bare(say(id))),
      ),
  )
  const acts = new Set([...(ordinary ?? [])].map(line => line.replace(/^.*?: /, '')))
  const nouns = new Set([...(ordinary ?? [])].map(line => line.replace(/: .*$/, '')))
  expect(watched?.size).toBeGreaterThan(20)
  for (const line of watched ?? []) {
    expect(acts.has(line.replace(/^.*?: /, '')), line).toBe(true)
    expect(nouns.has(line.replace(/: .*$/, '')), line).toBe(true)
  }
})

test('S2 the word that a client chose stands beside the letter, unless it says too much, and tells no two things apart by itself', () => {
  const phones = (onPaper: string) => [1, 2].map(number => ({ ...thingOf('phone', number), onPaper }))
  expect(phones('the blue one').map(each => nameThingPlainly(each, entries))).toEqual([
    'A (the blue one)',
    'B (the blue one)',
  ])
  for (const telling of ['camera at the house', 'what he watches', 'his login', 'Police', 'the hidden one'])
    expect(nameThingPlainly({ ...thingOf('phone', 1), onPaper: telling }, entries), telling).toBe('A (phone)')
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (one, other) => {
      const [first = thingOf('phone', 1), second = thingOf('phone', 2)] = phones('')
      const things = [
        { ...first, onPaper: one },
        { ...second, onPaper: other },
      ]
      const both = ['t1', 't2'].map(id => sayStepPlainly(`change-passcode:${id}`, { things }, entries))
      expect(both[0]).not.toBe(both[1])
      for (const line of both) expect(areWordsHarmless(line)).toBe(true)
    }),
  )
})

test('what a client calls a thing, or a note of it, never comes on paper', () => {
  const things = [{ ...thingOf('cameras', 1), label: 'Alex’s secret camera', note: 'He watches' }]
  expect(sayStepPlainly('change-login:t1', { things }, entries)).toBe('A (house): renew it')
})

test('the letter of a thing is its own', () => {
  expect(['t1', 't26', 't27', 't28', 't52', 't53', 't702', 't703'].map(findLetter)).toEqual([
    'A',
    'Z',
    'AA',
    'AB',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ])
  const all = Array.from({ length: 9_999 }, (_, index) => findLetter(`t${index + 1}`))
  expect(new Set(all).size).toBe(all.length)
})
