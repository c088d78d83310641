import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chance, makeChance } from '../../../test/support/chance.ts'
import { type DumpedRow, dumpClinic } from '../../../test/support/dump.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { ownSeal } from '../../../test/support/test-records.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import { readItem } from '../operations/read-item.ts'
import { takeInEvidence } from '../operations/take-in-evidence.ts'
import { blockField } from './stored-root.ts'

/**
 * The thief has a dump of the clinic and no key, and holds a copy of one chat to the byte. They brought it to a case of their
 * own at the same clinic, and something short with it, so that they know what it looks like in a dump. Ten cases hold a chat of like size each, within a
 * fifth of one size, and in one of them it is that chat, beside a few messages that the thief does not know. They measure
 * everything that can be counted or measured of a case without its key, and take the case that is most like their own.
 */
const casesAtOnce = 10
const seed = 21
const size = 1300

type Victim = { readonly caseId: CaseId; readonly thiefs: CaseId }
type Robbery = {
  readonly victims: readonly Victim[]
  readonly dump: readonly DumpedRow[]
}

let world: TestClinic
let robbery: Robbery
beforeAll(async () => {
  world = await openTestClinic()
  robbery = await rob()
})
afterAll(() => world.close())

async function rob(): Promise<Robbery> {
  const chance = makeChance(seed)
  const victims: Victim[] = []
  for (let number = 0; number < casesAtOnce; number += 1) {
    const chat = makeChat(chance, Math.round(size * (0.8 + chance.below(401) / 1000)), 2024)
    const victim = { caseId: await openTestCase(world), thiefs: await openTestCase(world) }
    await bring(victim.caseId, chat)
    await bring(victim.caseId, makeChat(chance, 1 + chance.below(4), 2027))
    await bring(victim.thiefs, chat)
    await bring(victim.thiefs, makeChat(chance, 2, 2027))
    victims.push(victim)
  }
  return { victims, dump: await dumpClinic(world.ownerUrl) }
}

/** A chat with a message every minute, of words that no other chat has. */
function makeChat(chance: Chance, messages: number, year: number): string {
  return Array.from({ length: messages }, (_, minute) => {
    const [day = '', clock = ''] = new Date(Date.UTC(year, 0, 1, 0, minute)).toISOString().split('T')
    const words = Array.from({ length: 1 + chance.below(10) }, () => chance.below(30_000).toString(36))
    const sender = chance.below(3) === 0 ? 'Sam' : 'Alex Made-up'
    return `${day.split('-').reverse().join('/')}, ${clock.slice(0, 5)} - ${sender}: ${words.join(' ')}\n`
  }).join('')
}

async function bring(caseId: CaseId, chat: string): Promise<void> {
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: 'WhatsApp Chat with Sam.txt',
    broughtBy: 'ABC',
    howObtained: 'exported',
    body: Readable.from([Buffer.from(chat)]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  await readItem(world.clinic, caseId, taken.itemId)
}

type Measure = (rows: readonly DumpedRow[]) => readonly number[]

const isSealed = (value: unknown): value is string => typeof value === 'string' && value.startsWith('\\x')
const sorted = (numbers: readonly number[]) => [...numbers].sort((one, other) => other - one)

/** Everything of a case that can be counted: its rows in each table, the lengths of what is sealed, the blocks of each generation. */
function listMeasures(dump: readonly DumpedRow[]): ReadonlyMap<string, Measure> {
  const measures = new Map<string, Measure>()
  for (const { table, data } of dump) {
    measures.set(`rows of ${table}`, rows => [rows.filter(row => row.table === table).length])
    for (const [column, value] of Object.entries(data))
      if (isSealed(value))
        measures.set(`lengths of ${table}.${column}`, rows =>
          sorted(rows.flatMap(row => (row.table === table ? [String(row.data[column]).length] : []))),
        )
  }
  measures.set('blocks of each generation', rows => {
    const lengths = new Map<unknown, number>()
    for (const { table, data } of rows)
      if (table === 'record_block')
        lengths.set(data['generation'], (lengths.get(data['generation']) ?? 0) + 1)
    return sorted([...lengths.values()])
  })
  measures.set('lengths of the blocks, one behind the other', rows => {
    const ofGenerations = new Map<unknown, number[]>()
    for (const { table, data } of rows) {
      if (table !== 'record_block') continue
      const lengths = ofGenerations.get(data['generation']) ?? []
      lengths[Number(data['number'])] = String(data['body']).length
      ofGenerations.set(data['generation'], lengths)
    }
    return [...ofGenerations.values()].sort((one, other) => other.length - one.length)[0] ?? []
  })
  return measures
}

/** How many of two lists differ, and by how much where that is the same. */
function distanceOf(one: readonly number[], other: readonly number[]): number {
  let unlike = 0
  let apart = 0
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const by = Math.abs((one[at] ?? 0) - (other[at] ?? 0))
    if (by > 0) unlike += 1
    apart += by
  }
  return unlike * 1e9 + apart
}

/** A guess among cases that are equally like is worth one over how many they are, where the right one is among them. */
function countFound({ victims, dump }: Robbery, measure: Measure): number {
  const rowsOf = new Map<string | null, DumpedRow[]>()
  for (const row of dump) rowsOf.set(row.caseId, [...(rowsOf.get(row.caseId) ?? []), row])
  const measured = victims.map(({ caseId, thiefs }) => ({
    own: measure(rowsOf.get(caseId) ?? []),
    thiefs: measure(rowsOf.get(thiefs) ?? []),
  }))
  let found = 0
  for (const { own, thiefs } of measured) {
    const distances = measured.map(each => distanceOf(thiefs, each.own))
    const least = Math.min(...distances)
    if (distanceOf(thiefs, own) === least) found += 1 / distances.filter(each => each === least).length
  }
  return found
}

/** What a guess by chance finds. */
const byChance = 1

test('S8 a thief who holds a chat finds its case in a dump no better than by chance, whatever they measure', () => {
  const measures = listMeasures(robbery.dump)
  expect([...measures.keys()]).toContain('lengths of record_root.sealed')
  for (const [name, measure] of measures)
    expect(countFound(robbery, measure), name).toBeLessThanOrEqual(byChance + 0.001)
})

/** The same dump as it would be without one measure: what the holder of the keys takes out of it again. */
async function takeOut(change: (opened: Buffer | null, body: unknown) => unknown): Promise<Robbery> {
  const seals = new Map<string | null, CaseSeal>()
  for (const { caseId, thiefs } of robbery.victims)
    for (const each of [caseId, thiefs]) seals.set(each, await ownSeal(world, each))
  const dump = robbery.dump.flatMap((row): readonly DumpedRow[] => {
    if (row.table !== 'record_block') return [row]
    const { generation, number, body } = row.data
    let opened: Buffer | null = null
    try {
      const sealed = Buffer.from(String(body).slice(2), 'hex')
      opened =
        seals.get(row.caseId)?.openBytes(blockField(String(generation), Number(number)), sealed) ?? null
    } catch {
      // What fills a generation up opens for nobody.
    }
    const left = change(opened, body)
    return left === null ? [] : [{ ...row, data: { ...row.data, body: left } }]
  })
  return { victims: robbery.victims, dump }
}

test('the thief finds the case once generations are not filled up to a power of two', async () => {
  const exact = await takeOut((opened, body) => (opened ? body : null))
  const measure = listMeasures(exact.dump).get('blocks of each generation')
  expect(measure && countFound(exact, measure)).toBeGreaterThan(3 * byChance)
})

test('the thief finds the case once blocks are as long as what is in them', async () => {
  const cut = await takeOut((opened, body) =>
    opened ? 'x'.repeat(Math.min(opened.length, opened.readUInt32LE(1))) : body,
  )
  const measure = listMeasures(cut.dump).get('lengths of the blocks, one behind the other')
  expect(measure && countFound(cut, measure)).toBeGreaterThan(casesAtOnce / 2)
})
