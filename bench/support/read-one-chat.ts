import { Readable } from 'node:stream'
import { readItem } from '../../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { makeChance } from '../../test/support/chance.ts'
import { actorOf, type Orders, openOrdered, readOrders } from '../../test/support/ordered-clinic.ts'

/** Takes in and reads one chat in a process of its own, and says how much memory that took at most. */
const orders = readOrders<Orders & { readonly megabytes: number }>()
const clinic = openOrdered(orders, { connections: 4 })

/** A chat of so many megabytes, a message of some four hundred bytes every few minutes. */
async function* makeChat(): AsyncGenerator<Buffer> {
  const chance = makeChance(orders.megabytes)
  let time = Date.UTC(2016, 0, 4)
  for (let left = orders.megabytes * 1e6; left > 0; ) {
    const lines: string[] = []
    for (let count = 0; count < 100; count += 1) {
      time += chance.below(600) * 1000
      const [day = '', clock = ''] = new Date(time).toISOString().split('T')
      const words = Array.from({ length: 80 }, () => chance.below(20_000).toString(36))
      lines.push(`${day.split('-').reverse().join('/')}, ${clock.slice(0, 5)} - Sam: ${words.join(' ')}\n`)
    }
    const piece = Buffer.from(lines.join(''))
    left -= piece.length
    yield piece
  }
}

const actor = actorOf(orders)
const answer = await takeInEvidence(clinic, actor, orders.caseId, {
  name: 'WhatsApp Chat with Sam.txt',
  broughtBy: 'ABC',
  howObtained: 'bench',
  body: Readable.from(makeChat()),
  answers: { zone: 'Europe/London', dateOrder: 'day-first' },
})
if (answer.kind !== 'taken-in') throw new Error(answer.because)
await readItem(clinic, orders.caseId, answer.itemId)
// In kilobytes, as getrusage(2) gives them on Linux.
process.stdout.write(String(process.resourceUsage().maxRSS))
await clinic.database.close()
