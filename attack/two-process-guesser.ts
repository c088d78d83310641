import { openCase } from '../src/audit/operations/open-case.ts'
import { listCaseload } from '../src/cases/operations/list-caseload.ts'
import { listPeople } from '../src/identity/operations/list-people.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import { newOnce } from '../src/web/form.ts'
import { serveClinic } from './support/served-clinic.ts'

export const name = 'a guesser who knows her first two words, alternates between two servers and never stops'

const seconds = 20
const hands = 12

const valueOf = (page: string, field: string): string =>
  new RegExp(`name="${field}" value="([^"]+)"`).exec(page)?.[1] ?? ''

/** A browser at one server: posts words and answers what came of it. */
async function sitAt(address: string): Promise<(words: string) => Promise<'in' | 'wrong' | 'wait'>> {
  const page = await fetch(`${address}/my/words`)
  const cookie = (page.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
  const token = valueOf(await page.text(), '_csrf')
  return async words => {
    const answer = await fetch(`${address}/my/words`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ _csrf: token, words }),
    })
    await answer.arrayBuffer()
    if (answer.status === 303) return 'in'
    return answer.status === 429 ? 'wait' : 'wrong'
  }
}

/** Guesses at two servers at once; meanwhile its owner, at the same address, comes in with the right words. */
export async function run(): Promise<{ measured: string; holds: boolean }> {
  const served = await serveClinic({ processes: 2, filled: true })
  const { clinic, addresses } = served
  try {
    const setup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
    const { people } = await clinic.database.transaction(setup, listPeople)
    const coordinator = people.find(person => person.role === 'coordinator')
    if (!coordinator) throw new Error('the demo has no coordinator')
    const actor = { kind: 'person', clinicId: clinic.clinicId, personId: coordinator.personId } as const
    const words = await clinic.database.transaction(actor, async transaction => {
      const [first] = await listCaseload(transaction)
      if (!first) throw new Error('the demo has no case')
      await openCase(transaction, { caseId: first.caseId, part: 'contact', mode: 'write' })
      const once = newOnce()
      return makePhrases(clinic, transaction, coordinator.personId, first.caseId, {
        check: 'code-words',
        once,
      })
    })
    const hers = words?.open ?? []
    const known = hers.slice(0, 2).join(' ')
    const counted = { in: 0, wrong: 0, wait: 0 }
    const end = performance.now() + seconds * 1_000
    const guessing = Array.from({ length: hands }, async (_each, hand) => {
      const seats = await Promise.all(addresses.map(sitAt))
      for (let each = hand; performance.now() < end; each += 1) {
        const guess = await seats[each % seats.length]?.(`${known} zoo zoo zoo zoo ${each}`)
        if (guess) counted[guess] += 1
      }
    })
    const took: number[] = []
    let tries = 0
    while (performance.now() < end - 1_000) {
      const seat = await sitAt(addresses[took.length % addresses.length] ?? '')
      const started = performance.now()
      let answer: string
      do {
        tries += 1
        answer = await seat(hers.join(' '))
      } while (answer !== 'in' && performance.now() < end)
      if (answer === 'in') took.push(performance.now() - started)
      await new Promise(done => setTimeout(done, 1_000))
    }
    await Promise.all(guessing)
    took.sort((one, other) => one - other)
    const slowest = Math.round(took.at(-1) ?? Number.POSITIVE_INFINITY)
    return {
      measured: `${counted.wrong + counted.wait} guesses at two servers in ${seconds} s, ${counted.wrong} of them counted and the rest told to wait; its owner, at the same address, came in ${took.length} times with ${tries} tries, ${slowest} ms at the slowest`,
      // each time she comes in the count of her own lane is forgiven, which gives a guesser three more
      holds: counted.in === 0 && counted.wrong <= 6 + 4 * took.length && took.length >= 5 && slowest < 5_000,
    }
  } finally {
    await served.close()
  }
}
