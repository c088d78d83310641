import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { loadEvidence, loadItem } from '../../src/evidence/operations/load-evidence.ts'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from '../support/test-case.ts'
import { openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { storedRecords } from '../support/test-records.ts'
import { bundleProgram } from './bundle-program.ts'
import { ordersFor } from './orders-for.ts'
import type { ReadChat } from './read-until-killed.ts'
import type { Orders } from './take-in-forever.ts'

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

const pause = (milliseconds: number): Promise<void> => new Promise(done => setTimeout(done, milliseconds))

/** Lets a program read chats and kills it at a moment nobody chose, within `reach` milliseconds; or after its second chat. */
async function killOne(program: string, orders: Orders, reach: number | null) {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ORDERS: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let complained = ''
  child.stderr.on('data', chunk => {
    complained += chunk
  })
  const ended = new Promise<NodeJS.Signals | null>(done => child.once('close', (_, signal) => done(signal)))
  const ready = new Promise<void>(done =>
    child.stdout.on('data', chunk => {
      said += chunk
      if (said.startsWith('ready\n')) done()
    }),
  )
  await Promise.race([ready, ended])
  const began = Date.now()
  if (reach === null) while (said.split('\n').length < 4 && child.exitCode === null) await pause(5)
  else await pause(randomInt(reach))
  const milliseconds = Date.now() - began
  child.kill('SIGKILL')
  if ((await ended) !== 'SIGKILL') throw new Error(`a program ended by itself: ${complained}`)
  // The last piece is empty, or a line that was cut short.
  const lines = said.split('\n').slice(1, -1)
  return { read: lines.map(line => JSON.parse(line) as ReadChat), milliseconds }
}

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

test('kill -9 at random moments of writing records, and of writing them again into larger generations, loses none that was acknowledged and shows none twice', {
  timeout: 400_000,
}, async () => {
  const orders = await ordersFor(world, caseId)
  const program = await bundleProgram('read-until-killed', folder)
  const first = await killOne(program, orders, null)
  const reach = Math.min(5000, Math.max(300, 2 * first.milliseconds))
  const read = [...first.read]
  let left = kills
  const killInTurn = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      read.push(...(await killOne(program, orders, reach)).read)
    }
  }
  // Somebody looks at the case all the while: each chat is there whole or not at all.
  const seen: ReadonlyMap<string, number>[] = []
  const looking = (async () => {
    while (left > 0) seen.push(await countShown())
  })()
  await Promise.all([...Array.from({ length: atOnce }, killInTurn), looking])
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
})
