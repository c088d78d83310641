import type { CaseId, ItemId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { addTestItem } from './test-records.ts'
import { openTestSite, type TestSite } from './test-site.ts'

/** A clinic with a case and a chat in it, served, and what the tests of the screens of incidents do there. */
export type IncidentsSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** The chat ABC/1, with two messages. */
  readonly itemId: ItemId
  /** Where the incidents of the case are, and the form for a new one. */
  readonly list: string
  readonly form: string
  /** Makes the incident that was told; answers where it is. */
  readonly make: (fields?: Readonly<Record<string, string | readonly string[]>>) => Promise<string>
}

export async function openIncidentsSite(): Promise<IncidentsSite> {
  const world = await openTestClinic('2026-11-02T10:00:00Z')
  const site = await openTestSite(world)
  const caseId = await openTestCase(world, { agencies: ['lead', 'stalking', 'police'] })
  const itemId = await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-14T22:01:00', sender: 'Rob', text: 'I can see you' },
    { local: '2026-02-14T22:03:00', sender: 'Rob', text: 'Turn round' },
  ])
  const list = `/cases/${caseId}/incidents`
  const form = `${list}/new`
  return {
    ...site,
    world,
    caseId,
    itemId,
    list,
    form,
    make: async (fields = {}) => {
      const { location, text } = await site.post(form, { ...told, ...fields }, { as: 'stalking-advocate' })
      if (!location) throw new Error(text)
      return location
    },
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** An incident as the client told it, as its form sends it. */
export const told = {
  what: 'He waited outside the library',
  precision: 'exact',
  'date-day': '14',
  'date-month': '2',
  'date-year': '2026',
  time: '10:30pm',
  codes: ['E_LOITER', 'G_WATCH'],
  herWords: 'I went cold',
}
