import { knownPersonMap } from '../../src/app/demo/map-stories.ts'
import { playMap } from '../../src/app/demo/play-map.ts'
import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite } from './test-site.ts'

/** Who works on the access map in these tests. */
const as = { as: 'cyber-adviser' } as const

/** A step of the lock-out plan that is left, as its card on the page says. */
export type LeftCard = {
  readonly path: string
  readonly seen: string
  readonly said: string
  readonly isLoud: boolean
  readonly isBlocked: boolean
}

/** A clinic with a case, served, and what the tests of the screens of the access map do again and again. */
export type MapSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** Where the map of that case is, and its lock-out plan. */
  readonly base: string
  readonly lockOut: string
  /** The same page of a case without consent for the adviser's agency. */
  readonly outOfSight: (path: string) => Promise<string>
  readonly add: (entries: readonly string[]) => Promise<void>
  /** Two phones, of the first of which they were told that its passcode is known: two revisions. */
  readonly addPhones: () => Promise<void>
  /** A phone and a mailbox with everything that is known of them. */
  readonly play: () => Promise<void>
  /** The client chooses the plan that is offered, quiet steps first; answers its steps in their order. */
  readonly choosePlan: () => Promise<readonly string[]>
  /** The cards that are left, in their order on the page. */
  readonly cards: () => Promise<readonly LeftCard[]>
  /** The revision of the chosen plan. */
  readonly seen: () => Promise<string>
}

export async function openMapSite(options: { readonly indicatorFolder?: string } = {}): Promise<MapSite> {
  const world = await openTestClinic('2026-03-02T10:00:00Z')
  const site = await openTestSite(world, { clinic: { ...world.clinic, ...options } })
  const caseId = await openTestCase(world)
  const base = `/cases/${caseId}/map`
  const lockOut = `${base}/lock-out`
  const mustGo = ({ status, text }: SiteAnswer): void => {
    if (status !== 303) throw new Error(text)
  }
  const add = async (entries: readonly string[]): Promise<void> =>
    mustGo(await site.post(base, { entries }, as))
  return {
    ...site,
    world,
    caseId,
    base,
    lockOut,
    outOfSight: async path => path.replace(caseId, await openTestCase(world, { agencies: ['lead'] })),
    add,
    addPhones: async () => {
      await add(['phone', 'phone'])
      const told = { note: '', basis: 'told', seen: '1', 'q-passcode': 'yes' }
      mustGo(await site.post(`${base}/things/t1`, { ...told, label: 'Lena’s phone' }, as))
    },
    play: async () => {
      const things = knownPersonMap.things.filter(({ entry }) => ['phone', 'mailbox'].includes(entry))
      await playMap(world.clinic, world.as('cyber-adviser'), caseId, 'test', { ...knownPersonMap, things })
    },
    choosePlan: async () => {
      const order = field((await site.get(lockOut, as)).text, 'order')
      mustGo(await site.post(lockOut, { order, seen: '0', mode: 'quiet' }, as))
      return order.split(' ')
    },
    cards: async () => {
      const { text } = await site.get(lockOut, as)
      return [...text.matchAll(/<section class="plan-card"[\s\S]*?<\/section>/g)].map(([card]) => ({
        path: /href="([^"]*\/cards\/[^"]*)"/.exec(card)?.[1] ?? '',
        seen: field(card, 'seen'),
        said: plain(card),
        isLoud: card.includes('May be noticed'),
        isBlocked: card.includes('Not yet:'),
      }))
    },
    seen: async () => field((await site.get(`${lockOut}/moment`, as)).text, 'seen'),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** What a hidden field of a page holds. */
export function field(text: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
}

/** A page as it is read: its words alone. */
export function plain(text: string): string {
  return text
    .replaceAll('&#39;', '’')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}
