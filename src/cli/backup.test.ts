import {
  appendFile,
  copyFile,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  openSecondMachine,
  readBlobs,
  readRows,
  type SecondMachine,
} from '../../test/support/second-machine.ts'
import { openTestCase } from '../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { openTestSite } from '../../test/support/test-site.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { makeContactJobs } from '../contact/jobs.ts'
import { takeInEvidence } from '../evidence/operations/take-in-evidence.ts'
import { verifyCustody } from '../evidence/operations/verify-custody.ts'
import type { CaseId } from '../foundation/ids.ts'
import { addJob } from '../platform/ask-for-job.ts'
import { backLength, frontLength, writeBack } from '../platform/backup/envelope.ts'
import { makeBackupFile } from '../platform/backup/make-backup-file.ts'
import { readBackup } from '../platform/backup/read-backup.ts'
import { refuseUnknownTables, restoreBackup } from '../platform/backup/restore-backup.ts'
import type { Clinic } from '../platform/clinic.ts'
import { openDatabase } from '../platform/database.ts'
import { loadParkedJobs } from '../platform/jobs.ts'
import { type ClinicKey, clinicKeyId, makeClinicKey } from '../platform/keys.ts'
import { prepareProgramRole } from '../platform/program-role.ts'
import { refusePlace } from './backup.ts'
import { jobsThatGoOn } from './restore.ts'

let world: TestClinic
let caseId: CaseId
let file: string
/** Where the first backup was restored to. */
let restored: SecondMachine
let blobsThen: readonly string[]
let folder: string
const machines: SecondMachine[] = []
const silent = (): void => {}

beforeAll(async () => {
  world = await openTestClinic()
  caseId = await openTestCase(world, { clientName: 'Ines "Tab\t" \\Slash\\ Example\nSecond line' })
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.clinic set key_id = $1', [clinicKeyId(world.clinic.key)]),
  )
  for (const size of [1, 20_000, 700_000]) await takeIn(Buffer.alloc(size, `file of ${size}`))
  // Answered, kept by nobody's hand: rows of the queue come back too.
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, 'wait-for-nobody', {}, { key: 'one' }),
  )
  folder = join(world.clinic.blobFolder, '..', 'kept')
  await mkdir(folder)
  file = join(folder, 'whole.backup')
  await makeBackupFile(sourceOf(world), file)
  blobsThen = [...(await readBlobs(world.clinic.blobFolder)).keys()]
})
afterAll(async () => {
  for (const machine of machines) await machine.close()
  await world.close()
})

async function takeIn(bytes: Buffer): Promise<void> {
  const brought = {
    name: 'file.bin',
    broughtBy: 'ABC',
    howObtained: 'in a test',
    body: Readable.from([bytes]),
  }
  const answer = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, brought)
  expect(answer.kind).toBe('taken-in')
}

const sourceOf = ({ ownerUrl, clinic }: TestClinic, key: ClinicKey = clinic.key) => ({
  ownerUrl,
  key,
  blobFolder: clinic.blobFolder,
  program: 'test',
  now: () => new Date(),
  say: silent,
})

async function secondMachine(): Promise<SecondMachine> {
  const machine = await openSecondMachine()
  machines.push(machine)
  return machine
}

async function restoreTo(
  machine: SecondMachine,
  path: string,
  key = world.clinic.key,
  goesOn: readonly string[] = ['wait-for-nobody', ...jobsThatGoOn],
): Promise<void> {
  const { manifest } = await readBackup(path, key, silent)
  await refuseUnknownTables(manifest)
  await restoreBackup(path, { ...machine, key, goesOn, say: silent }, manifest)
}

async function clinicOn(machine: SecondMachine): Promise<Clinic> {
  const programUrl = await prepareProgramRole(machine.ownerUrl, 'test')
  const database = openDatabase(programUrl, { now: world.clock.now, key: world.clinic.key, connections: 4 })
  return { ...world.clinic, database, blobFolder: machine.blobFolder }
}

test('every row of every table and every blob comes back, and nothing else', async () => {
  const machine = await secondMachine()
  restored = machine
  const before = await readRows(world.ownerUrl)
  await restoreTo(machine, file)
  const after = await readRows(machine.ownerUrl)
  expect([...after.keys()]).toEqual([...before.keys()])
  for (const [table, rows] of before) expect(after.get(table), table).toEqual(rows)
  expect(before.get('unwatched.act')?.length).toBeGreaterThan(3)
  expect(before.get('graphile_worker._private_jobs')?.length).toBeGreaterThan(0)
  const blobs = await readBlobs(world.clinic.blobFolder)
  expect(blobs.size).toBe(3)
  expect(await readBlobs(machine.blobFolder)).toEqual(blobs)
  expect(await readdir(machine.dataFolder)).toEqual(['blobs'])

  // The rules of the database are as they were: bonds, triggers, policies, rights and counters.
  const rules = (url: string) =>
    asOwner(url, async client => {
      const asked = [
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) as says from pg_constraint where connamespace in ('unwatched'::regnamespace, 'graphile_worker'::regnamespace) order by 1, 2",
        'select tgrelid::regclass::text, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2',
        'select schemaname, tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2, 3',
        "select relname, regexp_replace(relacl::text, 'unwatched_owner|second_[0-9a-f]+', 'its_owner', 'g') as acl, relrowsecurity from pg_class where relnamespace in ('unwatched'::regnamespace, 'graphile_worker'::regnamespace) order by 1",
        'select schemaname, sequencename, last_value from pg_sequences order by 1, 2',
      ]
      const answers = []
      for (const statement of asked) answers.push((await client.query(statement)).rows)
      return answers
    })
  expect(await rules(machine.ownerUrl)).toEqual(await rules(world.ownerUrl))
})

test('a restored clinic serves: staff open their cases, custody holds, evidence is taken in, and the next number follows', async () => {
  const clinic = await clinicOn(restored)
  const site = await openTestSite(world, { clinic })
  try {
    expect((await site.get(`/cases/${caseId}`, { as: 'cyber-adviser' })).status).toBe(200)
    expect((await site.get(`/cases/${caseId}`)).status).not.toBe(200)
    expect((await site.get(`/cases/${caseId}`, { as: 'manager' })).status).not.toBe(200)
    const look = { caseId, part: 'evidence', mode: 'read' } as const
    const check = await withCase(clinic.database, world.as('cyber-adviser'), look, transaction =>
      verifyCustody(clinic, transaction, caseId),
    )
    expect(check?.problems).toEqual([])
    const brought = {
      name: 'x.txt',
      broughtBy: 'ABC',
      howObtained: 'later',
      body: Readable.from([Buffer.from('later')]),
    }
    const answer = await takeInEvidence(clinic, world.as('cyber-adviser'), caseId, brought)
    expect(answer.kind === 'taken-in' && answer.exhibitRef).toBe('ABC/4')
  } finally {
    await site.close()
    await clinic.database.close()
  }
})

test('S1: a job that could reach somebody waits for a person after a restore, whatever it is', async () => {
  expect([...jobsThatGoOn].sort()).toEqual(['build-bundle', 'make-safe-copy', 'merge-records', 'read-item'])
  for (const { name } of makeContactJobs(async () => {})) expect(jobsThatGoOn).not.toContain(name)
  const machine = await secondMachine()
  await restoreTo(machine, file, world.clinic.key, jobsThatGoOn)
  const clinic = await clinicOn(machine)
  const parked = (await loadParkedJobs(clinic)).lines
  await clinic.database.close()
  expect(parked).toEqual([
    expect.objectContaining({ name: 'wait-for-nobody', lastFault: 'held-after-restore' }),
  ])
})

test('S5: no look that was recorded on the old machine opens a case for a transaction of the new one', async () => {
  const numbers = await asOwner(restored.ownerUrl, client =>
    client.query('select count(*)::int as n from unwatched.act where xid >= pg_current_xact_id()'),
  )
  expect(numbers.rows[0].n).toBe(0)
})

test('S5: a look whose number came up again, as after a dump by other means, opens nothing', async () => {
  const found = await world.clinic.database.transaction(world.as('cyber-adviser'), async transaction => {
    const number = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(
      transaction.tables(),
    )
    await asOwner(world.ownerUrl, client =>
      client.query(
        `insert into unwatched.act (clinic_id, at, person_id, agency_id, verb, case_id, part, detail, xid)
         values ($1, '2025-01-01', $2, $3, 'case-opened', $4, 'evidence', '{"mode": "read"}', $5::text::xid8)`,
        [
          world.clinic.clinicId,
          world.people['cyber-adviser'],
          world.agencies.cyber,
          caseId,
          number.rows[0]?.xid,
        ],
      ),
    )
    const opened = await sql`select unwatched.opened_cases('evidence', 'read')
      union all select ${caseId}::uuid where unwatched.has_opened(${caseId}::uuid)`.execute(
      transaction.tables(),
    )
    return opened.rows
  })
  expect(found).toEqual([])
})

test('taken while people work, a backup holds one moment: no row without the rows it belongs to, no item without its blob', async () => {
  let isOver = false
  let taken = 0
  const work = async (mark: string): Promise<void> => {
    while (!isOver) {
      await takeIn(Buffer.from(`${mark} ${taken}`))
      taken += 1
    }
  }
  const working = [work('one'), work('two'), work('three')]
  while (taken < 3) await new Promise(done => setTimeout(done, 10))
  const path = join(folder, 'busy.backup')
  await makeBackupFile(sourceOf(world), path)
  isOver = true
  await Promise.all(working)

  const machine = await secondMachine()
  await restoreTo(machine, path) // which checks every bond between two tables
  const all = await readRows(world.ownerUrl)
  const kept = await readRows(machine.ownerUrl)
  // These are written once and never changed: each is one that the clinic holds.
  for (const table of ['unwatched.act', 'unwatched.item', 'unwatched.arrival', 'unwatched.custody_line']) {
    const known = new Set(all.get(table))
    expect(
      kept.get(table)?.filter(row => !known.has(row)),
      table,
    ).toEqual([])
  }
  const halves = await asOwner(machine.ownerUrl, client =>
    client.query(`select i.item_id from unwatched.item i
      where not exists (select from unwatched.arrival a where a.item_id = i.item_id)
         or not exists (select from unwatched.custody_line c where c.item_id = i.item_id)`),
  )
  expect(halves.rows).toEqual([])
  const items = await asOwner(machine.ownerUrl, client =>
    client.query<{ blob_id: string }>('select blob_id from unwatched.item'),
  )
  expect(items.rows.length).toBeGreaterThan(3)
  const blobs = await readBlobs(machine.blobFolder)
  expect(items.rows.filter(item => !blobs.has(item.blob_id))).toEqual([])
  const clinic = await clinicOn(machine)
  const look = { caseId, part: 'evidence', mode: 'read' } as const
  const check = await withCase(clinic.database, world.as('cyber-adviser'), look, transaction =>
    verifyCustody(clinic, transaction, caseId),
  )
  await clinic.database.close()
  expect(check?.problems).toEqual([])
})

test('a backup that was cut short, altered, or is not one is refused with its reason before anything is touched', async () => {
  const machine = await secondMachine()
  const { size } = await stat(file)
  const path = join(folder, 'broken.backup')
  const refused = async (code: string, key?: ClinicKey): Promise<void> => {
    await expect(restoreTo(machine, path, key)).rejects.toMatchObject({ code })
    expect(await machine.isUntouched()).toBe(true)
  }
  for (const length of [size - 1, size - 41, Math.floor(size / 2), 200, 78]) {
    await copyFile(file, path)
    await truncate(path, length)
    await refused('backup-cut-short')
  }
  // Cut short, with the last line put back behind it.
  const whole = await readFile(file)
  const half = whole.subarray(0, Math.floor(size / 2))
  const line = `\nend of the backup after ${String(half.length - 78).padStart(16, '0')}\n`
  await writeFile(path, Buffer.concat([half, Buffer.from(line)]))
  await expect(restoreTo(machine, path)).rejects.toMatchObject({
    code: expect.stringMatching(/^backup-(altered|cut-short)$/),
  })
  // Added to, with the last line, which nobody signs, made right again: a few bytes, and the whole sealed part twice.
  const sealed = whole.subarray(frontLength, size - backLength)
  for (const more of [Buffer.from('more'), sealed, Buffer.alloc(2 * 1024 * 1024)]) {
    const longer = Buffer.concat([sealed, more])
    await writeFile(path, Buffer.concat([whole.subarray(0, frontLength), longer, writeBack(longer.length)]))
    await refused('backup-altered')
  }
  await copyFile(file, path)
  await appendFile(path, 'more')
  await refused('backup-cut-short')

  const alter = async (at: number, as?: string): Promise<void> => {
    await copyFile(file, path)
    const handle = await open(path, 'r+')
    const byte = Buffer.alloc(1)
    await handle.read(byte, 0, 1, at)
    const other = as === undefined ? Buffer.from([(byte[0] ?? 0) ^ 1]) : Buffer.from(as)
    await handle.write(other.equals(byte) ? Buffer.from('1') : other, 0, 1, at)
    await handle.close()
  }
  for (const at of [80, 150, 400, 2000, Math.floor(size / 3), Math.floor(size / 2), size - 43, size - 60]) {
    await alter(at)
    await refused('backup-altered')
  }
  await alter(50, '0') // its own id, in clear: the seal is bound to it
  await refused('backup-altered')
  await alter(3)
  await refused('backup-not-one')
  await alter(24, '0') // the name of its key, in clear
  await refused('backup-other-key')

  await copyFile(file, path)
  await refused('backup-other-key', makeClinicKey())
  await writeFile(
    path,
    (await readFile(file, 'latin1')).replace('unwatched backup 1', 'unwatched backup 2'),
    'latin1',
  )
  await refused('backup-newer')
  for (const text of ['', 'unwatched backup', 'PK\u0003\u0004 a zip', 'x'.repeat(5000)]) {
    await writeFile(path, text)
    await refused('backup-not-one')
  }
  await rm(path)
  await refused('backup-not-read')
  await mkdir(path)
  await refused('backup-not-read')
  await rm(path, { recursive: true })
})

test('a backup of a newer version, or of another program, is refused before anything is touched', async () => {
  const machine = await secondMachine()
  const path = join(folder, 'newer.backup')
  await asOwner(world.ownerUrl, client =>
    client.query(
      "insert into unwatched.migration values (9999, '9999-from-the-future.sql', repeat('0', 64))",
    ),
  )
  await makeBackupFile(sourceOf(world), path)
  await asOwner(world.ownerUrl, client => client.query('delete from unwatched.migration where number = 9999'))
  await expect(restoreTo(machine, path)).rejects.toMatchObject({ code: 'backup-newer' })
  expect(await machine.isUntouched()).toBe(true)
  await rm(path)

  const digest = await asOwner(world.ownerUrl, async client => {
    const found = await client.query('select digest from unwatched.migration where number = 0')
    await client.query("update unwatched.migration set digest = repeat('1', 64) where number = 0")
    return found.rows[0].digest
  })
  await makeBackupFile(sourceOf(world), path)
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.migration set digest = $1 where number = 0', [digest]),
  )
  await expect(restoreTo(machine, path)).rejects.toMatchObject({ code: 'backup-of-another-program' })
  expect(await machine.isUntouched()).toBe(true)
})

test('a database that holds a clinic is left alone, and so is a data directory with another blob of the same name', async () => {
  const before = await readRows(restored.ownerUrl)
  await expect(restoreTo(restored, file)).rejects.toMatchObject({
    code: 'database-not-empty',
    message: expect.stringContaining('“Test clinic”'),
  })
  expect(await readRows(restored.ownerUrl)).toEqual(before)

  const other = await secondMachine()
  const [blobId = ''] = blobsThen
  const place = join(other.blobFolder, blobId.slice(0, 2))
  await mkdir(place, { recursive: true })
  await writeFile(join(place, blobId), 'other bytes')
  await expect(restoreTo(other, file)).rejects.toMatchObject({ code: 'blob-differs' })
  const clinics = await asOwner(other.ownerUrl, client => client.query('select 1 from unwatched.clinic'))
  expect(clinics.rowCount).toBe(0)
  // With the stranger gone the next restore finishes what this one began.
  await rm(join(place, blobId))
  await restoreTo(other, file, world.clinic.key, [])
  expect([...(await readBlobs(other.blobFolder)).keys()]).toEqual(blobsThen)
})

test('a backup never takes the place of a file, leaves nothing when it fails, and is readable by its owner alone', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const before = await readFile(file)
  await expect(makeBackupFile(sourceOf(world), file)).rejects.toMatchObject({ code: 'backup-exists' })
  expect((await readFile(file)).equals(before)).toBe(true)
  const files = await readdir(folder)
  await expect(
    makeBackupFile(sourceOf(world, makeClinicKey()), join(folder, 'wrong-key.backup')),
  ).rejects.toMatchObject({ code: 'wrong-key' })
  await expect(
    makeBackupFile({ ...sourceOf(world), blobFolder: file }, join(folder, 'no-blobs.backup')),
  ).rejects.toThrow()
  await expect(makeBackupFile(sourceOf(world), join(folder, 'none', 'x.backup'))).rejects.toMatchObject({
    code: 'backup-folder',
  })
  expect(await readdir(folder)).toEqual(files)
})

test('when the database goes away in the middle, a backup leaves nothing and a restore leaves no clinic', async () => {
  const cut = (url: string, who: string): Promise<void> =>
    asOwner(url, async client => {
      for (let gone = 0; gone === 0; ) {
        const cutOff = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where application_name = $1 and datname = current_database() and query ilike 'copy%'`,
          [who],
        )
        gone = cutOff.rowCount ?? 0
        await new Promise(done => setTimeout(done, 1))
      }
    })
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.form_once select clinic_id, 'token-' || lpad(g::text, 9, '0'), now(), repeat('x', 500)
       from unwatched.clinic, generate_series(1, 20000) g`,
    ),
  )
  const files = await readdir(folder)
  const path = join(folder, 'cut.backup')
  const [writing] = await Promise.allSettled([
    makeBackupFile(sourceOf(world), path),
    cut(world.ownerUrl, 'unwatched backup'),
  ])
  expect(writing).toMatchObject({ status: 'rejected', reason: { code: 'database-lost' } })
  expect(await readdir(folder)).toEqual(files)

  await makeBackupFile(sourceOf(world), path)
  const machine = await secondMachine()
  const { manifest } = await readBackup(path, world.clinic.key, silent)
  const target = { ...machine, key: world.clinic.key, goesOn: [], say: silent }
  const [restoring] = await Promise.allSettled([
    restoreBackup(path, target, manifest),
    cut(machine.ownerUrl, 'unwatched restore'),
  ])
  expect(restoring).toMatchObject({ status: 'rejected', reason: { code: 'database-lost' } })
  const clinics = await asOwner(machine.ownerUrl, client => client.query('select 1 from unwatched.clinic'))
  expect(clinics.rowCount).toBe(0)
  await restoreBackup(path, target, manifest)
  const kept = await asOwner(machine.ownerUrl, client => client.query('select 1 from unwatched.form_once'))
  expect(kept.rowCount).toBe(20_000)
})

test('a stored file that is missing is counted, and everything else is kept', async () => {
  const copy = join(folder, 'blobs')
  await cp(world.clinic.blobFolder, copy, { recursive: true })
  const [blobId = ''] = (await readBlobs(copy)).keys()
  await rm(join(copy, blobId.slice(0, 2), blobId))
  const path = join(folder, 'missing.backup')
  const { closing } = await makeBackupFile({ ...sourceOf(world), blobFolder: copy }, path)
  expect(closing).toMatchObject({ missing: 1, blobs: { count: (await readBlobs(copy)).size } })
  expect((await readBackup(path, world.clinic.key, silent)).closing).toEqual(closing)
})

test('a place in the data directory or beside the key is refused, by whichever path it is named', async () => {
  const dataFolder = join(folder, 'data')
  const keys = join(folder, 'keys')
  await mkdir(join(dataFolder, 'deep'), { recursive: true })
  await mkdir(keys)
  await writeFile(join(keys, 'clinic.key'), '')
  await symlink(join(dataFolder, 'deep'), join(folder, 'link'))
  const config = { dataFolder, keyFile: join(keys, 'clinic.key') }
  const refusal = (...way: string[]) => refusePlace(join(folder, ...way, 'x.backup'), config)
  for (const way of [['data'], ['data', 'deep'], ['link'], ['keys', '..', 'data']])
    expect(await refusal(...way), way.join('/')).toContain('inside the data directory')
  expect(await refusal('keys')).toContain('beside the key')
  expect(await refusal()).toBeNull()
})

test('S8: nothing of a case can be read in a backup without the key', async () => {
  const sealed = (await readFile(file)).toString('latin1')
  for (const word of ['Example', 'Test clinic', 'file.bin', 'ABC/1', 'custody_line', 'west-kent'])
    expect(sealed).not.toContain(word)
})
