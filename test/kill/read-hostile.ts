import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { actorOf, type Orders, openOrdered, readOrders } from '../support/ordered-clinic.ts'

const orders = readOrders<Orders & { readonly path: string }>()
const clinic = openOrdered(orders, { connections: 2 })
const actor = actorOf(orders)
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
