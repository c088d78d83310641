import { createPrivateKey, createPublicKey } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { silentLog } from '../../src/platform/log.ts'
import type { Orders } from './take-in-forever.ts'

const orders: Orders & { readonly path: string } = JSON.parse(process.env['ORDERS'] ?? '{}')
const signing = createPrivateKey({ key: Buffer.from(orders.signing, 'base64'), format: 'der', type: 'pkcs8' })
const key = { wrapping: Buffer.from(orders.wrapping, 'base64'), signing, verifying: createPublicKey(signing) }
const clinic = {
  ...orders,
  key,
  database: openDatabase(orders.programUrl, { now: realClock.now, key, connections: 2 }),
  clock: realClock,
  log: silentLog,
  site: { behindTls: false, onLoopback: true, leaveTo: 'https://example.org/' },
  indicatorFolder: null,
  isDemo: false,
  mail: null,
}

const actor = { kind: 'person', clinicId: orders.clinicId, personId: orders.personId } as const
const body = createReadStream(orders.path)
const brought = { name: basename(orders.path), broughtBy: 'ABC', howObtained: 'in a test', body }
const answer = await takeInEvidence(clinic, actor, orders.caseId, brought)
if (answer.kind !== 'taken-in') throw new Error(answer.because)
const afterIntake = process.resourceUsage().maxRSS
const began = Date.now()
await readItem(clinic, orders.caseId, answer.itemId)
// In kilobytes, as getrusage(2) gives them on Linux.
process.stdout.write(
  JSON.stringify({
    itemId: answer.itemId,
    size: answer.size,
    afterIntake,
    afterReading: process.resourceUsage().maxRSS,
    seconds: (Date.now() - began) / 1000,
  }),
)
await clinic.database.close()
