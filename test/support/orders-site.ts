import { randomUUID } from 'node:crypto'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { makeIncident } from '../../src/chronology/operations/make-incident.ts'
import type { CaseId, IncidentId } from '../../src/foundation/ids.ts'
import type { Role } from '../../src/identity/role.ts'
import { day } from './date-fields.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, statusesOf, type TestSite } from './test-site.ts'

/** Who works with orders in these tests. */
const as = 'stalking-advocate'

/** A case with an order in it: the address of its orders, and of that one. */
export type CaseWithOrder = { readonly caseId: CaseId; readonly base: string; readonly path: string }

/** A clinic at work on 2 March 2026, served, and what the tests of the screens of orders do again and again. */
export type OrdersSite = TestSite & {
  readonly world: TestClinic
  /** Records an order in a new case, the one that was served when nothing else is said. */
  readonly open: (fields?: object) => Promise<CaseWithOrder>
  /** An incident at that moment, of contact when no other act is named. */
  readonly incident: (
    caseId: CaseId,
    at: string,
    codes?: readonly 'B_CONTACT'[],
  ) => Promise<IncidentId | null>
  /** The revision that a page's form was made from. */
  readonly seen: (path: string) => Promise<string>
  /** The statuses with which a role is answered at each of these addresses. */
  readonly statuses: (paths: readonly string[], role?: Role) => Promise<readonly number[]>
}

export async function openOrdersSite(): Promise<OrdersSite> {
  const world = await openTestClinic('2026-03-02T10:00:00Z')
  const site = await openTestSite(world)
  return {
    ...site,
    world,
    open: async (fields = served) => {
      const caseId = await openTestCase(world, { clientName: 'Linda Fairweather' })
      const base = `/cases/${caseId}/orders`
      const sent = await site.post(`${base}/new`, fields as Record<string, string>, { as })
      if (!sent.location) throw new Error(sent.text)
      return { caseId, base, path: sent.location }
    },
    incident: (caseId, at, codes = ['B_CONTACT']) =>
      withCase(
        world.clinic.database,
        world.as(as),
        { caseId, part: 'chronology', mode: 'write' },
        async transaction =>
          makeIncident(transaction, caseId, randomUUID(), {
            when: { precision: 'exact', startsAt: new Date(at) },
            zone: 'Europe/London',
            noticedOn: null,
            what: 'Wrote <i>again</i>',
            clientWords: 'Afraid',
            changed: '',
            whereCoarse: '',
            toldTo: '',
            platform: '',
            codes,
            records: [],
          }),
      ),
    seen: async path => /name="seen" value="(\d+)"/.exec((await site.get(path, { as })).text)?.[1] ?? '',
    statuses: (paths, role = as) => statusesOf(site, paths, role),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** A Stalking Protection Order that was made and served, as its form sends it. */
export const served = {
  kind: 'spo',
  court: 'Fiction Magistrates <b>Court</b>',
  made: 'on',
  ...day('madeOn', '2026-02-10'),
  endsHow: 'until-further-order',
  knew: 'not-known',
  service: 'served',
  ...day('servedOn', '2026-02-12'),
  servedTime: '2:30pm',
  templates: ['any-contact', 'cameras'],
}
