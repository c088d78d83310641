import { Logger, runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { connectOnce, endConnection, oneHour } from './as-owner.ts'
import { type DatabaseFiles, type Definition, readDatabaseFiles, type Step } from './database-files.ts'
import { Fault } from './fault.ts'

/** The role that owns nothing: granted what the program may do, and joined by the role it signs in as. */
export const programRole = 'unwatched_program'

/** One at a time, whichever program comes first. An arbitrary number, the same for ever. */
const migrationLock = 7_218_401

/** What this program would do to a database, and has not done yet. */
export type Waiting = {
  /** How many steps it has taken: none for a database without tables. */
  readonly done: number
  readonly steps: readonly Step[]
  /** Those that differ, by name: what is no longer among ours too. */
  readonly definitions: readonly string[]
}

/**
 * Brings the database up to this program, wholly or not at all: in one transaction under one lock, so that after a
 * failure the earlier version still runs. A new database is made as its tables stand; one that is there takes the
 * changes it has not had. Functions, policies, triggers and grants are made again where any of them differs from
 * its file, or from what the database was left with. Up to date is a no-op. Returns the names of what was applied. Refuses a database newer than the program, and one whose steps
 * differ from the files.
 *
 * @param folder the files, where they are others than those of this program
 * @param options.upTo so many steps and no further, without functions and policies: for the rows of an older backup
 */
export async function migrate(
  ownerUrl: string,
  folder?: URL,
  options: { readonly upTo?: number } = {},
): Promise<readonly string[]> {
  const files = await readDatabaseFiles(folder)
  const client = await connectOnce(ownerUrl, { answerIn: oneHour })
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await prepareRoles(client)
    const waiting = await findWaiting(client, files)
    const applied =
      options.upTo !== undefined && options.upTo < files.steps.length
        ? await applyAll(client, files.steps.slice(waiting.done, options.upTo), [])
        : await bringUp(client, files, waiting)
    await prepareQueue(client, ownerUrl)
    return applied
  } finally {
    await endConnection(client)
  }
}

/** What is still to be done to a database that may have nothing of ours; changes nothing. */
export async function findWaiting(client: pg.Client, files: DatabaseFiles): Promise<Waiting> {
  const there = await client.query<{ migration: boolean; definition: boolean }>(
    `select to_regclass('unwatched.migration') is not null as migration,
            to_regclass('unwatched.definition') is not null as definition`,
  )
  const done = there.rows[0]?.migration
    ? await client.query<Omit<Step, 'sql'>>(
        'select number, name, digest from unwatched.migration order by number',
      )
    : { rows: [] }
  refuseUnknown(files.steps, done.rows)
  const given = there.rows[0]?.definition
    ? await client.query<{ name: string; digest: string }>('select name, digest from unwatched.definition')
    : { rows: [] }
  const digests = new Map(given.rows.map(row => [row.name, row.digest]))
  const differing = files.definitions.filter(ours => digests.get(ours.name) !== ours.digest)
  const ours = new Set([...files.definitions.map(each => each.name), whatIsInForce])
  // Rule S5: a policy that somebody altered in the database itself does not stay in force.
  const isAltered =
    digests.size > 0 && digests.get(whatIsInForce) !== (await inOneTransaction(client, digestOfCatalogue))
  return {
    done: done.rows.length,
    steps: files.steps.slice(done.rows.length),
    definitions: [
      ...differing.map(each => each.name),
      ...[...digests.keys()].filter(name => !ours.has(name)),
      ...(isAltered ? [whatIsInForce] : []),
    ],
  }
}

async function bringUp(
  client: pg.Client,
  files: DatabaseFiles,
  { done, steps, definitions }: Waiting,
): Promise<readonly string[]> {
  if (steps.length === 0 && definitions.length === 0) return []
  if (done > 0) return applyAll(client, steps, files.definitions, definitions)
  return applyAll(client, files.tables, files.definitions, definitions, steps)
}

/** The role, and the two tables in which a database says what it was given. */
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
  await client.query(
    'create table if not exists unwatched.definition (name text primary key, digest text not null)',
  )
  await client.query(`grant usage on schema unwatched to ${programRole}`)
}

function refuseUnknown(steps: readonly Step[], done: readonly Omit<Step, 'sql'>[]): void {
  if (done[0] && done[0].number !== 0) {
    throw new Fault(
      'database-before-release',
      'The database was made by a version before the first release, and this version does not take its tables over. ' +
        'Of a demo, delete the data directory and start again.',
    )
  }
  if (done.length > steps.length) {
    throw new Fault(
      'database-newer',
      `The database is newer than this program: it holds change ${done.length - 1}, this program knows ${steps.length - 1}. ` +
        'Start the newer version of the program, or restore a backup made by this version.',
    )
  }
  for (const row of done) {
    const ours = steps[row.number]
    if (ours?.name !== row.name || ours.digest !== row.digest) {
      throw new Fault(
        'migration-differs',
        `${row.name} in the database is not the one this program holds. The program or the database has been altered.`,
      )
    }
  }
}

/**
 * Runs these texts in their order and, where any definition is named as differing, makes all definitions again.
 *
 * @param taken the steps that a database made new has in it from the start
 */
async function applyAll(
  client: pg.Client,
  texts: readonly (Step | { readonly name: string; readonly sql: string })[],
  definitions: readonly Definition[],
  differing: readonly string[] = [],
  taken: readonly Step[] = [],
): Promise<readonly string[]> {
  await client.query('begin')
  let current = ''
  try {
    const makesAgain = definitions.length > 0
    // A change finds the tables bare: no policy holds a column that goes.
    if (makesAgain) await dropDefinitions(client)
    for (const text of texts) {
      current = text.name
      await client.query(text.sql)
      if ('number' in text) await recordStep(client, text)
    }
    for (const step of taken) await recordStep(client, step)
    if (makesAgain) {
      // A function may call one that is made after it.
      await client.query('set local check_function_bodies = off')
      for (const definition of definitions) {
        current = definition.name
        await client.query(definition.sql)
      }
      await recordDefinitions(client, definitions)
    }
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {}) // the server may be gone, which undoes it too
    const code = (cause as { code?: string }).code ?? 'unknown fault'
    throw new Fault(
      'migration-failed',
      `${current} failed (${code}). The database is as it was: the earlier version of the program still runs. Tell the maintainers.`,
      { cause },
    )
  }
  return [...new Set([...texts.map(text => text.name), ...differing])]
}

async function recordStep(client: pg.Client, { number, name, digest }: Step): Promise<void> {
  await client.query('insert into unwatched.migration (number, name, digest) values ($1, $2, $3)', [
    number,
    name,
    digest,
  ])
}

/** Takes off every policy, trigger, function and grant of ours. */
async function dropDefinitions(client: pg.Client): Promise<void> {
  await client.query(`do $$ declare each record; functions text; begin
    for each in select format('drop policy %I on %I.%I', policyname, schemaname, tablename) as statement
                from pg_policies where schemaname = 'unwatched' loop
      execute each.statement;
    end loop;
    for each in select format('drop trigger %I on %s', tgname, tgrelid::regclass) as statement
                from pg_trigger t join pg_class c on c.oid = t.tgrelid
                where c.relnamespace = 'unwatched'::regnamespace and not t.tgisinternal loop
      execute each.statement;
    end loop;
    select string_agg(oid::regprocedure::text, ', ') into functions
      from pg_proc where pronamespace = 'unwatched'::regnamespace;
    if functions is not null then execute 'drop function ' || functions; end if;
  end $$`)
  await client.query(`revoke all on all tables in schema unwatched from public, ${programRole}`)
}

async function recordDefinitions(client: pg.Client, definitions: readonly Definition[]): Promise<void> {
  await client.query('delete from unwatched.definition')
  await client.query(
    'insert into unwatched.definition (name, digest) select * from unnest($1::text[], $2::text[])',
    [definitions.map(each => each.name), definitions.map(each => each.digest)],
  )
  await client.query(`grant select on unwatched.migration to ${programRole}`)
  await client.query('insert into unwatched.definition (name, digest) values ($1, $2)', [
    whatIsInForce,
    await digestOfCatalogue(client),
  ])
}

/** What stands in place of a file's name for all policies, grants, triggers and functions as the database holds them. */
const whatIsInForce = 'who may see and change what, as it was left'

/**
 * A digest of every policy, grant, trigger and function of ours as the catalogue of the database says them, with whatever
 * owner. Inside a transaction, because names are written out by a search path of its own.
 */
async function digestOfCatalogue(client: pg.Client): Promise<string> {
  await client.query('set local search_path = pg_catalog')
  const found = await client.query<{ digest: string }>(`
    select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex') as digest
    from (
      select format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, cmd, roles, qual, with_check) as line
        from pg_policies where schemaname = 'unwatched'
      union all
      select format('table %s %s %s', relname, relrowsecurity, relforcerowsecurity)
        from pg_class where relnamespace = 'unwatched'::regnamespace and relkind in ('r', 'p', 'v', 'm')
      union all
      select format('grant on %s %s to %s', c.relname, x.privilege_type, x.grantee::regrole)
        from pg_class c cross join aclexplode(c.relacl) x
        where c.relnamespace = 'unwatched'::regnamespace and x.grantee <> c.relowner
      union all
      select format('grant on %s (%s) %s to %s', c.relname, a.attname, x.privilege_type, x.grantee::regrole)
        from pg_attribute a join pg_class c on c.oid = a.attrelid cross join aclexplode(a.attacl) x
        where c.relnamespace = 'unwatched'::regnamespace and x.grantee <> c.relowner and not a.attisdropped
      union all
      select format('trigger %s %s %s', c.relname, t.tgenabled, pg_get_triggerdef(t.oid))
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'unwatched'::regnamespace and not t.tgisinternal
      union all
      select format('function %s %s', p.oid::regprocedure, pg_get_functiondef(p.oid))
        from pg_proc p where p.pronamespace = 'unwatched'::regnamespace
      union all
      select format('execute %s by %s', p.oid::regprocedure, x.grantee::regrole)
        from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
        where p.pronamespace = 'unwatched'::regnamespace and x.grantee <> p.proowner
    ) as said`)
  return found.rows[0]?.digest ?? ''
}

async function inOneTransaction<Answer>(
  client: pg.Client,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  await client.query('begin')
  try {
    return await work(client)
  } finally {
    await client.query('rollback')
  }
}

/** The queue keeps its own migrations; its tables are closed to everyone until a policy opens them to the program. */
async function prepareQueue(client: pg.Client, ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silentQueueLogger })
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
const silentQueueLogger = new Logger(() => () => {})
