import { withCase } from '../../src/audit/operations/access-case.ts'
import { type ContactPlan, emptyPlan } from '../../src/contact/contact-plan.ts'
import { type Asked, askToSend } from '../../src/contact/operations/ask-to-send.ts'
import { changeContactPlan } from '../../src/contact/operations/change-plan.ts'
import { markChannel } from '../../src/contact/operations/mark-channel.ts'
import { writeClientWord } from '../../src/contact/operations/write-client-word.ts'
import type { CaseId, MessageId } from '../../src/foundation/ids.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import type { Transaction } from '../../src/platform/database.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { openTestCase } from './test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from './test-clinic.ts'

/** What was agreed with a client about one mailbox, and what is known of it. */
export type ToldWorld = {
  readonly wants: ContactPlan['wants']
  readonly safe: 'yes' | 'no' | 'unknown'
  readonly mayRemind: boolean
  readonly isExpired: boolean
  readonly inHours: boolean
  /** What is known of it: what a colleague said, or that the client says that it is safe. */
  readonly verdict: 'observable' | 'unknown' | 'client-says-so' | null
}

/** A world in which the contact gate says yes. */
export const goodWorld: ToldWorld = {
  wants: 'yes',
  safe: 'yes',
  mayRemind: true,
  isExpired: false,
  inHours: true,
  verdict: 'client-says-so',
}

/** A clinic at noon on 4 March 2026 that sends by a real mail server, and functions for what its people do. */
export type ContactWorld = {
  readonly world: TestClinic
  readonly server: MailServer
  readonly clinic: Clinic
  /** Work of the coordinator on a case opened for writing its contact. */
  readonly onContact: <Result>(
    caseId: CaseId,
    work: (transaction: Transaction) => Promise<Result>,
  ) => Promise<Result>
  readonly agree: (caseId: CaseId, told: ToldWorld, address: string) => Promise<void>
  readonly mark: (
    caseId: CaseId,
    verdict: 'observable' | 'not-observable' | 'unknown',
  ) => Promise<Awaited<ReturnType<typeof markChannel>>>
  /** Writes down that the client says that it is safe, for so many days from today. */
  readonly sayWord: (caseId: CaseId, days?: number) => Promise<Awaited<ReturnType<typeof writeClientWord>>>
  readonly ask: (caseId: CaseId, about?: string, days?: number) => Promise<Asked>
  readonly statesOf: (
    caseId: CaseId,
  ) => Promise<readonly { readonly state: string; readonly because: string | null }[]>
  readonly tasksOf: (caseId: CaseId) => Promise<readonly string[]>
  readonly newCase: (told: ToldWorld) => Promise<{ readonly caseId: CaseId; readonly address: string }>
  /** How many mails the server took for an address. */
  readonly left: (address: string) => number
  readonly close: () => Promise<void>
}

const day = 24 * 60 * 60 * 1000
const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }

export async function openContactWorld(): Promise<ContactWorld> {
  const world = await openTestClinic('2026-03-04T12:00:00Z')
  const server = await openMailServer()
  const clinic: Clinic = { ...world.clinic, mail: server.settings }

  const onContact: ContactWorld['onContact'] = async (caseId, work) => {
    const done = await withCase(
      clinic.database,
      world.as('coordinator'),
      { caseId, part: 'contact', mode: 'write' },
      async transaction => ({ done: await work(transaction) }),
    )
    if (!done) throw new Error('the case is not in sight')
    return done.done
  }
  const mark: ContactWorld['mark'] = (caseId, verdict) =>
    onContact(caseId, transaction =>
      markChannel(clinic, transaction, caseId, {
        channelId: 'c1',
        verdict,
        why: 'Said in the test.',
        fromMap: false,
      }),
    )
  const sayWord: ContactWorld['sayWord'] = (caseId, days = 30) =>
    onContact(caseId, transaction =>
      writeClientWord(clinic, transaction, caseId, {
        channelId: 'c1',
        heard: 'face-to-face',
        words: 'Nobody else knows it.',
        lastDay: new Date(transaction.now.getTime() + days * day).toISOString().slice(0, 10),
      }),
    )
  const agree: ContactWorld['agree'] = async (caseId, told, address) => {
    await onContact(caseId, transaction =>
      changeContactPlan(clinic, transaction, caseId, plan => ({
        ...emptyPlan,
        ...plan,
        wants: told.wants,
        channels: [
          {
            channelId: 'c1',
            kind: 'email',
            value: address,
            safe: told.safe,
            confirmedAt: transaction.now.toISOString(),
            expiresOn: told.isExpired ? '2026-03-01' : '2027-01-01',
            mayRemind: told.mayRemind,
            windows: [told.inHours ? always : { days: [1], from: '03:00', until: '03:01' }],
            note: '',
            isGone: false,
          },
        ],
      })),
    )
    if (told.verdict === 'client-says-so') await sayWord(caseId)
    else if (told.verdict) await mark(caseId, told.verdict)
  }
  let number = 0
  return {
    world,
    server,
    clinic,
    onContact,
    agree,
    mark,
    sayWord,
    ask: (caseId, about = 'a1', days = 1) =>
      onContact(caseId, transaction =>
        askToSend(clinic, transaction, caseId, {
          purpose: 'appointment-reminder',
          channelId: 'c1',
          about,
          aboutAt: new Date(world.clock.now().getTime() + days * day),
        }),
      ),
    statesOf: caseId =>
      asOwner(world.ownerUrl, async client => {
        const found = await client.query<{ state: string; because: string | null }>(
          'select state, because from unwatched.message where case_id = $1 order by asked_at, message_id',
          [caseId],
        )
        return found.rows
      }),
    tasksOf: caseId =>
      asOwner(world.ownerUrl, async client => {
        const found = await client.query<{ kind: string }>(
          'select kind from unwatched.task where case_id = $1 order by task_id',
          [caseId],
        )
        return found.rows.map(row => row.kind)
      }),
    newCase: async told => {
      number += 1
      const caseId = await openTestCase(world)
      const address = `client${number}@example.org`
      await agree(caseId, told, address)
      return { caseId, address }
    },
    left: address => server.received.filter(each => each.to.includes(address)).length,
    close: async () => {
      await server.close()
      await world.close()
    },
  }
}

export function idOf(asked: Asked): MessageId {
  if (asked.kind !== 'waiting') throw new Error(`not waiting: ${asked.kind}`)
  return asked.messageId
}
