import { readdir, readFile } from 'node:fs/promises'
import { Logger, runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { sha256 } from '../foundation/digest.ts'
import { connectOnce, endConnection, oneHour } from './as-owner.ts'
import { Fault } from './fault.ts'

/** The role that owns nothing: granted what the program may do, and joined by the role it signs in as. */
export const programRole = 'unwatched_program'

/** One at a time, whichever program comes first. An arbitrary number, the same for ever. */
const migrationLock = 7_218_401

const migrationsFolder = new URL('../../migrations/', import.meta.url)

type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly digest: string
}

/** The numbered SQL files that ship with this program, in order. */
export async function readMigrations(folder: URL = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort()
  const migrations = await Promise.all(
    names.map(async name => {
      const sql = await readFile(new URL(name, folder), 'utf8')
      return { number: Number(name.slice(0, 4)), name, sql, digest: sha256(sql) as string }
    }),
  )
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1)
      throw new Fault('migration-numbers', `migration ${migration.name} is out of sequence`)
  })
  return migrations
}

/**
 * Brings the database up to this program's migrations: all that are missing in one transaction under one lock, so that
 * after a failure the earlier version still runs; up to date is a no-op. Returns the names applied. Refuses a database newer than the program,
 * and one whose applied migrations differ from the files. With `upTo` it goes no further than that number, for the rows of
 * an older backup.
 */
export async function migrate(
  ownerUrl: string,
  folder?: URL,
  options: { readonly upTo?: number } = {},
): Promise<readonly string[]> {
  const migrations = (await readMigrations(folder)).slice(0, options.upTo)
  const client = await connectOnce(ownerUrl, { answerIn: oneHour })
  const applied: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await prepareRoles(client)
    const done = await client.query<{ number: number; name: string; digest: string }>(
      'select number, name, digest from unwatched.migration order by number',
    )
    refuseUnknown(migrations, done.rows)
    const missing = migrations.slice(done.rows.length)
    if (missing.length > 0) await applyAll(client, missing)
    applied.push(...missing.map(migration => migration.name))
    await prepareQueue(client, ownerUrl)
  } finally {
    await endConnection(client)
  }
  return applied
}

async function prepareRoles(client: pg.Client): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${programRole}') then
      create role ${programRole} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
  -- Roles belong to the whole server: another database of it may have made this one a moment ago.
  exception when duplicate_object or unique_violation then null;
  end $$`)
  await client.query('create schema if not exists unwatched')
  await client.query(`create table if not exists unwatched.migration (
    number integer primary key, name text not null, digest text not null, at timestamptz not null default now())`)
  await client.query(`grant usage on schema unwatched to ${programRole}`)
  await client.query(`grant select on unwatched.migration to ${programRole}`)
}

function refuseUnknown(
  migrations: readonly Migration[],
  done: readonly { readonly number: number; readonly name: string; readonly digest: string }[],
): void {
  if (done.length > migrations.length) {
    throw new Fault(
      'database-newer',
      `The database is newer than this program: it holds migration ${done.length}, this program knows ${migrations.length}. ` +
        'Start the newer version of the program, or restore a backup made by this version.',
    )
  }
  for (const row of done) {
    const ours = migrations[row.number - 1]
    if (ours?.name !== row.name || ours.digest !== row.digest) {
      throw new Fault(
        'migration-differs',
        `Migration ${row.name} in the database is not the one this program holds. The program or the database has been altered.`,
      )
    }
  }
}

async function applyAll(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query('begin')
  let current = ''
  try {
    for (const migration of migrations) {
      current = migration.name
      await client.query(migration.sql)
      await client.query('insert into unwatched.migration (number, name, digest) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.digest,
      ])
    }
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {}) // the server may be gone, which undoes it too
    const code = (cause as { code?: string }).code ?? 'unknown fault'
    throw new Fault(
      'migration-failed',
      `Migration ${current} failed (${code}). The database is as it was: the earlier version of the program still runs. Tell the maintainers.`,
      { cause },
    )
  }
}

/** The queue keeps its own migrations; its tables are closed to everyone until a policy opens them to the program. */
async function prepareQueue(client: pg.Client, ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: quietQueueLogger })
  await client.query(`do $$ declare t record; begin
    for t in select tablename from pg_tables where schemaname = 'graphile_worker' loop
      if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = t.tablename
                     and policyname = 'program_works') then
        execute format('create policy program_works on graphile_worker.%I for all to ${programRole} using (true) with check (true)', t.tablename);
      end if;
    end loop;
  end $$`)
  await client.query(`grant usage on schema graphile_worker to ${programRole}`)
  await client.query(
    `grant select, insert, update, delete on all tables in schema graphile_worker to ${programRole}`,
  )
  await client.query(`grant usage on all sequences in schema graphile_worker to ${programRole}`)
  await client.query(`grant execute on all functions in schema graphile_worker to ${programRole}`)
}

/** The queue's own chatter names its jobs; ours says what matters. */
const quietQueueLogger = new Logger(() => () => {})
