import type { CaseId } from '../../src/foundation/ids.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestFile, type TestSite } from './test-site.ts'

/** A clinic with a case and its queue at work, served, and what the tests of the screens of evidence do there. */
export type EvidenceSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** Where the evidence of the case is. */
  readonly path: string
  readonly bring: (
    files: readonly TestFile[],
    fields?: Readonly<Record<string, string>>,
    to?: string,
  ) => Promise<SiteAnswer>
  /** A page as the cyber adviser sees it. */
  readonly show: (where: string) => Promise<SiteAnswer>
  /** Asks for a page until nothing on it is being read any more. */
  readonly readToEnd: (where: string) => Promise<string>
  /** The items that a page links to. */
  readonly itemLinks: (text: string) => readonly string[]
  /** Brings one file; answers where its item is. */
  readonly bringOne: (name: string, bytes: TestFile['bytes']) => Promise<string>
}

export async function openEvidenceSite(): Promise<EvidenceSite> {
  const world = await openTestClinic()
  const site = await openTestSite(world, { withJobs: true })
  const caseId = await openTestCase(world)
  const path = `/cases/${caseId}/evidence`
  const as = { as: 'cyber-adviser' } as const
  const show = (where: string): Promise<SiteAnswer> => site.get(where, as)
  const bring: EvidenceSite['bring'] = (files, fields = said, to = path) =>
    site.post(to, fields, { ...as, files })
  const itemLinks = (text: string): readonly string[] => [
    ...new Set([...text.matchAll(/\/evidence\/([0-9a-f-]{36})"/g)].map(match => `${path}/${match[1]}`)),
  ]
  return {
    ...site,
    world,
    caseId,
    path,
    show,
    bring,
    itemLinks,
    readToEnd: async where => {
      for (;;) {
        const { text } = await show(where)
        if (!text.includes('Being read')) return text
        await new Promise(done => setTimeout(done, 50))
      }
    },
    bringOne: async (name, bytes) => {
      const { location } = await bring([file(name, bytes)])
      return itemLinks((await show(location ?? '')).text)[0] ?? ''
    },
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}

/** What is said of files that are brought. */
export const said = { 'brought-by': 'abc', 'how-obtained': 'she exported it', zone: 'Europe/London' }

export function file(name: string, bytes: TestFile['bytes']): TestFile {
  return { field: 'files', name, bytes }
}
