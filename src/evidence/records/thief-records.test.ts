import { expect, test } from 'vitest'
import { type Chance, makeChance } from '../../../test/support/chance.ts'
import { makeStored } from '../../../test/support/stored-in-memory.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { blockBytes } from './block.ts'
import { buildGeneration } from './build-generation.ts'
import { RecordColumns } from './record-columns.ts'
import type { StoredRecord } from './stored-record.ts'
import { roundedBlocks } from './stored-root.ts'

/**
 * The thief has a dump and no key, and holds a copy of one chat to the byte; the program is open, so they build from it what
 * the program would. Ten cases hold a chat of like size each, within a fifth of one size, and in one of them it is that
 * chat, with a few records behind it that the thief does not know. They take the case that is most like what they built.
 */
const casesAtOnce = 10
const seeds = [21, 22, 23]
const size = 1300

const chatId = 'aaaaaaaa-0000-4000-8000-000000000000' as ItemId
const otherId = 'bbbbbbbb-0000-4000-8000-000000000000' as ItemId

/** What lies in a dump of one case: how many blocks, and how long what stands in each is. */
type Lies = { readonly blocks: number; readonly lengths: readonly number[] }

async function build(records: readonly StoredRecord[]): Promise<Lies> {
  const columns = new RecordColumns()
  for (const record of records) columns.add(record)
  const lengths: number[] = []
  const blocks = await buildGeneration(columns, async (number, block) => {
    // A page says its length in its first block; what follows in its other blocks is filled.
    if (number > 0) lengths.push(block.readUInt32LE(1))
  })
  return { blocks, lengths }
}

type Case = { readonly known: Lies; readonly lies: Lies }

function makeChat(chance: Chance): readonly StoredRecord[] {
  const messages = Math.round(size * (0.8 + chance.below(401) / 1000))
  return Array.from({ length: messages }, (_, ordinal) => ({
    ...makeStored(chance, chatId, ordinal),
    raw: null,
    body: Array.from({ length: 1 + chance.below(10) }, () => chance.below(30_000).toString(36)).join(' '),
  }))
}

async function makeCases(seed: number): Promise<readonly Case[]> {
  const chance = makeChance(seed)
  const cases: Case[] = []
  for (let number = 0; number < casesAtOnce; number += 1) {
    const chat = makeChat(chance)
    const others = Array.from({ length: chance.below(4) }, (_, ordinal) => ({
      ...makeStored(chance, otherId, ordinal),
      local: Date.UTC(2027, 0, 1 + ordinal),
    }))
    cases.push({ known: await build(chat), lies: await build([...chat, ...others]) })
  }
  return cases
}

/** How unlike two things in a dump are, by one thing that the thief can measure. */
type Distance = (one: Lies, other: Lies) => number

/** What every block shows, whatever it holds. */
const measured: Distance = (one, other) => Math.abs(roundedBlocks(one.blocks) - roundedBlocks(other.blocks))
const withoutRounding: Distance = (one, other) => Math.abs(one.blocks - other.blocks)
const withoutOneSize: Distance = (one, other) =>
  one.lengths.filter((length, index) => other.lengths[index] !== length).length

/** A guess among cases that are equally like is worth one over how many they are, where the right one is among them. */
function countFound(cases: readonly Case[], distance: Distance): number {
  let found = 0
  for (const { known, lies } of cases) {
    const distances = cases.map(each => distance(known, each.lies))
    const least = Math.min(...distances)
    if (distance(known, lies) === least) found += 1 / distances.filter(each => each === least).length
  }
  return found
}

test('S8 a thief who holds a chat finds its case no better than by chance, and does once one measure is taken out', async () => {
  const worlds = await Promise.all(seeds.map(makeCases))
  const trials = seeds.length * casesAtOnce
  const chance = trials / casesAtOnce
  const all = (distance: Distance) => worlds.reduce((sum, cases) => sum + countFound(cases, distance), 0)
  // All cases lie between two powers of two, and differ in how many blocks they hold.
  for (const cases of worlds) {
    expect(new Set(cases.map(({ lies }) => lies.blocks)).size).toBeGreaterThanOrEqual(casesAtOnce / 2)
    expect(new Set(cases.map(({ lies }) => roundedBlocks(lies.blocks))).size).toBe(1)
  }
  expect(all(measured)).toBeCloseTo(chance)
  expect(all(withoutRounding)).toBeGreaterThan(3 * chance)
  expect(all(withoutOneSize)).toBeGreaterThan(trials * 0.9)
  expect(blockBytes).toBe(4000)
}, 60_000)
