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
