import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem, storedRecords } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import { mergeRecords } from './merge-records.ts'
import { withRecords } from './open-records.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const owner = (text: string, values: readonly unknown[] = []) =>
  asOwner(world.ownerUrl, client => client.query(text, [...values]))

/** A case of two items, of which neither is small enough to be taken into the other nor large enough to be left. */
async function openGrownCase(): Promise<CaseId> {
  const caseId = await openTestCase(world)
  for (const [item, times] of [6000, 2500].entries())
    await addTestItem(
      world,
      caseId,
      `ABC/${item + 1}`,
      Array.from({ length: 10 }, (_, index) => ({
        local: `2026-01-${10 + index}T${10 + item}:00:00`,
        sender: 'Rob',
        text: `m${item}${index} ${'answer me now '.repeat(times)}`,
      })),
    )
  return caseId
}

const onRecords = <Answer>(caseId: CaseId, work: Parameters<typeof withRecords<Answer>>[2]) =>
  withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'read' },
    transaction => withRecords(transaction, caseId, work),
  )

const rootOf = (caseId: CaseId) => onRecords(caseId, async records => records.root)

/** How each record begins, in one order. */
const find = async (caseId: CaseId) =>
  (await storedRecords(world, caseId)).map(each => each.body.slice(0, 4)).sort()

test('generations that are merged hold what they held, under a new revision, and nothing of the old ones is left', async () => {
  const caseId = await openGrownCase()
  const before = await rootOf(caseId)
  expect(before?.generations).toHaveLength(2)
  const found = await storedRecords(world, caseId)
  expect(found).toHaveLength(20)
  expect(await mergeRecords(world.clinic, caseId)).toBe('done')
  const after = await rootOf(caseId)
  expect(after?.generations).toHaveLength(1)
  expect(after?.revision).toBe((before?.revision ?? 0) + 1)
  expect(after?.overviews).toEqual(before?.overviews)
  expect(await storedRecords(world, caseId)).toEqual(found)
  const { rows } = await owner('select distinct generation from unwatched.record_block where case_id = $1', [
    caseId,
  ])
  const named = [...(after?.generations ?? []), ...(after?.overviews ?? [])].map(({ id }) => id)
  expect(rows.map(({ generation }) => generation).sort()).toEqual([...named].sort())
  expect(await mergeRecords(world.clinic, caseId)).toBe('rightly-nothing')
})

test('S8 what was merged is no part of the case any more, and an old root put back with it is found out', async () => {
  const caseId = await openGrownCase()
  const { rows: blocks } = await owner('select * from unwatched.record_block where case_id = $1', [caseId])
  const { rows: roots } = await owner('select sealed from unwatched.record_root where case_id = $1', [caseId])
  await mergeRecords(world.clinic, caseId)
  const newest = await find(caseId)
  const named = (await rootOf(caseId))?.overviews.map(({ id }) => id) ?? []
  for (const { clinic_id, case_id, generation, number, body } of blocks)
    if (!named.includes(generation))
      await owner('insert into unwatched.record_block values ($1, $2, $3, $4, $5)', [
        clinic_id,
        case_id,
        generation,
        number,
        body,
      ])
  expect(await find(caseId)).toEqual(newest)
  await owner('update unwatched.record_root set sealed = $2 where case_id = $1', [caseId, roots[0]?.sealed])
  await expect(find(caseId)).rejects.toMatchObject({ code: 'records-put-back' })
})

test('who reads while generations are merged sees every record once, and a file that is read meanwhile is there as well', async () => {
  const caseId = await openGrownCase()
  const all = await find(caseId)
  let isMerging = true
  const merging = Promise.all([
    mergeRecords(world.clinic, caseId),
    addTestItem(world, caseId, 'ABC/9', [{ local: null, sender: 'Rob', text: 'last of all' }]),
  ]).finally(() => {
    isMerging = false
  })
  const withLast = ['last', ...all]
  const allowed = [all, withLast].map(each => each.join())
  let seen = 0
  while (isMerging) {
    expect(allowed).toContain((await find(caseId)).join())
    seen += 1
  }
  await merging
  expect(seen).toBeGreaterThan(0)
  expect(await find(caseId)).toEqual(withLast)
})

test('a reading that leaves generations to be merged asks for it, and one that leaves none does not', async () => {
  const asked = async (caseId: CaseId): Promise<number> => {
    const { rows } = await owner(
      `select count(*)::integer as n from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier like 'merge-records/%' and j.payload ->> 'caseId' = $1`,
      [caseId],
    )
    return rows[0].n
  }
  const small = await openTestCase(world)
  await addTestItem(world, small, 'ABC/1', [{ local: null, sender: 'Rob', text: 'one' }])
  await addTestItem(world, small, 'ABC/2', [{ local: null, sender: 'Rob', text: 'two' }])
  expect(await asked(small)).toBe(0)
  expect(await asked(await openGrownCase())).toBe(1)
})

test('a case that is not there is not found', async () => {
  expect(await mergeRecords(world.clinic, makeId<CaseId>(new Date()))).toBe('not-found')
})
