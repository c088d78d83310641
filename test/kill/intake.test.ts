import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { readCustodyLine } from '../../src/evidence/custody-line.ts'
import { loadCustody } from '../../src/evidence/operations/load-custody.ts'
import { loadEvidence, loadItem } from '../../src/evidence/operations/load-evidence.ts'
import { openCaseKey, openStored } from '../../src/evidence/operations/open-original.ts'
import { sweepBlobs } from '../../src/evidence/operations/sweep-blobs.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { verifyCustody } from '../../src/evidence/operations/verify-custody.ts'
import { sha256 } from '../../src/foundation/digest.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import { ordersFor } from '../support/ordered-clinic.ts'
import { openTestCase } from '../support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { bundleProgram } from './bundle-program.ts'
import { killAtRandom } from './kill-at-random.ts'
import type { Acknowledged, IntakeOrders } from './take-in-forever.ts'

/** A kill meets each of the intakes of a program somewhere else: a hundred are cut off, with a third of as many starts. */
const cutOff = 100
const intakesAtOnce = 3
const programsAtOnce = 2
const kills = Math.ceil(cutOff / intakesAtOnce)

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

test('kill -9 in the middle of a hundred intakes, at moments nobody chose, loses nothing that was acknowledged, and leaves no half item', {
  timeout: 400_000,
}, async () => {
  const { clinic } = world
  const orders: IntakeOrders = { ...(await ordersFor(world, caseId)), intakesAtOnce }
  const program = await bundleProgram('take-in-forever', folder)
  // Each line is written once its receipt was given.
  const plan = { kills, atOnce: programsAtOnce, firstLines: 3 }
  const acknowledged = await killAtRandom<Acknowledged>(program, orders, plan)
  expect(acknowledged.length).toBeGreaterThan(kills / 2)

  world.clock.moveTo(new Date(Date.now() + 1000).toISOString())
  const look = <Result>(work: Parameters<typeof withCase<Result>>[3]): Promise<Result> =>
    withCase(
      clinic.database,
      world.as('cyber-adviser'),
      { caseId, part: 'evidence', mode: 'read' },
      work,
    ).then(result => {
      if (result === null) throw new Error('the case is not in sight')
      return result
    })
  const { items } = await look(transaction => loadEvidence(transaction, caseId))
  const check = await look(transaction => verifyCustody(clinic, transaction, caseId))
  expect(check.problems).toEqual([])
  const { texts } = await look(transaction => loadCustody(transaction, caseId))
  const lines = texts.map(text => readCustodyLine(text))

  // Every item that there is opens to the bytes its digest names: the opening compares them.
  const caseKey = await look(transaction => openCaseKey(clinic, transaction, caseId))
  const byDigest = new Map(items.map(listed => [listed.item.sha256 as string, listed]))
  for (const { item } of items) {
    const body = await openStored(clinic, caseId, caseKey, item)
    expect(sha256(Buffer.concat(await body.toArray()))).toBe(item.sha256)
  }

  // Every receipt that somebody holds has its item, its arrival and its line of custody.
  const arrivals = new Map<string, string>()
  for (const { item } of items) {
    const whole = await look(transaction => loadItem(transaction, caseId, item.itemId))
    expect(whole?.reading?.state).toBe('waiting')
    for (const arrival of whole?.arrivals ?? []) arrivals.set(arrival.arrivalId, arrival.receipt)
  }
  for (const receipt of acknowledged) {
    expect(arrivals.get(receipt.arrivalId)).toBe(receipt.receipt)
    expect(byDigest.get(receipt.sha256)).toBeDefined()
    const { size } = JSON.parse(receipt.receipt) as { readonly size: number }
    expect(lines[size - 1]?.item).toBe(receipt.sha256)
  }
  // Nothing half-made: a line for each arrival and no more, and a job for each item.
  expect(check.size).toBe(arrivals.size)
  const jobs = await asOwner(world.ownerUrl, client =>
    client.query<{ count: string }>('select count(*) from graphile_worker._private_jobs'),
  )
  expect(Number(jobs.rows[0]?.count)).toBe(items.length)

  // What the kills left of unfinished files goes, the clinic goes on, and no item is touched by it.
  world.clock.moveTo(new Date(Date.now() + 7_200_000).toISOString())
  await sweepBlobs(clinic)
  expect(await readdir(join(clinic.blobFolder, 'incoming'))).toEqual([])
  const after = await takeInEvidence(clinic, world.as('cyber-adviser'), caseId, {
    name: 'after.txt',
    broughtBy: 'ABC',
    howObtained: 'after it all',
    body: Readable.from([Buffer.from('after it all')]),
  })
  expect(after.kind === 'taken-in' && after.exhibitRef).toBe(`ABC/${items.length + 1}`)
})
