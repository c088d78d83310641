import { randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { actorOf, openOrdered, readOrders } from '../support/ordered-clinic.ts'

/** One line of the output: a chat that was read, with so many messages. Written only after the reading was kept. */
export type ReadChat = { readonly itemId: string; readonly messages: number }

const orders = readOrders()
const clinic = openOrdered(orders, { connections: 4 })
const actor = actorOf(orders)

/** A chat that says in its name how many messages it has; some of them stand in every other chat too. */
function makeChat(messages: number): Buffer {
  const lines = Array.from({ length: messages }, (_, index) => {
    const clock = `${String(10 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`
    return `13/01/2025, ${clock} - Sam: ${index % 5 === 0 ? 'where are you' : `${randomInt(1e9)} answer me`}\n`
  })
  return Buffer.from(lines.join(''))
}

writeSync(1, 'ready\n')
while (true) {
  const messages = 2 + randomInt(400)
  const taken = await takeInEvidence(clinic, actor, orders.caseId, {
    name: `${messages} messages.txt`,
    broughtBy: 'ABC',
    howObtained: 'in a test',
    body: Readable.from([makeChat(messages)]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind !== 'taken-in') throw new Error('the chat was not taken in')
  await readItem(clinic, orders.caseId, taken.itemId)
  const line: ReadChat = { itemId: taken.itemId, messages }
  writeSync(1, `${JSON.stringify(line)}\n`)
}
