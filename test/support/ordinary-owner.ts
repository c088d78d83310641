import { asOwner } from './test-clinic.ts'

/** Makes a role like the one that an operator makes for a database: no superuser, and able to make the program's role. */
export async function makeOrdinaryRole(serverUrl: string, name: string): Promise<void> {
  await asOwner(serverUrl, async client => {
    // Two who change who is in a role at once trip over each other; the program takes this lock too.
    await client.query('select pg_advisory_lock($1)', [7_218_403])
    await client.query(`create role ${name} login createrole password 'test'`)
    // On this server the program's role is there already; on a server of its own, its first owner makes it.
    await client.query(`grant unwatched_program to ${name} with admin option`)
  })
}

/** The same address for such a role. */
export function asOrdinary(url: string, name: string): string {
  const address = new URL(url)
  address.username = name
  address.password = 'test'
  return address.toString()
}

/**
 * Hands a database of the test server, with everything in it, to an ordinary role, as it is where an operator made it.
 * Answers its address for that role. A test that goes past the program keeps the address it has.
 */
export async function giveToOrdinaryOwner(ownerUrl: string): Promise<string> {
  const database = new URL(ownerUrl).pathname.slice(1)
  const name = `owner_of_${database}`
  await makeOrdinaryRole(ownerUrl, name)
  await asOwner(ownerUrl, async client => {
    await client.query(`alter database ${database} owner to ${name}`)
    const found = await client.query<{ statement: string }>(
      `select format('alter schema %I owner to %I', nspname, $1::text) as statement
       from pg_namespace where nspname in ('unwatched', 'graphile_worker')
       union all
       select format('alter %s %s owner to %I', case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
                     oid::regclass, $1::text)
       from pg_class c where relnamespace in ('unwatched'::regnamespace, 'graphile_worker'::regnamespace)
         and relkind in ('r', 'p', 'v', 'S')
         and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
       union all
       select format('alter routine %s owner to %I', oid::regprocedure, $1::text)
       from pg_proc where pronamespace in ('unwatched'::regnamespace, 'graphile_worker'::regnamespace)
       union all
       select format('alter type %s owner to %I', t.oid::regtype, $1::text)
       from pg_type t join pg_class c on c.oid = t.typrelid
       where t.typnamespace in ('unwatched'::regnamespace, 'graphile_worker'::regnamespace) and c.relkind = 'c'`,
      [name],
    )
    for (const { statement } of found.rows) await client.query(statement)
  })
  return asOrdinary(ownerUrl, name)
}
