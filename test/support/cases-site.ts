import { asOwner, openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite } from './test-site.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>

/** A clinic, served, and what the tests of the screens from first contact to an open case do again and again. */
export type CasesSite = TestSite & {
  readonly world: TestClinic
  /** Sends the call sheet as a call handler. */
  readonly sendCall: (fields: Fields) => Promise<SiteAnswer>
  /** Saves a call on the call sheet; answers the case id. */
  readonly saveCall: (fields?: Fields) => Promise<string>
  /** A call that was triaged and opened as a case with the usual consents; answers the case id. */
  readonly openCase: (fields?: Fields) => Promise<string>
}

export async function openCasesSite(): Promise<CasesSite> {
  const world = await openTestClinic()
  const site = await openTestSite(world)
  const coordinator = { as: 'coordinator' } as const
  let names = 0
  const sendCall = async (fields: Fields): Promise<SiteAnswer> => {
    const { text } = await site.get('/calls/new', { as: 'call-handler' })
    const _once = onceOf(text.slice(text.indexOf('action="/calls/new"')))
    return site.post('/calls/new', { ...fields, _once }, { as: 'call-handler' })
  }
  const saveCall = async (fields: Fields = {}): Promise<string> => {
    names += 1
    const typed = { words: 'He is always there.', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'maybe' }
    const saved = await sendCall({ ...typed, clientName: `Client ${names}`, ...fields })
    const reference = /saved\/([^?]+)/.exec(saved.location ?? '')?.[1]
    const { rows } = await asOwner(world.ownerUrl, client =>
      client.query('select case_id from unwatched.referral where reference = $1', [reference]),
    )
    return String(rows[0]?.case_id)
  }
  return {
    ...site,
    world,
    sendCall,
    saveCall,
    openCase: async fields => {
      const caseId = await saveCall(fields)
      await site.post(`/triage/${caseId}`, triaged, coordinator)
      const opened = await site.confirm(`/triage/${caseId}/open`, opening, coordinator)
      if (opened.location !== `/cases/${caseId}`) throw new Error(opened.text)
      return caseId
    },
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** The mark of a form, by which it is taken once. */
export function onceOf(page: string): string {
  return /name="_once" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

/** What a coordinator says of a referral of somebody who lived with the suspected person. */
export const triaged = { type: 'known-control', typeReasons: 'lived-together', judgement: 'routine' }

/** The client agreed to the lead agency, and to the cyber agency for the overview and contact. */
export const opening = {
  agency: ['lead', 'cyber'],
  'parts-lead': [
    'overview',
    'referral',
    'contact',
    'triage',
    'consent',
    'evidence',
    'chronology',
    'bundle',
    'trail',
  ],
  'parts-cyber': ['overview', 'contact'],
  how: 'spoken-on-the-phone',
}
