import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { connectOnce } from './as-owner.ts'
import { type Actor, type Database, openDatabase, type Transaction } from './database.ts'
import { prepareProgramRole, verifyProgramRole } from './program-role.ts'

let world: TestClinic
let programUrl: string
let database: Database
beforeAll(async () => {
  world = await openTestClinic('2026-03-02T10:00:00Z')
  programUrl = await prepareProgramRole(world.ownerUrl, 'test')
  database = openDatabase(programUrl, { now: world.clock.now, connections: 1 })
})
afterAll(async () => {
  await database.close()
  await world.close()
})

type Settings = { clinic: string | null; person: string | null; task: string | null; now: string | null }
const look = `select nullif(current_setting('unwatched.clinic', true), '') as clinic,
  nullif(current_setting('unwatched.person', true), '') as person,
  nullif(current_setting('unwatched.task', true), '') as task, nullif(current_setting('unwatched.now', true), '') as now`
const nobody: Settings = { clinic: null, person: null, task: null, now: null }

async function settingsIn(transaction: Transaction): Promise<Settings | undefined> {
  return (await sql.raw<Settings>(look).execute(transaction.tables())).rows[0]
}
async function settingsOutside(): Promise<Settings> {
  const found = await database.pool.query<Settings>(look)
  return found.rows[0]! // a select without from gives one row
}

test('whatever the server is set to, an answer to a save waits until it is on the disk', async () => {
  await asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    await client.query(`alter database "${rows[0]?.name}" set synchronous_commit = off`)
  })
  const asked = openDatabase(programUrl, { now: world.clock.now, connections: 1 })
  const plain = new pg.Client({ connectionString: programUrl })
  try {
    await plain.connect()
    const show = 'show synchronous_commit'
    expect((await plain.query(show)).rows, 'the server is set to answer earlier').toEqual([
      { synchronous_commit: 'off' },
    ])
    expect((await asked.pool.query(show)).rows).toEqual([{ synchronous_commit: 'on' }])
    const owner = await connectOnce(world.ownerUrl)
    expect((await owner.query(show)).rows).toEqual([{ synchronous_commit: 'on' }])
    await owner.end()
  } finally {
    await plain.end()
    await asked.close()
  }
})

test('who acts in a transaction does not leak into the next on the same connection, kept or rolled back', async () => {
  const person: Actor = world.as('coordinator')
  const seen = await database.transaction(person, settingsIn)
  expect(seen).toEqual({
    clinic: world.clinic.clinicId,
    person: world.people.coordinator,
    task: null,
    now: '2026-03-02T10:00:00.000Z',
  })
  expect(await settingsOutside()).toEqual(nobody)

  const asTask = await database.transaction(world.task('sign-in'), settingsIn)
  expect(asTask).toMatchObject({ person: null, task: 'sign-in' })
  expect(await settingsOutside()).toEqual(nobody)

  const broken = database.transaction(person, async transaction => {
    await settingsIn(transaction)
    throw new Error('the work broke off')
  })
  await expect(broken).rejects.toThrow('the work broke off')
  expect(await settingsOutside()).toEqual(nobody)

  const refused = database.transaction(person, transaction => sql`select 1 / 0`.execute(transaction.tables()))
  await expect(refused).rejects.toMatchObject({ code: '22012' })
  expect(await settingsOutside()).toEqual(nobody)
  expect(database.pool.totalCount).toBe(1) // it was the same connection throughout
})

test('S5: on a connection where a person has just worked, the next look with nobody acting sees no clinic', async () => {
  const tables = ['clinic', 'agency', 'person']
  const count = async (table: string): Promise<number> =>
    Number((await database.pool.query(`select count(*) as n from ${table}`)).rows[0].n)
  for (const table of tables) expect(await count(table)).toBe(0)
  const people = await database.transaction(world.as('manager'), transaction =>
    sql<{ n: number }>`select count(*) as n from person`.execute(transaction.tables()),
  )
  expect(people.rows[0]?.n).toBeGreaterThan(0)
  for (const table of tables) expect(await count(table)).toBe(0)
})

test('the time of a transaction is the clinic clock, one instant for all of it', async () => {
  await database.transaction(world.as('manager'), async transaction => {
    expect(transaction.now.toISOString()).toBe('2026-03-02T10:00:00.000Z')
    world.clock.moveTo('2026-03-03T10:00:00Z')
    expect(transaction.now.toISOString()).toBe('2026-03-02T10:00:00.000Z')
    expect((await settingsIn(transaction))?.now).toBe('2026-03-02T10:00:00.000Z')
  })
  expect((await database.transaction(world.as('manager'), settingsIn))?.now).toBe('2026-03-03T10:00:00.000Z')
})

test('dates and wall clocks arrive as they were written, instants as instants', async () => {
  const found =
    await database.pool.query(`select date '2026-03-29' as day, timestamp '2026-03-29 01:30:00' as wall,
    timestamptz '2026-03-29 01:30:00+01' as instant, 9007199254740991::bigint as number`)
  expect(found.rows[0]).toEqual({
    day: '2026-03-29',
    wall: '2026-03-29T01:30:00',
    instant: new Date('2026-03-29T00:30:00Z'),
    number: 9007199254740991,
  })
})

test('S5: a role that could walk past row security is refused; the role the program makes is not', async () => {
  await expect(verifyProgramRole(programUrl)).resolves.toBeUndefined()
  await expect(verifyProgramRole(world.ownerUrl)).rejects.toMatchObject({ code: 'program-role-too-strong' })
  const mark = randomBytes(4).toString('hex')
  const check = async (name: string, attributes: string, also: string): Promise<void> => {
    const role = `test_${name}_${mark}`
    await asOwner(world.ownerUrl, client =>
      client.query(
        `create role ${role} login password 'test' ${attributes}; ${also.replaceAll('ROLE', role)}`,
      ),
    )
    const url = new URL(world.ownerUrl)
    url.username = role
    url.password = 'test'
    try {
      await expect(verifyProgramRole(url.toString()), name).rejects.toMatchObject({
        code: 'program-role-too-strong',
      })
    } finally {
      await asOwner(world.ownerUrl, client =>
        client.query(`reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`),
      )
    }
  }
  await check('superuser', 'superuser', '')
  await check('bypassing', 'bypassrls', '')
  await check(
    'owner',
    '',
    'grant usage on schema unwatched to ROLE; create table unwatched.own_of_test (n integer); alter table unwatched.own_of_test owner to ROLE',
  )
  await check(
    'joins_strong',
    '',
    `create role strong_ROLE bypassrls; grant strong_ROLE to ROLE; alter role ROLE noinherit`,
  )
})

test('a role that is there keeps working when the program starts again over it', async () => {
  expect(await prepareProgramRole(world.ownerUrl, 'test')).toBe(programUrl)
  await Promise.all([1, 2, 3].map(() => prepareProgramRole(world.ownerUrl, 'test')))
  await expect(verifyProgramRole(programUrl)).resolves.toBeUndefined()
})
