import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite } from './test-site.ts'

/** A clinic with a case, served, and what the tests of the screens of bundles do there. */
export type BundleSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** Where the bundles of the case are. */
  readonly path: string
  /** The advocate asks for a bundle for the police, with whatever is given in place of the usual answers. */
  readonly askFor: (fields?: Readonly<Record<string, string>>) => Promise<SiteAnswer>
}

export async function openBundleSite(): Promise<BundleSite> {
  const world = await openTestClinic()
  const caseId = await openTestCase(world)
  const site = await openTestSite(world)
  const path = `/cases/${caseId}/bundles`
  const usual = { purpose: 'police-report', agency: world.agencies.police, records: 'in-incidents', note: '' }
  return {
    ...site,
    world,
    caseId,
    path,
    askFor: (fields = {}) => site.post(path, { ...usual, ...fields }, { as: 'stalking-advocate' }),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}
