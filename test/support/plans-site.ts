import type { CaseId } from '../../src/foundation/ids.ts'
import type { Role } from '../../src/identity/role.ts'
import { day } from './date-fields.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, statusesOf, type TestSite } from './test-site.ts'

/** Who works with safety plans in these tests. */
const as = 'idva'

/** A case with a safety plan: where the plan is. */
export type CaseWithPlan = { readonly caseId: CaseId; readonly path: string }

/** A clinic at work on 2 March 2026, served, and what the tests of the screens of safety plans do again and again. */
export type PlansSite = TestSite & {
  readonly world: TestClinic
  /** A new case with a plan of five months. */
  readonly openPlan: () => Promise<CaseWithPlan>
  /** Adds an action to a plan, and answers where it is. */
  readonly addAction: (path: string, fields?: Readonly<Record<string, string>>) => Promise<string>
  /** The revision that a page's form was made from. */
  readonly seen: (path: string) => Promise<string>
  /** The statuses with which a role is answered at each of these addresses. */
  readonly statuses: (paths: readonly string[], role?: Role) => Promise<readonly number[]>
}

export async function openPlansSite(): Promise<PlansSite> {
  const world = await openTestClinic('2026-03-02T10:00:00Z')
  const site = await openTestSite(world)
  const mustGo = (answer: { readonly location: string | null; readonly text: string }, to: string): void => {
    if (answer.location !== to) throw new Error(answer.text)
  }
  return {
    ...site,
    world,
    openPlan: async () => {
      const caseId = await openTestCase(world, { clientName: 'Linda <b>Fairweather</b>' })
      const path = `/cases/${caseId}/plan`
      const dates = { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-08-02') }
      mustGo(await site.post(path, { ...dates, safetyAtStart: '2' }, { as }), path)
      return { caseId, path }
    },
    addAction: async (path, fields = {}) => {
      const form = { 'a1-words': 'Change <i>the</i> password', 'a1-owner': 'client', ...fields }
      mustGo(await site.post(`${path}/actions`, form, { as }), path)
      const found = [...(await site.get(path, { as })).text.matchAll(/plan\/actions\/([0-9a-f-]{36})/g)]
      return `${path}/actions/${found.at(-1)?.[1]}`
    },
    seen: async path => /name="seen" value="(\d+)"/.exec((await site.get(path, { as })).text)?.[1] ?? '',
    statuses: (paths, role = as) => statusesOf(site, paths, role),
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}
