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
import { openTestCase } from '../support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { bundleProgram } from './bundle-program.ts'
import { ordersFor } from './orders-for.ts'

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
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ itemId: ItemId; state: string; records: number; kept: Buffer | null }>(
      `select r.item_id as "itemId", r.state, r.kept,
         (select count(*)::int from unwatched.record c where c.item_id = r.item_id) as records
       from unwatched.reading r where r.case_id = $1`,
      [caseId],
    ),
  )
  const [row] = found.rows
  if (!row) return { itemId: null, state: '', records: 0, kept: 0 }
  return { ...row, kept: await keptOfReading(world, caseId, row.itemId, row.kept) }
}

test('a chat of forty thousand messages is read in a heap that its records would not fit into', async () => {
  expect(await readAll('chat', 40_000, 96)).toMatchObject({ state: 'done', records: 40_000, kept: 40_000 })
}, 240_000)

test('one message of five megabytes is kept in pieces, and never whole in memory', async () => {
  const { records, state } = await readAll('long-line', 5, 80)
  expect(state).toBe('done')
  expect(records).toBeGreaterThan(2)
}, 240_000)

test('a reading that is killed shows nothing of itself, leaves nothing behind, and is done by the next', async () => {
  const { child, caseId } = await start('chat', 12_000, 200)
  await expect
    .poll(async () => (await keptOf(caseId)).state, { timeout: 60_000, interval: 20 })
    .toMatch(/reading|done/)
  child.kill('SIGKILL')
  await once(child, 'close')
  const { itemId, records, kept } = await keptOf(caseId)
  expect([0, 12_000]).toContain(records)
  expect(kept).toBe(records)
  if (!itemId) throw new Error('nothing was taken in')
  await readItem(world.clinic, caseId, itemId)
  expect(await keptOf(caseId)).toMatchObject({ state: 'done', records: 12_000, kept: 12_000 })
  expect(await readdir(world.clinic.spoolFolder)).toEqual([])
}, 240_000)
