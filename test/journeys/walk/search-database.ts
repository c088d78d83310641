import type { CaseId } from '../../../src/foundation/ids.ts'
import type { Clinic } from '../../../src/platform/clinic.ts'
import { openName } from '../../../src/platform/seal-name.ts'
import { asOwner } from '../../support/test-clinic.ts'

/** The tables of a clinic's database in which a phrase stands anywhere, with how many rows hold it. */
export async function findInDatabase(
  ownerUrl: string,
  phrase: string,
): Promise<Readonly<Record<string, number>>> {
  return asOwner(ownerUrl, async client => {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const found: Record<string, number> = {}
    for (const { name } of tables.rows) {
      const rows = await client.query<{ count: number }>(
        `select count(*)::int as count from ${name} as each where position(lower($1) in lower(each::text)) > 0`,
        [phrase],
      )
      const count = rows.rows[0]?.count ?? 0
      if (count > 0) found[name] = count
    }
    return found
  })
}

/**
 * How many referrals hold a phrase, in what was told or in a name: unsealed with the clinic's key, past the program. What
 * lies in the open of the database is for `findInDatabase`.
 */
export async function countReferrals(
  { clinic, ownerUrl }: { readonly clinic: Clinic; readonly ownerUrl: string },
  phrase: string,
): Promise<number> {
  const rows = await asOwner(ownerUrl, async client => {
    const found = await client.query<{
      case_id: CaseId
      client: string
      suspect: string
      words: string | null
    }>(
      `select case_id, client_name as client, suspect_name as suspect, answers->>'words' as words from unwatched.referral`,
    )
    return found.rows
  })
  const open = (caseId: CaseId, field: string, kept: string): string =>
    openName(clinic.key, { clinicId: clinic.clinicId, caseId, field }, kept)
  return rows.filter(row =>
    [
      open(row.case_id, 'client-name', row.client),
      open(row.case_id, 'suspect-name', row.suspect),
      open(row.case_id, 'words', row.words ?? ''),
    ].some(text => text.toLowerCase().includes(phrase.toLowerCase())),
  ).length
}
