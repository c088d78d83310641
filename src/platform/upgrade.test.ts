import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { describeDatabase } from '../../test/support/describe-database.ts'
import { openSecondMachine, readRows } from '../../test/support/second-machine.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { chooseClinic, prepareContext } from '../app/build-clinic.ts'
import { noteLastBackup } from './backup/last-backup.ts'
import { makeBackupFile } from './backup/make-backup-file.ts'
import { readBackup } from './backup/read-backup.ts'
import { restoreBackup } from './backup/restore-backup.ts'
import type { Config } from './config.ts'
import { databaseFiles, readDatabaseFiles } from './database-files.ts'
import { type ClinicKey, clinicKeyId, makeClinicKey } from './keys.ts'
import { silentLog } from './log.ts'
import { migrate } from './migrate.ts'
import { decideUpgrade, prepareUpgrade, readUpgrade } from './upgrade.ts'

/** What a database of today has taken, and with it one of the version before the one that these tests make. */
const previous = (await readDatabaseFiles()).steps.length
/** The change that the version after it makes. */
const telephone = `${String(previous).padStart(4, '0')}-telephone.sql`

/** A version of the program that comes after this one: with a change of its own, and another function. */
let next: URL
let folder: string
let ownerUrl: string
let key: ClinicKey
let config: Config
const server = (): string => inject('ownerUrl').replace(/unwatched$/, 'postgres')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-upgrade-'))
  const name = `test_upgrade_${randomBytes(6).toString('hex')}`
  await asOwner(server(), client => client.query(`create database ${name}`))
  ownerUrl = inject('ownerUrl').replace(/unwatched$/, name)
  key = makeClinicKey()
  next = await makeNext(join(folder, 'next'))
  const dataFolder = join(folder, 'data')
  await mkdir(dataFolder)
  config = {
    databaseUrl: ownerUrl,
    databaseProgramUrl: null,
    dataFolder,
    keyFile: join(folder, 'clinic.key'),
    host: '127.0.0.1',
    port: 0,
    behindTls: false,
    trustProxy: false,
    isLoopback: true,
    leaveTo: null,
    metricsPort: null,
    mail: null,
    indicatorFolder: null,
    clinicSlug: null,
    processes: null,
    workMemory: 1024,
    mostRecords: {},
    operatorAddress: null,
    withoutOriginals: false,
  }
})
afterEach(async () => {
  await asOwner(server(), client => client.query(`drop database ${ownerUrl.split('/').at(-1)} with (force)`))
  await rm(folder, { recursive: true, force: true })
})

async function makeNext(path: string): Promise<URL> {
  const change = async (name: string, from: string, to: string): Promise<void> => {
    const text = await readFile(join(path, name), 'utf8')
    await writeFile(join(path, name), text.replace(from, to))
  }
  await cp(databaseFiles, path, { recursive: true })
  await writeFile(
    join(path, 'changes', telephone),
    "alter table unwatched.agency add column telephone text not null default 'none yet';",
  )
  await change(
    'tables/03-identity.sql',
    'is_lead    boolean not null default false,',
    "is_lead boolean not null default false, telephone text not null default 'none yet',",
  )
  await change('functions/is_job.sql', 'select', 'select true and')
  return pathToFileURL(`${path}/`)
}

/** A database as the previous version left it, with a clinic in it. */
async function makePrevious(isDemo = false): Promise<void> {
  await migrate(ownerUrl)
  await asOwner(ownerUrl, async client => {
    const clinicId = '01890000-0000-7000-8000-000000000001'
    await client.query(
      "insert into unwatched.clinic values ($1, 'old', 'Old clinic', '{}', $2, $3, '2026-01-01')",
      [clinicId, clinicKeyId(key), isDemo],
    )
    await client.query(
      "insert into unwatched.agency values ($1, '01890000-0000-7000-8000-000000000002', 'lead', 'Lead', 'police', true)",
      [clinicId],
    )
  })
}

const backUp = (path: string) =>
  makeBackupFile(
    {
      ownerUrl,
      key,
      blobFolder: join(config.dataFolder, 'blobs'),
      program: 'test',
      now: () => new Date(),
      say: () => {},
    },
    path,
  )

test('a clinic of the previous version is not changed without a backup, and told how to make one', async () => {
  await makePrevious()
  const before = await readRows(ownerUrl)
  await expect(prepareContext(config, key, silentLog, { files: next })).rejects.toMatchObject({
    code: 'backup-first',
    message: expect.stringMatching(/Nothing was changed[\s\S]+unwatched backup FILE[\s\S]+unwatched migrate/),
  })
  expect(await readRows(ownerUrl)).toEqual(before)
})

test('with a backup of yesterday it is brought up to this version at the start, and keeps its rows', async () => {
  await makePrevious()
  const { manifest } = await backUp(join(folder, 'old.backup'))
  expect(manifest.migrations).toHaveLength(previous)
  await noteLastBackup(config.dataFolder, { at: new Date(Date.now() - 86_400_000), migrations: previous })
  const said: string[] = []
  const context = await prepareContext(config, key, silentLog, {
    files: next,
    say: line => void said.push(line),
  })
  expect(said.join()).toMatch(/Bringing the database up to this version: .+ The last backup is of 20/)
  expect(await chooseClinic(context, config, key)).toMatchObject({ name: 'Old clinic' })
  expect((await readUpgrade(ownerUrl, next)).waiting).toEqual([])
  // The next start has nothing to say.
  const more: string[] = []
  await prepareContext(config, key, silentLog, { files: next, say: line => void more.push(line) })
  expect(more).toEqual([])
})

test('a backup of the previous version is restored by this one, and brought up to it', async () => {
  await makePrevious()
  const path = join(folder, 'old.backup')
  const { manifest } = await backUp(path)
  const machine = await openSecondMachine()
  try {
    await restoreBackup(path, { ...machine, key, goesOn: [], say: () => {}, files: next }, manifest)
    expect((await readUpgrade(machine.ownerUrl, next)).done).toBe(previous)
    const applied = await migrate(machine.ownerUrl, next)
    expect(applied).toContain(telephone)
    expect(applied).toContain('functions/sees_case.sql')
    const rows = await readRows(machine.ownerUrl)
    expect(rows.get('unwatched.agency')).toEqual([expect.stringContaining('none yet')])
    // Both methods make the same database.
    await prepareUpgrade(ownerUrl, config.dataFolder, {
      say: () => {},
      now: new Date(),
      isAsked: true,
      files: next,
    })
    await migrate(ownerUrl, next)
    expect(await describeDatabase(machine.ownerUrl)).toEqual(await describeDatabase(ownerUrl))
    expect((await readBackup(path, key, () => {})).manifest).toEqual(manifest)
  } finally {
    await machine.close()
  }
})

test('a demo of the previous version is brought up at once, and `migrate` goes on without a backup', async () => {
  await makePrevious(true)
  await prepareContext(config, key, silentLog, { files: next })
  expect((await readUpgrade(ownerUrl, next)).waiting).toEqual([])

  await asOwner(ownerUrl, client =>
    client.query('drop schema unwatched cascade; drop schema graphile_worker cascade'),
  )
  await makePrevious()
  const said: string[] = []
  const asked = { say: (line: string) => void said.push(line), now: new Date(), isAsked: true, files: next }
  await prepareUpgrade(ownerUrl, config.dataFolder, asked)
  expect(said.join()).toContain('Bringing the database up')
})

test('a database that an earlier version is serving is not changed under it', async () => {
  await makePrevious()
  await asOwner(ownerUrl, async working => {
    await working.query('select pg_advisory_lock_shared(7218402)')
    const asked = { say: () => {}, now: new Date(), isAsked: true, files: next }
    await expect(prepareUpgrade(ownerUrl, config.dataFolder, asked)).rejects.toMatchObject({
      code: 'upgrade-while-served',
    })
  })
})

test('a fresh backup from before the last change does not count, and the refusal says why', async () => {
  await makePrevious()
  const at = new Date()
  await noteLastBackup(config.dataFolder, { at, migrations: previous + 1 })
  await expect(prepareContext(config, key, silentLog, { files: next })).rejects.toMatchObject({
    code: 'backup-first',
    message: expect.stringContaining(`of ${at.toISOString()}, is of the database before it was last changed`),
  })
})

test('only a fresh backup of the database as it stands counts', () => {
  const now = new Date('2026-03-10T10:00:00Z')
  const upgrade = { done: 7, waiting: ['0008-next.sql'], holdsClinic: true }
  const backup = (at: string, migrations = 7) => ({ at: new Date(at), migrations })
  expect(decideUpgrade(upgrade, null, now)).toBe('backup-first')
  expect(decideUpgrade(upgrade, backup('2026-03-09T10:00:00Z'), now)).toBe('go-on')
  expect(decideUpgrade(upgrade, backup('2026-03-08T21:59:59Z'), now)).toBe('backup-first')
  expect(decideUpgrade(upgrade, backup('2026-03-09T10:00:00Z', 6), now)).toBe('backup-first')
  expect(decideUpgrade({ ...upgrade, holdsClinic: false }, null, now)).toBe('go-on')
  expect(decideUpgrade({ ...upgrade, waiting: [] }, null, now)).toBe('nothing')
})
