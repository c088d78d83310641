import type { CaseId } from '../../src/foundation/ids.ts'
import { verbsOf } from './acts-of-case.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite } from './test-site.ts'

/** Who keeps contact with the client in these tests. */
const as = { as: 'stalking-advocate' } as const

/** The number of the client's first channel. */
export const number = '07700 900456'

/** A phone on Friday and Saturday night, as the form of a channel sends it. */
export const phone = {
  kind: 'phone',
  value: number,
  safe: 'yes',
  mayRemind: 'no',
  days: ['5', '6'],
  from: '22.00',
  until: '2:00',
}

/** A clinic with a case, served, and what the tests of the screens of safe contact do again and again. */
export type ContactSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** Where the safe contact of that case is. */
  readonly base: string
  /** Agrees with the client that we say "blue kettle", and writes down their phone as channel c1, and as c2 another number for texts. */
  readonly agree: () => Promise<void>
  /** Says that a channel turned out to be observable, which raises a task; answers where the task is closed. */
  readonly raiseTask: (channel: string) => Promise<string>
  readonly countRevealed: () => Promise<number>
  /** The page of safe contact, as those see it who keep contact. */
  readonly show: () => Promise<SiteAnswer>
}

export async function openContactSite(): Promise<ContactSite> {
  const world = await openTestClinic()
  const site = await openTestSite(world)
  const caseId = await openTestCase(world, { clientName: 'Lucid Fictional' })
  const base = `/cases/${caseId}/contact`
  const mustGo = ({ location, text }: SiteAnswer): void => {
    if (location !== base) throw new Error(text)
  }
  const show = () => site.get(base, as)
  return {
    ...site,
    world,
    caseId,
    base,
    show,
    agree: async () => {
      mustGo(await site.post(`${base}/plan`, { wants: 'yes', voicemail: 'never', weSay: 'blue kettle' }, as))
      mustGo(await site.post(`${base}/channels/new`, phone, as))
      mustGo(await site.post(`${base}/channels/new`, { ...phone, kind: 'text', value: '07700 900789' }, as))
    },
    raiseTask: async channel => {
      await site.post(`${base}/verdict`, { channel, verdict: 'observable', why: 'On his contract' }, as)
      return /action="(\/cases\/[^"]+\/tasks\/[^"]+)"/.exec((await show()).text)?.[1] ?? ''
    },
    countRevealed: async () => {
      const verbs = await verbsOf(world, caseId)
      return verbs.filter(verb => verb === 'contact-revealed').length
    },
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}
