import { mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import about from '../../package.json' with { type: 'json' }
import { reachServer } from '../app/build-clinic.ts'
import { noteBackupTry, noteLastBackup } from '../platform/backup/last-backup.ts'
import { makeBackupFile } from '../platform/backup/make-backup-file.ts'
import type { Contents } from '../platform/backup/manifest.ts'
import { sayBytes } from '../platform/backup/progress.ts'
import { readBackup } from '../platform/backup/read-backup.ts'
import { refuseUnknownTables } from '../platform/backup/restore-backup.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { codeOfTrouble } from '../platform/database-trouble.ts'
import { readClinicKey } from '../platform/keys.ts'
import { jsonLog } from '../platform/log.ts'
import { readArguments } from './arguments.ts'
import { recordActEverywhere } from './record-act-everywhere.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched backup FILE
       unwatched backup --check FILE

Writes everything the clinic holds to one file, sealed with the clinic's key: every row, as of one moment, and every
stored file. People go on working meanwhile. The key is not in it: keep a copy of the key elsewhere. FILE must not be
there yet, and must lie neither in the data directory nor beside the key.

  --check   only read FILE from end to end, and say whether it is whole and can be restored with this key

Exit codes: 0 written, or whole; 1 written, but stored files are missing from the disk; 2 FILE cannot be used.
`

/** Writes a backup, or checks one. */
export async function backup(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, { check: { type: 'boolean' } }, help, terminal)
  if (typeof read === 'number') return read
  const [named, ...rest] = read.files
  if (!named || rest.length > 0) {
    terminal.err('Give one file. unwatched backup --help explains it.')
    return 64
  }
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const { config } = answer
  const path = resolve(named)
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  if (read.flag('check')) {
    terminal.err('Reading the backup from end to end …')
    const contents = await noteTry(config, new Date(), 'check', async () => {
      const found = await readBackup(path, key, line => terminal.err(line))
      await refuseUnknownTables(found.manifest)
      return found
    })
    terminal.out(`${named} is whole, and can be restored with this key.`)
    sayContents(contents, terminal)
    return 0
  }
  const began = new Date()
  await noteBackupTry(config.dataFolder, { began, state: 'under-way', code: '' })
  const refusal = await refusePlace(path, config)
  if (refusal) {
    await noteBackupTry(config.dataFolder, { began, state: 'failed', code: 'place' })
    terminal.err(refusal)
    return 2
  }
  return noteTry(config, began, 'write', () => writeOne(path, named, config, key, terminal))
}

/** Keeps, for the page of the person who looks after the machine, whether it succeeded. */
async function noteTry<Answer>(
  config: Pick<Config, 'dataFolder'>,
  began: Date,
  act: 'write' | 'check',
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await work()
    await noteBackupTry(config.dataFolder, { began, state: 'made', code: '' })
    return answer
  } catch (fault) {
    const code = act === 'check' ? `check: ${codeOfTrouble(fault)}` : codeOfTrouble(fault)
    await noteBackupTry(config.dataFolder, { began, state: 'failed', code })
    throw fault
  }
}

async function writeOne(
  path: string,
  named: string,
  config: Config,
  key: Awaited<ReturnType<typeof readClinicKey>>,
  terminal: Terminal,
): Promise<number> {
  const log = jsonLog(
    line => terminal.err(line.trimEnd()),
    () => new Date(),
  )
  const blobFolder = join(config.dataFolder, 'blobs')
  await mkdir(blobFolder, { recursive: true, mode: 0o700 })
  const server = await reachServer(config, log, { besideServer: true })
  try {
    const began = new Date()
    terminal.err('Writing the backup …')
    const { manifest, closing, size } = await makeBackupFile(
      {
        ownerUrl: server.ownerUrl,
        key,
        blobFolder,
        program: about.version,
        now: () => began,
        say: line => terminal.err(line),
      },
      path,
    )
    await noteLastBackup(config.dataFolder, { at: began, migrations: manifest.migrations.length })
    terminal.out(`${named} is written.`)
    sayContents({ manifest, closing, size }, terminal)
    const detail = { asOf: manifest.madeAt, size }
    await recordActEverywhere(server.ownerUrl, config, key, { verb: 'backup-made', detail })
    if (await isSameDisk(path, config.dataFolder)) {
      terminal.err(
        'It lies on the disk that the clinic’s data is on. Copy it to another place: a disk dies whole.',
      )
    }
    terminal.err(`To be sure of it: unwatched backup --check ${named}`)
    return closing.missing > 0 ? 1 : 0
  } finally {
    await server.stop()
  }
}

/** Says what a backup holds. */
export function sayContents({ manifest, closing, size }: Contents, terminal: Terminal): void {
  const rows = closing.tables.reduce((sum, table) => sum + table.rows, 0)
  terminal.out(`  clinic       ${manifest.clinics.map(clinic => clinic.name).join(', ')}`)
  terminal.out(`  as of        ${manifest.madeAt}`)
  terminal.out(`  version      ${manifest.program}, ${sayVersionOfDatabase(manifest.migrations.length)}`)
  terminal.out(`  rows         ${rows} in ${closing.tables.length} tables`)
  terminal.out(`  stored files ${closing.blobs.count}, ${sayBytes(closing.blobs.bytes)}`)
  terminal.out(`  size         ${sayBytes(size)}`)
  terminal.out(`  sealed with  the key named ${manifest.keyId}`)
  if (closing.missing > 0) {
    terminal.err(
      `Warning: ${closing.missing} stored files that the records name were missing from the disk. The backup holds everything else.`,
    )
  }
}

/** A backup in the data directory would go with it; one beside the key would be found together with it. */
export async function refusePlace(
  path: string,
  config: Pick<Config, 'dataFolder' | 'keyFile'>,
): Promise<string | null> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path))
  const data = await realpath(config.dataFolder)
  const below = relative(data, folder)
  if (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below))
    return `${path} lies inside the data directory: what destroys the one would destroy the other. Name a place elsewhere.`
  if (folder === dirname(await realpath(config.keyFile)))
    return `${path} lies beside the key: anyone who takes the one would have both. Name a place elsewhere.`
  return null
}

async function isSameDisk(one: string, other: string): Promise<boolean> {
  return (await stat(one)).dev === (await stat(other)).dev
}

/** A database begins as it was made, and takes changes after that. */
function sayVersionOfDatabase(steps: number): string {
  const changes = steps - 1
  if (changes === 0) return 'the database as it was first made'
  return `the database after ${changes === 1 ? 'one change' : `${changes} changes`}`
}
