import { randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { mergeRecords } from '../../src/evidence/operations/merge-records.ts'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { actorOf, openOrdered, readOrders } from '../support/ordered-clinic.ts'

/** One line of the output: a chat that was read, with so many messages. Written only after the reading was kept. */
export type ReadChat = { readonly itemId: string; readonly messages: number }

/** Another: what chats had written was put together. Written only after that was kept. */
export type MergedChats = { readonly merged: true }

const orders = readOrders()
const clinic = openOrdered(orders, { connections: 4 })
const actor = actorOf(orders)

/**
 * A chat that says in its name how many messages it has; some of them stand in every other chat too. Where they are `long`,
 * what is written of it is too large to be taken into what comes next, and is put together with it afterwards.
 */
function makeChat(messages: number, long: number): Buffer {
  const lines = Array.from({ length: messages }, (_, index) => {
    const clock = `${String(10 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`
    return `13/01/2025, ${clock} - Sam: ${index % 5 === 0 ? 'where are you' : `${randomInt(1e9)} answer me ${'again '.repeat(long)}`}\n`
  })
  return Buffer.from(lines.join(''))
}

writeSync(1, 'ready\n')
for (let number = 0; ; number += 1) {
  const isLong = randomInt(3) > 0 || number < 2
  const messages = isLong ? 40 + randomInt(5) : 2 + randomInt(400)
  const long = isLong ? (number % 2 === 0 ? 5000 : 2000) : 0
  const taken = await takeInEvidence(clinic, actor, orders.caseId, {
    name: `${messages} messages.txt`,
    broughtBy: 'ABC',
    howObtained: 'in a test',
    body: Readable.from([makeChat(messages, long)]),
    answers: { zone: 'Europe/London', dateOrder: 'day-first' },
  })
  if (taken.kind !== 'taken-in') throw new Error('the chat was not taken in')
  await readItem(clinic, orders.caseId, taken.itemId)
  const line: ReadChat = { itemId: taken.itemId, messages }
  writeSync(1, `${JSON.stringify(line)}\n`)
  if ((await mergeRecords(clinic, orders.caseId)) !== 'done') continue
  const merged: MergedChats = { merged: true }
  writeSync(1, `${JSON.stringify(merged)}\n`)
}
