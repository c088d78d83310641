import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { loadEvidence, loadItem } from '../../src/evidence/operations/load-evidence.ts'
import { mergeRecords } from '../../src/evidence/operations/merge-records.ts'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import { ordersFor } from '../support/ordered-clinic.ts'
import { openTestCase } from '../support/test-case.ts'
import { openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { storedRecords } from '../support/test-records.ts'
import { bundleProgram } from './bundle-program.ts'
import { killAtRandom } from './kill-at-random.ts'
import type { MergedChats, ReadChat } from './read-until-killed.ts'

const kills = 16
const atOnce = 2

let world: TestClinic
let caseId: CaseId
let folder: string
beforeAll(async () => {
  world = await openTestClinic(new Date(Date.now() - 60_000).toISOString())
  caseId = await openTestCase(world)
  folder = await mkdtemp(join(tmpdir(), 'unwatched-kill-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

/** How many records each item shows. Fails where one is shown twice. */
async function countShown(): Promise<ReadonlyMap<string, number>> {
  const records = await storedRecords(world, caseId)
  expect(new Set(records.map(each => `${each.itemId} ${each.ordinal}`)).size).toBe(records.length)
  const counts = new Map<string, number>()
  for (const { itemId } of records) counts.set(itemId, (counts.get(itemId) ?? 0) + 1)
  return counts
}

const look = <Result>(work: Parameters<typeof withCase<Result>>[3]): Promise<Result> =>
  withCase(
    world.clinic.database,
    world.as('cyber-adviser'),
    { caseId, part: 'evidence', mode: 'read' },
    work,
  ).then(result => {
    if (result === null) throw new Error('the case is not in sight')
    return result
  })

/** How many messages each item says in its name that it has. */
async function listPromised(): Promise<ReadonlyMap<string, number>> {
  const { items } = await look(transaction => loadEvidence(transaction, caseId))
  const promised = new Map<string, number>()
  for (const { item } of items) {
    const whole = await look(transaction => loadItem(transaction, caseId, item.itemId))
    promised.set(item.itemId, Number.parseInt(whole?.arrivals[0]?.originalName ?? '', 10))
  }
  return promised
}

test('kill -9 at random moments of writing records, of writing them again into larger generations and of merging these, loses none that was acknowledged and shows none twice', {
  timeout: 400_000,
}, async () => {
  const orders = await ordersFor(world, caseId)
  const program = await bundleProgram('read-until-killed', folder)
  // Somebody looks at the case all the while: each chat is there whole or not at all.
  const seen: ReadonlyMap<string, number>[] = []
  const meanwhile = async (): Promise<void> => void seen.push(await countShown())
  // The first program is killed once it has read two chats and put them together.
  const plan = { kills, atOnce, firstLines: 3, meanwhile }
  const lines = await killAtRandom<ReadChat | MergedChats>(program, orders, plan)
  const read = lines.flatMap(line => ('merged' in line ? [] : [line]))
  expect(lines.length).toBeGreaterThan(read.length)
  expect(read.length).toBeGreaterThan(3)
  expect(seen.length).toBeGreaterThan(1)

  world.clock.moveTo(new Date(Date.now() + 1000).toISOString())
  const promised = await listPromised()
  const shown = await countShown()
  for (const counts of [...seen, shown])
    for (const [itemId, count] of counts) expect(count).toBe(promised.get(itemId))
  for (const { itemId, messages } of read) expect(shown.get(itemId)).toBe(messages)

  // What the kills interrupted is read as if nothing had been, and then everything is there once.
  for (const itemId of promised.keys())
    if (!shown.has(itemId)) await readItem(world.clinic, caseId, itemId as Parameters<typeof readItem>[2])
  expect(await countShown()).toEqual(promised)
  while ((await mergeRecords(world.clinic, caseId)) === 'done') expect(await countShown()).toEqual(promised)
})
