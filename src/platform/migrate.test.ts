import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { describeDatabase } from '../../test/support/describe-database.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { readDatabaseFiles } from './database-files.ts'
import { migrate } from './migrate.ts'

let folder: string
let files: URL
let database: string
const server = (): string => inject('ownerUrl').replace(/unwatched$/, 'postgres')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-database-'))
  for (const part of ['tables', 'functions', 'changes']) await mkdir(join(folder, part))
  files = pathToFileURL(`${folder}/`)
  const name = `test_migrate_${randomBytes(6).toString('hex')}`
  await asOwner(server(), client => client.query(`create database ${name}`))
  database = inject('ownerUrl').replace(/unwatched$/, name)
})
afterEach(async () => {
  await asOwner(server(), client => client.query(`drop database ${database.split('/').at(-1)} with (force)`))
  await rm(folder, { recursive: true, force: true })
})

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)

/** A house of one room: a table, who may see it, and a function. */
async function putFirst(): Promise<void> {
  const table = `create table unwatched.first (n integer);
    alter table unwatched.first enable row level security;`
  await put('baseline.sql', table)
  await put(
    'tables/01-room.sql',
    `-- A room.\n${table}
    create policy first_read on unwatched.first for select using (n > unwatched.least()); -- some; of them
    grant select on unwatched.first to unwatched_program;
    create trigger first_is_kept before delete on unwatched.first for each statement execute function unwatched.refuse();`,
  )
  await put('functions/least.sql', functionOf('least', 1))
  await put(
    'functions/refuse.sql',
    `create or replace function unwatched.refuse() returns trigger language plpgsql as $$ begin raise 'kept'; end $$;`,
  )
}
const functionOf = (name: string, answer: number): string =>
  `create or replace function unwatched.${name}() returns integer language sql stable as $$ select ${answer} $$;`

async function tablesThere(): Promise<readonly string[]> {
  return asOwner(database, async client => {
    const found = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'unwatched' and tablename not in ('migration', 'definition')
       order by 1`,
    )
    return found.rows.map(row => row.name)
  })
}

const ask = async (sql: string): Promise<unknown> =>
  asOwner(database, async client => (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer)

test('a new database is brought up to this program, and one that is up to date is left alone', async () => {
  const { tables, definitions } = await readDatabaseFiles()
  const names = [...tables, ...definitions].map(each => each.name)
  expect(await migrate(database)).toEqual([...new Set(names)])
  const before = await tablesThere()
  expect(before).toContain('clinic')
  expect(await migrate(database)).toEqual([])
  expect(await tablesThere()).toEqual(before)
})

test('a new database begins with the tables as they stand and runs none of the changes', async () => {
  await putFirst()
  await put('changes/0001-more.sql', 'select * from unwatched.nowhere;')
  expect(await migrate(database, files)).toEqual([
    'tables/01-room.sql',
    'functions/least.sql',
    'functions/refuse.sql',
  ])
  expect(await ask('select array_agg(name order by number) as answer from unwatched.migration')).toEqual([
    'baseline.sql',
    '0001-more.sql',
  ])
  expect(await migrate(database, files)).toEqual([])
})

test('a database that is there takes the changes it has not had, and functions and policies where they differ', async () => {
  await putFirst()
  await migrate(database, files)
  await put('functions/least.sql', functionOf('least', 7))
  await put('changes/0001-more.sql', 'alter table unwatched.first add column m integer;')
  expect(await migrate(database, files)).toEqual(['0001-more.sql', 'functions/least.sql'])
  expect(await ask('select unwatched.least() as answer')).toBe(7)
  expect(await ask("select qual as answer from pg_policies where schemaname = 'unwatched'")).toMatch(/least/)
  expect(await migrate(database, files)).toEqual([])
})

test('a function whose file went is gone, and so is a policy, and what answers otherwise is made again', async () => {
  await putFirst()
  await migrate(database, files)
  await rm(join(folder, 'functions/refuse.sql'))
  await put(
    'functions/least.sql',
    `create or replace function unwatched.least(of integer) returns bigint language sql as $$ select 2::bigint $$;`,
  )
  await put(
    'tables/01-room.sql',
    'create table unwatched.first (n integer); alter table unwatched.first enable row level security;',
  )
  expect(await migrate(database, files)).toEqual([
    'functions/least.sql',
    'tables/01-room.sql',
    'functions/refuse.sql',
  ])
  expect(
    await ask(`select (select count(*) from pg_policies where schemaname = 'unwatched') || ' '
      || (select count(*) from pg_proc where pronamespace = 'unwatched'::regnamespace) || ' '
      || has_table_privilege('unwatched_program', 'unwatched.first', 'select') as answer`),
  ).toBe('0 1 false')
})

test('S5 a policy, a right, a trigger or a function that somebody altered in the database itself is put right, and said', async () => {
  await migrate(database)
  const before = await describeDatabase(database)
  for (const alteration of [
    'create policy hole on unwatched.diary_entry for select using (true)',
    'drop policy diary_entry_read on unwatched.diary_entry',
    'grant delete on unwatched.act to unwatched_program',
    'grant update (verb) on unwatched.act to unwatched_program',
    'alter table unwatched.act disable row level security',
    `create or replace function unwatched.sees_case(the_case uuid, the_part text, the_mode text) returns boolean
     language sql stable security definer set search_path = unwatched, pg_temp as 'select true'`,
    'grant execute on function unwatched.sees_case(uuid, text, text) to public',
    'drop trigger act_is_append_only on unwatched.act',
  ]) {
    await asOwner(database, client => client.query(alteration))
    expect([alteration, (await migrate(database)).length]).toEqual([alteration, 1])
    expect(await describeDatabase(database), alteration).toEqual(before)
    expect(await migrate(database), alteration).toEqual([])
  }
})

test('a column that a policy asks goes, because a change finds the tables bare', async () => {
  await putFirst()
  await migrate(database, files)
  await put('changes/0001-less.sql', 'alter table unwatched.first drop column n;')
  await put(
    'tables/01-room.sql',
    'create table unwatched.first (); create policy first_read on unwatched.first for select using (true);',
  )
  expect(await migrate(database, files)).toEqual(['0001-less.sql', 'tables/01-room.sql'])
})

test('of programs that migrate at once, one makes the tables', async () => {
  await putFirst()
  await put('functions/slow.sql', `${functionOf('slow', 1)} select pg_sleep(0.1);`)
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database, files)))
  expect(applied.map(names => names.length).sort()).toEqual([0, 0, 4])
  expect(await tablesThere()).toEqual(['first'])
})

test('a change that fails in the middle leaves all as it was, those of the same upgrade and the policies included', async () => {
  await putFirst()
  await migrate(database, files)
  await put(
    'changes/0001-second.sql',
    'drop table unwatched.first; create table unwatched.second (n integer);',
  )
  await put(
    'changes/0002-broken.sql',
    'create table unwatched.third (n integer); select * from unwatched.nowhere;',
  )
  await expect(migrate(database, files)).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringContaining('0002-broken.sql failed (42P01). The database is as it was'),
  })
  expect(await tablesThere()).toEqual(['first'])
  expect(await ask("select count(*)::int as answer from pg_policies where schemaname = 'unwatched'")).toBe(1)
  expect(await ask('select unwatched.least() as answer')).toBe(1)

  await put('changes/0002-broken.sql', 'create table unwatched.third (n integer);')
  await put('tables/01-room.sql', 'create table unwatched.second (n integer);')
  expect(await migrate(database, files)).toEqual(['0001-second.sql', '0002-broken.sql', 'tables/01-room.sql'])
  expect(await tablesThere()).toEqual(['second', 'third'])
})

test('a function that fails leaves all as it was', async () => {
  await putFirst()
  await migrate(database, files)
  await put('functions/broken.sql', 'create or replace function unwatched.broken() returns nothing;')
  await put('functions/least.sql', functionOf('least', 9))
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'migration-failed' })
  expect(await ask('select unwatched.least() as answer')).toBe(1)
})

test('a database that is newer than the program is refused, and left as it is', async () => {
  await putFirst()
  await put('changes/0001-second.sql', 'create table unwatched.second (n integer);')
  await migrate(database, files)
  await rm(join(folder, 'changes/0001-second.sql'))
  await expect(migrate(database, files)).rejects.toMatchObject({
    code: 'database-newer',
    message: expect.stringContaining('it holds change 1, this program knows 0'),
  })
  expect(await tablesThere()).toEqual(['first'])
})

test('a database of a version before the first release is refused, and told so', async () => {
  await putFirst()
  await migrate(database, files)
  await asOwner(database, client =>
    client.query(
      "update unwatched.migration set number = 1, name = '0001-clinic-people-and-acts.sql', digest = 'of another'",
    ),
  )
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'database-before-release' })
})

test('a change that was altered after it was applied is refused, and so is a gap in the numbers', async () => {
  await putFirst()
  await put('changes/0001-more.sql', 'alter table unwatched.first add column m integer;')
  await migrate(database, files)
  await put('changes/0001-more.sql', 'alter table unwatched.first add column m bigint;')
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'migration-differs' })
  await put('changes/0001-more.sql', 'alter table unwatched.first add column m integer;')
  await put('changes/0003-third.sql', 'select 1;')
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'migration-numbers' })
})

test('a file of tables that holds data, or a sentence without its end, is refused before anything is done', async () => {
  await putFirst()
  await put(
    'tables/02-more.sql',
    "create table unwatched.more (t text); insert into unwatched.more values ('a;b');",
  )
  await expect(migrate(database, files)).rejects.toMatchObject({
    code: 'database-files',
    message: expect.stringContaining("and not this: insert into unwatched.more values ('a;b')"),
  })
  await put('tables/02-more.sql', 'create table unwatched.more (t text)')
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'database-files' })
})
