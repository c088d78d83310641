import { randomBytes } from 'node:crypto'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { actorOf, type Orders, openOrdered, readOrders } from '../support/ordered-clinic.ts'

const orders = readOrders<Orders & { readonly megabytes: number }>()
const clinic = openOrdered(orders, { connections: 2 })

async function* inPieces(): AsyncGenerator<Uint8Array> {
  const piece = randomBytes(65_536)
  for (let count = 0; count < orders.megabytes * 16; count += 1) {
    piece.writeUInt32BE(count)
    yield Buffer.from(piece)
  }
}

const actor = actorOf(orders)
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
