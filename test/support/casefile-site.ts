import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { addTestItem } from './test-records.ts'
import { openTestSite, type TestSite } from './test-site.ts'

/** A clinic served, with a case of one message, to which the cyber agency is no party. */
export type CasefileSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** Where the page of the case is. */
  readonly path: string
}

export async function openCasefileSite(): Promise<CasefileSite> {
  const world = await openTestClinic()
  const site = await openTestSite(world)
  const caseId = await openTestCase(world, {
    clientName: 'Linda <i>Fairweather</i>',
    agencies: ['lead', 'stalking', 'police'],
  })
  await addTestItem(world, caseId, 'LF/1', [
    { local: '2026-02-14T22:01:00', sender: 'Rob', text: 'I can see you' },
  ])
  return {
    ...site,
    world,
    caseId,
    path: `/cases/${caseId}`,
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}
