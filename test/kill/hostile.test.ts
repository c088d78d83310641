import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import type { CaseId, ItemId } from '../../src/foundation/ids.ts'
import { type HostileFile, makeHostile } from '../support/hostile-files.ts'
import { keptOfReading } from '../support/kept-counts.ts'
import { ordersFor } from '../support/ordered-clinic.ts'
import { openTestCase } from '../support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { storedRecords } from '../support/test-records.ts'
import { bundleProgram } from './bundle-program.ts'

let world: TestClinic
let folder: string
let program: string
beforeAll(async () => {
  world = await openTestClinic(new Date(Date.now() - 60_000).toISOString())
  folder = await mkdtemp(join(tmpdir(), 'unwatched-hostile-'))
  program = await bundleProgram('read-hostile', folder)
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

/** Takes a file in and reads it in a program that may use so many megabytes of heap. */
async function start(
  kind: HostileFile,
  count: number,
  heap: number,
): Promise<{ readonly child: ChildProcess; readonly caseId: CaseId }> {
  const path = join(folder, `${kind}-${count}.${kind === 'chat' || kind === 'long-line' ? 'txt' : 'zip'}`)
  await writeFile(path, makeHostile(kind, count))
  const caseId = await openTestCase(world)
  const orders = await ordersFor(world, caseId)
  const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, program], {
    env: { ...process.env, ORDERS: JSON.stringify({ ...orders, path }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return { child, caseId }
}

async function readAll(kind: HostileFile, count: number, heap: number) {
  const { child, caseId } = await start(kind, count, heap)
  let said = ''
  child.stderr?.on('data', part => {
    said += part
  })
  const [code] = await once(child, 'close')
  expect(code, said.slice(0, 500)).toBe(0)
  return keptOf(caseId)
}

async function keptOf(caseId: CaseId) {
  const rows = await asOwner(world.ownerUrl, client =>
    client.query<{ itemId: ItemId; state: string; kept: Buffer | null }>(
      `select r.item_id as "itemId", r.state, r.kept
       from unwatched.reading r where r.case_id = $1`,
      [caseId],
    ),
  )
  const [row] = rows.rows
  if (!row) return { itemId: null, state: '', records: 0, kept: 0 }
  const found = await storedRecords(world, caseId, row.itemId)
  // None stands twice.
  expect(new Set(found.map(each => each.ordinal)).size).toBe(found.length)
  const kept = await keptOfReading(world, caseId, row.itemId, row.kept)
  return { ...row, records: found.length, kept }
}

test('a chat of forty thousand messages is read in a heap that its records would not fit into', async () => {
  expect(await readAll('chat', 40_000, 96)).toMatchObject({ state: 'done', records: 40_000, kept: 40_000 })
}, 240_000)

test('one message of five megabytes is kept in pieces, and never whole in memory', async () => {
  const { records, state } = await readAll('long-line', 5, 80)
  expect(state).toBe('done')
  expect(records).toBeGreaterThan(2)
}, 240_000)

test('a reading that is killed at any moment shows nothing of itself or all, and is done by the next', async () => {
  // From the start of the reading on, spread over what a reading of so many takes.
  for (const pause of [0, 150, 300, 500, 800, 1200]) {
    const { child, caseId } = await start('chat', 12_000, 200)
    // It may be done before it is killed.
    const closed = once(child, 'close')
    const stateOf = async () => (await keptOf(caseId)).state
    await expect.poll(stateOf, { timeout: 60_000, interval: 20 }).toMatch(/reading|done/)
    await new Promise(resolve => setTimeout(resolve, pause))
    child.kill('SIGKILL')
    await closed
    const { itemId, records, kept } = await keptOf(caseId)
    expect([0, 12_000]).toContain(records)
    expect(kept).toBe(records)
    if (!itemId) throw new Error('nothing was taken in')
    await readItem(world.clinic, caseId, itemId)
    expect(await keptOf(caseId)).toMatchObject({ state: 'done', records: 12_000, kept: 12_000 })
    expect(await generationsOf(caseId)).toBe(2)
  }
  expect(await readdir(world.clinic.spoolFolder)).toEqual([])
}, 240_000)

/** Generations of a case, what a killed writer left behind among them. */
async function generationsOf(caseId: CaseId): Promise<number> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ n: number }>(
      'select count(distinct generation)::int as n from unwatched.record_block where case_id = $1',
      [caseId],
    ),
  )
  return found.rows[0]?.n ?? 0
}
