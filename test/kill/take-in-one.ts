import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { silentLog } from '../../src/platform/log.ts'
import type { Orders } from './take-in-forever.ts'

const orders: Orders & { readonly megabytes: number } = JSON.parse(process.env['ORDERS'] ?? '{}')
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

async function* inPieces(): AsyncGenerator<Uint8Array> {
  const piece = randomBytes(65_536)
  for (let count = 0; count < orders.megabytes * 16; count += 1) {
    piece.writeUInt32BE(count)
    yield Buffer.from(piece)
  }
}

const actor = { kind: 'person', clinicId: orders.clinicId, personId: orders.personId } as const
const brought = { name: 'backup.bin', broughtBy: 'ABC', howObtained: 'in a test', body: inPieces() }
const answer = await takeInEvidence(clinic, actor, orders.caseId, brought)
if (answer.kind !== 'taken-in') throw new Error(answer.because)
const afterIntake = process.resourceUsage().maxRSS
await readItem(clinic, orders.caseId, answer.itemId)
// In kilobytes, as getrusage(2) gives them on Linux.
process.stdout.write(
  JSON.stringify({ size: answer.size, afterIntake, afterReading: process.resourceUsage().maxRSS }),
)
await clinic.database.close()
