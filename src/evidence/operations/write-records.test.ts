import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import {
  addTestItem,
  keepTestRecords,
  ownSeal,
  storedRecords,
  type TestRecord,
} from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { makeCaseKey, wrapCaseKey } from '../../platform/keys.ts'
import { readSearch } from '../records/record-terms.ts'
import type { StoredQuery } from '../records/stored-query.ts'
import { blockField } from '../records/stored-root.ts'
import { openRoot, withRecords } from './open-records.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const owner = (text: string, values: readonly unknown[] = []) =>
  asOwner(world.ownerUrl, client => client.query(text, [...values]))

const every: StoredQuery = { kinds: null, senders: null, items: null, fact: null, search: null, times: 'any' }
const bounds = { order: 'oldest', after: null, atMost: 1000, mostText: 1e9, mostBlocks: 1e6 } as const

const find = (caseId: CaseId, query: Partial<StoredQuery> = {}) =>
  withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'read' },
    transaction =>
      withRecords(transaction, caseId, async records => {
        const { records: found } = await records.find({ ...every, ...query }, bounds)
        return found.map(each => each.body)
      }),
  )

const words = 'where are you now answer me the green umbrella stands by your door again tonight'.split(' ')
function makeRecords(seed: number, count: number): readonly TestRecord[] {
  const chance = makeChance(seed)
  return Array.from({ length: count }, (_, index) => ({
    local: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString().slice(0, 19),
    sender: 'Rob',
    text: `m${index} ${Array.from({ length: 8 }, () => chance.pick(words)).join(' ')}`,
  }))
}

type BlockRow = { readonly generation: string; readonly number: number; readonly body: Buffer }
const blocksOf = async (caseId: CaseId): Promise<readonly BlockRow[]> =>
  (
    await owner(
      'select generation, number, body from unwatched.record_block where case_id = $1 order by 1, 2',
      [caseId],
    )
  ).rows

test('S8 every generation is a power of two of blocks of one length, and no two blocks are alike', async () => {
  const caseId = await openTestCase(world)
  await addTestItem(world, caseId, 'ABC/1', makeRecords(1, 4000))
  const blocks = await blocksOf(caseId)
  const lengths = new Map<string, number>()
  for (const { generation } of blocks) lengths.set(generation, (lengths.get(generation) ?? 0) + 1)
  expect([...lengths.values()].every(length => [16, 32, 64, 128].includes(length))).toBe(true)
  expect(Math.max(...lengths.values())).toBeGreaterThan(16)
  expect(blocks.every(({ body }) => body.length === 4000 && body[0] === 1)).toBe(true)
  expect(new Set(blocks.map(({ body }) => body.toString('latin1'))).size).toBe(blocks.length)
})

/** Two cases under one key, so that nothing but the place tells their blocks apart. */
async function openCasesOfOneKey(): Promise<readonly [CaseId, CaseId]> {
  const caseIds = [await openTestCase(world), await openTestCase(world)] as const
  const { clinicId, key } = world.clinic
  const caseKey = makeCaseKey()
  for (const caseId of caseIds)
    await owner('update unwatched.file_key set wrapped = $2 where case_id = $1', [
      caseId,
      wrapCaseKey(key, clinicId, caseId, caseKey),
    ])
  return caseIds
}

/** What lies in another place, as it would lie in this one; `place` is the first segment of a case with two generations. */
const moves: Readonly<Record<string, (blocks: Moved) => Promise<Buffer> | Buffer>> = {
  'another number': ({ own, place }) => bodyAt(own, place.generation, place.number + 1),
  'another generation': ({ own, place }) =>
    bodyAt(own, own.find(each => each.generation !== place.generation)?.generation, place.number),
  'another case': async ({ place, other, otherId }) => {
    const seal = await ownSeal(world, otherId)
    const [from] = other
    const opened = seal.openBytes(
      blockField(from?.generation ?? '', place.number),
      bodyAt(other, from?.generation, place.number),
    )
    return seal.sealBytes(blockField(place.generation, place.number), opened)
  },
  'nowhere, made up': () => Buffer.alloc(4000, 1),
}
type Moved = {
  readonly own: readonly BlockRow[]
  readonly other: readonly BlockRow[]
  readonly otherId: CaseId
  readonly place: Pick<BlockRow, 'generation' | 'number'>
}

function bodyAt(blocks: readonly BlockRow[], generation: string | undefined, number: number): Buffer {
  const found = blocks.find(each => each.generation === generation && each.number === number)
  if (!found) throw new Error('there is no such block')
  return found.body
}

test.each(Object.keys(moves))('S8 a block that was moved from %s does not open', async from => {
  const [caseId, otherId] = await openCasesOfOneKey()
  for (const each of [caseId, otherId]) await addTestItem(world, each, 'ABC/1', makeRecords(2, 300))
  const all = await find(caseId)
  expect(all).toHaveLength(300)
  const own = await blocksOf(caseId)
  const [root] = (await owner('select sealed from unwatched.record_root where case_id = $1', [caseId])).rows
  const named = openRoot(await ownSeal(world, caseId), root?.sealed)
  const place = { generation: named.generations[0]?.id ?? '', number: 1 }
  const put = (body: Buffer) =>
    owner(
      'update unwatched.record_block set body = $1 where case_id = $2 and generation = $3 and number = $4',
      [body, caseId, place.generation, place.number],
    )
  const moved = await moves[from]?.({ own, other: await blocksOf(otherId), otherId, place })
  if (!moved) throw new Error('nothing was moved')
  await put(moved)
  // By its seal, before anybody looks at what is in it.
  const cause = { code: 'field-not-opened' }
  await expect(find(caseId)).rejects.toMatchObject({ code: 'records-not-opened', cause })
  await put(bodyAt(own, place.generation, place.number))
  expect(await find(caseId)).toEqual(all)
})

test('S8 a block that is gone is missed', async () => {
  const caseId = await openTestCase(world)
  await addTestItem(world, caseId, 'ABC/1', makeRecords(2, 300))
  await owner('delete from unwatched.record_block where case_id = $1 and number = 1', [caseId])
  await expect(find(caseId)).rejects.toMatchObject({ code: 'records-not-opened' })
})

test('S8 an old generation put back is no part of the case, and an old root put back with it is found out', async () => {
  const caseId = await openTestCase(world)
  const itemId = await addTestItem(world, caseId, 'ABC/1', makeRecords(3, 50))
  const old = await blocksOf(caseId)
  const root = await owner('select sealed from unwatched.record_root where case_id = $1', [caseId])
  await keepTestRecords(world, caseId, itemId, makeRecords(4, 20))
  const newest = await find(caseId)
  expect(newest).toHaveLength(20)
  for (const { generation, number, body } of old)
    await owner('insert into unwatched.record_block values ($1, $2, $3, $4, $5)', [
      world.clinic.clinicId,
      caseId,
      generation,
      number,
      body,
    ])
  expect(await find(caseId)).toEqual(newest)
  await owner('update unwatched.record_root set sealed = $2 where case_id = $1', [
    caseId,
    root.rows[0]?.sealed,
  ])
  await expect(find(caseId)).rejects.toMatchObject({ code: 'records-put-back' })
})

test('what is read again takes the place of what was there, and what else the case holds stays as it is', async () => {
  const caseId = await openTestCase(world)
  const first = await addTestItem(world, caseId, 'ABC/1', makeRecords(5, 400))
  const second = await addTestItem(world, caseId, 'ABC/2', makeRecords(6, 300))
  const kept = (await storedRecords(world, caseId, second)).map(each => each.body)
  await keepTestRecords(world, caseId, first, makeRecords(7, 10))
  expect((await storedRecords(world, caseId, second)).map(each => each.body)).toEqual(kept)
  expect((await storedRecords(world, caseId, first)).map(each => each.body)).toEqual(
    makeRecords(7, 10).map(each => each.text),
  )
  await keepTestRecords(world, caseId, first, [])
  expect(await storedRecords(world, caseId, first)).toEqual([])
  // Small generations were taken into one another: one of records, and one of the overview.
  expect(new Set((await blocksOf(caseId)).map(each => each.generation)).size).toBe(2)
})

test('who reads while records are replaced sees what was there or what is there, and nothing in between', async () => {
  const caseId = await openTestCase(world)
  const itemId = await addTestItem(world, caseId, 'ABC/1', makeRecords(8, 200))
  const states = [200, 120, 60, 200].map((count, index) => makeRecords(9 + index, count))
  const allowed = new Set(
    [makeRecords(8, 200), ...states].map(records => records.map(each => each.text).join()),
  )
  let isWriting = true
  const writing = (async () => {
    for (const records of states) await keepTestRecords(world, caseId, itemId, records)
    isWriting = false
  })()
  let seen = 0
  while (isWriting) {
    expect(allowed.has((await find(caseId))?.join() ?? '')).toBe(true)
    seen += 1
  }
  await writing
  expect(seen).toBeGreaterThan(1)
})

test('S8 what somebody looked for leaves no mark on the disk', async () => {
  const caseId = await openTestCase(world)
  await owner('alter table unwatched.record_block set (autovacuum_enabled = false)')
  // No row that another case took away shares a page with what is written now.
  await owner('vacuum full unwatched.record_block')
  await addTestItem(world, caseId, 'ABC/1', makeRecords(20, 3000))
  const digest = async (): Promise<string> => {
    await owner('checkpoint')
    const { rows } = await owner(
      "select pg_read_binary_file(pg_relation_filepath('unwatched.record_block')) as bytes",
    )
    return createHash('sha256').update(rows[0]?.bytes).digest('hex')
  }
  const before = await digest()
  expect(await find(caseId, { search: readSearch('m2999') })).toHaveLength(1)
  expect(await find(caseId, { search: readSearch('umbrella') })).not.toEqual([])
  expect(await digest()).toBe(before)
})
