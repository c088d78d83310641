import { sha256 } from '../foundation/digest.ts'
import { connectOnce, endConnection } from './as-owner.ts'
import { findTrouble } from './database-trouble.ts'
import { Fault } from './fault.ts'
import { programRole } from './migrate.ts'

/** One at a time. An arbitrary number, the same for ever. */
const roleLock = 7_218_403

/**
 * Makes (or renews) the role the program signs in as: it owns nothing, cannot bypass row security, and can do only
 * what `unwatched_program` was granted. Its password comes from the clinic's key, so it is stored nowhere.
 * Returns the address to connect with.
 */
export async function prepareProgramRole(ownerUrl: string, password: string): Promise<string> {
  const url = new URL(ownerUrl)
  const client = await connectOnce(ownerUrl)
  try {
    const database = await client.query<{ name: string }>('select current_database() as name')
    // A role for each database and each key: a program with another key cannot take this one's password from it.
    const role = `unwatched_app_${sha256(`${database.rows[0]?.name ?? ''} ${password}`).slice(0, 12)}`
    // Two programs that start at once on the same server would trip over each other's change of the role.
    await client.query('select pg_advisory_lock($1)', [roleLock])
    const exists = await client.query('select 1 from pg_roles where rolname = $1', [role])
    const secret = client.escapeLiteral(password)
    await client.query(
      exists.rowCount === 0
        ? `create role ${role} with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication inherit password ${secret}`
        : // Only a superuser may name the strong attributes of a role that is there; verifyProgramRole looks at them.
          `alter role ${role} with login password ${secret}`,
    )
    const isMember = await client.query('select 1 where pg_has_role($1, $2, $3)', [
      role,
      programRole,
      'member',
    ])
    if (isMember.rowCount === 0) await client.query(`grant ${programRole} to ${role}`)
    // A careful operator has closed the database to everybody: the owner lets this one role in.
    const mayConnect = await client.query(
      "select 1 where has_database_privilege($1, current_database(), 'connect')",
      [role],
    )
    if (mayConnect.rowCount === 0) {
      const name = client.escapeIdentifier(database.rows[0]?.name ?? '')
      await client.query(`grant connect on database ${name} to ${role}`)
    }
    await client.query(`alter role ${role} set search_path = unwatched`)
    url.username = role
    url.password = password
    return url.toString()
  } catch (cause) {
    if (findTrouble(cause)) throw cause
    throw new Fault(
      'program-role',
      'The program could not make the database role it works as. Give the user in DATABASE_URL the right to create roles ' +
        '(alter role … createrole), or make the role yourself and put its address in DATABASE_PROGRAM_URL.',
      { cause },
    )
  } finally {
    await endConnection(client)
  }
}

/** Refuses a connection that could walk past row security: a superuser, a bypassing role, or an owner of our tables. */
export async function verifyProgramRole(programUrl: string): Promise<void> {
  const client = await connectOnce(programUrl)
  try {
    const found = await client.query<{ strong: boolean; owns: boolean; version: number }>(`
      select exists (select 1 from pg_roles s where (s.rolsuper or s.rolbypassrls) and pg_has_role(r.oid, s.oid, 'member')) as strong,
             exists (select 1 from pg_tables t where t.schemaname = 'unwatched' and pg_has_role(r.oid, t.tableowner, 'member')) as owns,
             current_setting('server_version_num')::int as version
      from pg_roles r where r.rolname = current_user`)
    const role = found.rows[0]
    if (!role || role.strong || role.owns) {
      throw new Fault(
        'program-role-too-strong',
        'The database role the program works as may bypass row security or owns the tables. It must own nothing.',
      )
    }
    if (role.version < 150_000)
      throw new Fault('database-too-old', 'The database server must be PostgreSQL 15 or newer.')
  } finally {
    await endConnection(client)
  }
}
