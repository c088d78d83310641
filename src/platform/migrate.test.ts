import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { asOwner } from '../../test/support/test-clinic.ts'
import { migrate, readMigrations } from './migrate.ts'

let folder: string
let files: URL
let database: string
const server = (): string => inject('ownerUrl').replace(/unwatched$/, 'postgres')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-migrations-'))
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

async function tablesThere(): Promise<readonly string[]> {
  return asOwner(database, async client => {
    const found = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'unwatched' order by 1",
    )
    return found.rows.map(row => row.name)
  })
}

test('a new database is brought up to this program, and one that is up to date is left alone', async () => {
  const names = (await readMigrations()).map(migration => migration.name)
  expect(await migrate(database)).toEqual(names)
  const before = await tablesThere()
  expect(before).toContain('clinic')
  expect(await migrate(database)).toEqual([])
  expect(await tablesThere()).toEqual(before)
})

test('of programs that migrate at once, each migration is applied by one', async () => {
  await put('0001-first.sql', 'create table unwatched.first (n integer); select pg_sleep(0.1);')
  await put('0002-second.sql', 'insert into unwatched.first values (1);')
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database, files)))
  expect(applied.flat().sort()).toEqual(['0001-first.sql', '0002-second.sql'])
  const rows = await asOwner(database, client => client.query('select n from unwatched.first'))
  expect(rows.rowCount).toBe(1)
})

test('a migration that fails half-way leaves all as it was, those of the same upgrade included', async () => {
  await put('0001-first.sql', 'create table unwatched.first (n integer);')
  expect(await migrate(database, files)).toEqual(['0001-first.sql'])
  await put('0002-second.sql', 'drop table unwatched.first; create table unwatched.second (n integer);')
  await put('0003-broken.sql', 'create table unwatched.third (n integer); select * from unwatched.nowhere;')
  await expect(migrate(database, files)).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringContaining('Migration 0003-broken.sql failed (42P01). The database is as it was'),
  })
  expect(await tablesThere()).toEqual(['first', 'migration'])
  await put('0003-broken.sql', 'create table unwatched.third (n integer);')
  expect(await migrate(database, files)).toEqual(['0002-second.sql', '0003-broken.sql'])
  expect(await tablesThere()).toEqual(['migration', 'second', 'third'])
})

test('a database that is newer than the program is refused, and left as it is', async () => {
  await put('0001-first.sql', 'create table unwatched.first (n integer);')
  await put('0002-second.sql', 'create table unwatched.second (n integer);')
  await migrate(database, files)
  await rm(join(folder, '0002-second.sql'))
  await expect(migrate(database, files)).rejects.toMatchObject({
    code: 'database-newer',
    message: expect.stringContaining('it holds migration 2, this program knows 1'),
  })
  expect(await tablesThere()).toEqual(['first', 'migration', 'second'])
})

test('a migration that was altered after it was applied is refused, and so is a gap in the numbers', async () => {
  await put('0001-first.sql', 'create table unwatched.first (n integer);')
  await migrate(database, files)
  await put('0001-first.sql', 'create table unwatched.first (n integer, m integer);')
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'migration-differs' })
  await put('0001-first.sql', 'create table unwatched.first (n integer);')
  await put('0003-third.sql', 'select 1;')
  await expect(migrate(database, files)).rejects.toMatchObject({ code: 'migration-numbers' })
})
