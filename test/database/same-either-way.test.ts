import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../src/foundation/digest.ts'
import { databaseFiles, readDatabaseFiles } from '../../src/platform/database-files.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { describeDatabase } from '../support/describe-database.ts'
import { type MadeDatabase, makeDatabase } from '../support/made-database.ts'

/** Of `database/baseline.sql`, for ever: what every database that is there began with. */
const digestOfBaseline = 'f851a018b0cdf5e3f9b11fa5f9182eac825e6b7f34fce1d3bf8dc13c54c8c160'

/** A database as the first release made it, and this program's; each test goes on from copies. */
let firstRelease: MadeDatabase
let ours: MadeDatabase
let made: MadeDatabase[] = []
let folders: string[] = []

beforeAll(async () => {
  ours = await makeDatabase()
  await migrate(ours.ownerUrl)
  firstRelease = await makeDatabase()
  const path = await copyFiles()
  for (const part of ['tables', 'functions', 'changes']) {
    await rm(join(path, part), { recursive: true })
    await mkdir(join(path, part))
  }
  // Its tables, and nobody who may do anything with them.
  await cp(join(path, 'baseline.sql'), join(path, 'tables/01-all.sql'))
  await migrate(firstRelease.ownerUrl, pathToFileURL(`${path}/`))
})
afterEach(async () => {
  for (const each of made) await each.drop()
  for (const path of folders) await rm(path, { recursive: true })
  made = []
  folders = []
})
afterAll(async () => {
  await firstRelease.drop()
  await ours.drop()
})

/** What a database is made of that begins from the tables as they stand, and one that took every change. */
async function makeBoth(files?: URL): Promise<readonly (readonly string[])[]> {
  const fresh = files ? await makeDatabase() : ours
  if (files) made.push(fresh)
  const altered = await makeDatabase(firstRelease)
  made.push(altered)
  await migrate(fresh.ownerUrl, files)
  const { steps } = await readDatabaseFiles(files)
  expect(await migrate(altered.ownerUrl, files)).toEqual(
    expect.arrayContaining(steps.slice(1).map(step => step.name)),
  )
  return Promise.all([describeDatabase(fresh.ownerUrl), describeDatabase(altered.ownerUrl)])
}

async function copyFiles(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'unwatched-database-'))
  await cp(databaseFiles, path, { recursive: true })
  folders.push(path)
  return path
}

/** The files of this program with something written otherwise, as a version to come has them. */
async function withChange(change: string | null, from: string, to: string): Promise<URL> {
  const path = await copyFiles()
  const number = String((await readDatabaseFiles()).steps.length).padStart(4, '0')
  if (change !== null) await writeFile(join(path, `changes/${number}-more.sql`), change)
  const tables = await readFile(join(path, 'tables/13-orders.sql'), 'utf8')
  expect(tables).toContain(from)
  await writeFile(join(path, 'tables/13-orders.sql'), tables.replace(from, to))
  return pathToFileURL(`${path}/`)
}

test('a database made now and one that has taken every change since the first release are the same', async () => {
  const [fresh = [], altered = []] = await makeBoth()
  expect(fresh.length).toBeGreaterThan(1000)
  expect(altered).toEqual(fresh)
})

test('a table that was changed, without a change for those that are there, is noticed', async () => {
  const next = await withChange(null, 'ends_on    date,', 'ends_on    date not null,')
  const [fresh, altered] = await makeBoth(next)
  expect(altered).not.toEqual(fresh)
})

test('a change, with the table left as it was, is noticed', async () => {
  const next = await withChange(
    'alter table unwatched.order_revision alter column ends_on set not null;',
    '',
    '',
  )
  const [fresh, altered] = await makeBoth(next)
  expect(altered).not.toEqual(fresh)
})

test('both together, with who may see and change the new column, leave both the same', async () => {
  const next = await withChange(
    'alter table unwatched.order_revision add column heard_at timestamptz;',
    'ends_on    date,',
    'ends_on date, heard_at timestamptz,',
  )
  const [fresh = [], altered = []] = await makeBoth(next)
  expect(fresh.filter(line => line.includes('heard_at'))).not.toEqual([])
  expect(altered).toEqual(fresh)
})

test('the baseline is what every database that is there began with, and is never edited', async () => {
  const { steps } = await readDatabaseFiles()
  expect(steps[0]).toMatchObject({ number: 0, name: 'baseline.sql', digest: digestOfBaseline })
  expect(sha256(await readFile(new URL('baseline.sql', databaseFiles), 'utf8'))).toBe(digestOfBaseline)
})
