import { randomBytes, randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { sha256 } from '../../src/foundation/digest.ts'
import { actorOf, type Orders, openOrdered, readOrders } from '../support/ordered-clinic.ts'

/** What the parent tells a program that takes files in until it is killed. */
export type IntakeOrders = Orders & {
  /** How many intakes it has under way at any moment. */
  readonly intakesAtOnce: number
}

/** One line of the output: written only after the receipt was given. */
export type Acknowledged = { readonly arrivalId: string; readonly sha256: string; readonly receipt: string }

const orders = readOrders<IntakeOrders>()
const clinic = openOrdered(orders, { connections: orders.intakesAtOnce + 1 })
const actor = actorOf(orders)

/** From a kilobyte to three megabytes, the small ones far more often; now and then bytes that came before. */
function nextFile(): Buffer {
  if (randomInt(8) === 0) return Buffer.alloc(20_000, randomInt(5))
  return randomBytes(1000 + Math.floor(3_000_000 * (randomInt(1_000_000) / 1_000_000) ** 4))
}

async function takeInForever(): Promise<never> {
  while (true) {
    const bytes = nextFile()
    const body = Readable.from([bytes.subarray(0, 700), bytes.subarray(700)])
    const brought = { name: 'file.bin', broughtBy: 'ABC', howObtained: 'in a test', body }
    const answer = await takeInEvidence(clinic, actor, orders.caseId, brought)
    if (answer.kind !== 'taken-in' || answer.sha256 !== sha256(bytes))
      throw new Error('the file was not taken in')
    const { arrivalId, sha256: digest, receipt } = answer
    const line: Acknowledged = { arrivalId, sha256: digest, receipt }
    writeSync(1, `${JSON.stringify(line)}\n`)
  }
}

writeSync(1, 'ready\n')
await Promise.all(Array.from({ length: orders.intakesAtOnce }, takeInForever))
