import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite, type Visitor } from './test-site.ts'

/** The two phrases of a case. */
export type Phrases = { readonly open: string; readonly duress: string }

/** What somebody who makes a phrase says of the check that was agreed. */
export const identityCheck = { check: 'code-words', agreed: 'yes' }

/** A clinic with a case whose client has a phrase, served, and what the tests of the client's screens do there. */
export type PortalSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** The phrases of that case. */
  readonly words: Phrases
  /** Below the address of that case, for staff. */
  readonly path: (rest: string) => string
  /** Makes the phrases of another case. */
  readonly makePhrases: (caseId: CaseId) => Promise<Phrases>
  /** A browser in which a phrase was typed and is right. */
  readonly signIn: (phrase: string) => Promise<Visitor>
  readonly pass: (minutes: number) => void
}

export async function openPortalSite(): Promise<PortalSite> {
  const world = await openTestClinic()
  const site = await openTestSite(world)
  const caseId = await openTestCase(world, { clientName: 'Linda Fairweather' })
  const makePhrases = async (which: CaseId): Promise<Phrases> =>
    slipsOn(await site.post(`/cases/${which}/phrase`, identityCheck, { as: 'coordinator' }))
  return {
    ...site,
    world,
    caseId,
    words: await makePhrases(caseId),
    path: rest => `/cases/${caseId}${rest}`,
    makePhrases,
    signIn: async phrase => {
      const visitor = await site.visitor()
      const answer = await visitor.post('/my/words', { words: phrase })
      if (answer.location !== '/my') throw new Error(answer.text)
      return visitor
    },
    pass: minutes =>
      world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString()),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** The two phrases on the page that shows them once. */
export function slipsOn({ text }: Pick<SiteAnswer, 'text'>): Phrases {
  const slips = [...text.matchAll(/slip"><strong>([a-z ]+)<\/strong>/g)].map(match => match[1] ?? '')
  return { open: slips[0] ?? '', duress: slips[1] ?? '' }
}

/** A note in the client's words, as its form sends it. */
export const note = { what: 'He stood <b>outside</b>\nthe shop', felt: 'Very cold', precision: 'unknown' }
