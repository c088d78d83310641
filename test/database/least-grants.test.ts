import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseFiles, readDatabaseFiles, splitStatements } from '../../src/platform/database-files.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { type MadeDatabase, makeDatabase } from '../support/made-database.ts'
import { asOwner } from '../support/test-clinic.ts'

/** The database as every clinic begins with it, and one in which somebody forgot something. */
let fresh: MadeDatabase
let broken: MadeDatabase

beforeAll(async () => {
  fresh = await makeDatabase()
  await migrate(fresh.ownerUrl)
  broken = await makeDatabase(fresh)
  await asOwner(broken.ownerUrl, client =>
    client.query(`
      create function unwatched.forgot() returns text language sql security definer as $$ select 'anybody''s' $$;
      create function unwatched.elsewhere() returns text language sql security definer set search_path = public
        as $$ select 'anybody''s' $$;
      grant insert on unwatched.act to unwatched_program;
      grant update on unwatched.person to unwatched_program;
      grant update (case_id) on unwatched.consent to unwatched_program;
      create table unwatched.open_to_all (n integer);
      grant select on unwatched.open_to_all to unwatched_program, public;`),
  )
})
afterAll(async () => {
  await fresh.drop()
  await broken.drop()
})

const find = (database: MadeDatabase, sql: string): Promise<readonly string[]> =>
  asOwner(database.ownerUrl, async client =>
    (await client.query<{ found: string }>(sql)).rows.map(row => row.found).sort(),
  )

// PostgreSQL documentation, "Writing SECURITY DEFINER Functions Safely": a search path that others cannot write in
const withoutPath = `select proname::text as found from pg_proc
  where pronamespace = 'unwatched'::regnamespace and prosecdef
    and not coalesce('search_path=unwatched, pg_temp' = any (proconfig), false)`

const everybodysFunctions = `select p.proname::text as found
  from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
  where p.pronamespace = 'unwatched'::regnamespace and x.grantee = 0`

const wholeGrants = `select c.relname || ' ' || x.privilege_type as found from pg_class c cross join aclexplode(c.relacl) x
  where c.relnamespace = 'unwatched'::regnamespace and x.grantee <> c.relowner
    and x.privilege_type not in ('SELECT', 'DELETE')`

const changeableKeys = `select c.relname || '.' || a.attname as found
  from pg_index i join pg_class c on c.oid = i.indrelid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
  where c.relnamespace = 'unwatched'::regnamespace and i.indisprimary
    and has_column_privilege('unwatched_program', c.oid, a.attnum, 'update')`

const granted = `c.relnamespace = 'unwatched'::regnamespace and c.relkind = 'r'
  and c.relname not in ('migration', 'definition')
  and has_any_column_privilege('unwatched_program', c.oid, 'select, insert, update')`
const withoutRowSecurity = `select c.relname::text as found from pg_class c where ${granted}
  and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))`

const grantedToOthers = `select c.relname::text as found from pg_class c cross join aclexplode(c.relacl) x
  where c.relnamespace = 'unwatched'::regnamespace and x.grantee <> c.relowner
    and x.grantee <> 'unwatched_program'::regrole`

test.each([
  [
    'every function that runs as its owner says where it looks for names',
    withoutPath,
    ['elsewhere', 'forgot'],
  ],
  ['no function is everybody’s', everybodysFunctions, ['elsewhere', 'forgot']],
  [
    'what the program may add and change is said column by column',
    wholeGrants,
    ['act INSERT', 'person UPDATE'],
  ],
  [
    'whose row it is, is never changed',
    changeableKeys,
    ['consent.case_id', 'person.clinic_id', 'person.person_id'],
  ],
  ['no table is opened to the program without a policy', withoutRowSecurity, ['open_to_all']],
  ['nothing is granted to anybody but the program', grantedToOthers, ['open_to_all']],
])('%s', async (_sentence, sql, forgotten) => {
  expect(await find(fresh, sql)).toEqual([])
  expect(await find(broken, sql)).toEqual(forgotten)
})

/** What is done to each table in a file, in the order of its statements. */
function orderOf(sql: string): ReadonlyMap<string, readonly string[]> {
  const done = new Map<string, string[]>()
  for (const statement of splitStatements(sql)) {
    const table = /(?:^create table| on|^alter table) unwatched\.(\w+)/.exec(statement)?.[1] ?? ''
    const what =
      /^(create table|create policy|grant)|(enable row level security)/.exec(statement)?.[0] ?? 'other'
    const before = done.get(table) ?? []
    if (what !== 'other' && before.at(-1) !== what) done.set(table, [...before, what])
  }
  return done
}
const rightOrder = ['create table', 'enable row level security', 'create policy', 'grant']

test('of every table row security is said first, then who may see it, then what the program may do', async () => {
  const { tables } = await readDatabaseFiles()
  const orders = await Promise.all(
    tables.map(async ({ name }) => [...orderOf(await readFile(new URL(name, databaseFiles), 'utf8'))]),
  )
  expect(orders.flat().length).toBeGreaterThan(60)
  expect(orders.flat().filter(([, order]) => order.join() !== rightOrder.join())).toEqual([])

  const late = `create table unwatched.a (n integer); grant select on unwatched.a to unwatched_program;
    alter table unwatched.a enable row level security; create policy b on unwatched.a using (true);`
  expect(orderOf(late).get('a')).not.toEqual(rightOrder)
})

test('the body of every function is one that the server takes', async () => {
  const { definitions } = await readDatabaseFiles()
  await asOwner(fresh.ownerUrl, async client => {
    await client.query('begin')
    for (const { name, sql } of definitions)
      if (name.startsWith('functions/'))
        await client.query(sql).catch(cause => expect.fail(`${name}: ${cause}`))
    await client.query('rollback')
  })
})
