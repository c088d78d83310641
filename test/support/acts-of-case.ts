import type { CaseId } from '../../src/foundation/ids.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

/** What was done in a case, by its verbs, the oldest first. Without that it was opened: every page does that. */
export async function verbsOf(world: TestClinic, caseId: CaseId | string): Promise<readonly string[]> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ verb: string }>(
      "select verb from unwatched.act where case_id = $1 and verb <> 'case-opened' order by act_id",
      [caseId],
    ),
  )
  return found.rows.map(({ verb }) => verb)
}

/** How often somebody opened a case, for any part of it. */
export async function countOpened(world: TestClinic, caseId: CaseId | string): Promise<number> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query("select from unwatched.act where case_id = $1 and verb = 'case-opened'", [caseId]),
  )
  return found.rowCount ?? 0
}
