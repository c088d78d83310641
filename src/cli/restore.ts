import { resolve } from 'node:path'
import { reachServer } from '../app/build-clinic.ts'
import { bundleJobs } from '../bundle/jobs.ts'
import { evidenceJobs } from '../evidence/jobs.ts'
import { readBackup } from '../platform/backup/read-backup.ts'
import { refuseUnknownTables, restoreBackup } from '../platform/backup/restore-backup.ts'
import { readConfig } from '../platform/config.ts'
import { readClinicKey } from '../platform/keys.ts'
import { jsonLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { readArguments } from './arguments.ts'
import { sayContents } from './backup.ts'
import { recordActEverywhere } from './record-act-everywhere.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched restore FILE

Brings a backup back into an empty database and data directory, those that the settings name. The clinic's key must be
in its place first. The whole of FILE is checked before anything is touched; a database that holds a clinic is left
alone. Cut off at any moment, it can be run again.

Exit codes: 0 restored; 1 the database is not empty; 2 FILE cannot be used.
`

/** What makes only things that the clinic keeps. Whatever else was queued might reach somebody, or have done so since. */
export const jobsThatGoOn: readonly string[] = [...evidenceJobs, ...bundleJobs].map(job => job.name)

/** Restores a backup. */
export async function restore(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, {}, help, terminal)
  if (typeof read === 'number') return read
  const [named, ...rest] = read.files
  if (!named || rest.length > 0) {
    terminal.err('Give one file. unwatched restore --help explains it.')
    return 64
  }
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const { config } = answer
  const path = resolve(named)
  const say = (line: string): void => terminal.err(line)
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  say('Checking the whole backup …')
  const checked = await readBackup(path, key, say)
  await refuseUnknownTables(checked.manifest)
  const server = await reachServer(
    config,
    jsonLog(
      line => terminal.err(line.trimEnd()),
      () => new Date(),
    ),
  )
  try {
    say('It is whole. Restoring …')
    const target = {
      ownerUrl: server.ownerUrl,
      key,
      dataFolder: config.dataFolder,
      goesOn: jobsThatGoOn,
      say,
    }
    const contents = await restoreBackup(path, target, checked.manifest)
    const applied = await migrate(server.ownerUrl)
    const act = { verb: 'backup-restored', detail: { asOf: contents.manifest.madeAt } } as const
    await recordActEverywhere(server.ownerUrl, config, key, act)
    terminal.out(`${named} is restored.`)
    sayContents(contents, terminal)
    if (applied.length > 0) terminal.out(`Brought up to this version of the program: ${applied.join(', ')}`)
    terminal.out('')
    terminal.out(
      `Whatever happened after ${contents.manifest.madeAt} is not in it. Before anybody works, enter again:`,
    )
    terminal.out(
      '  consents that were withdrawn, people who left, and changes to how a client may safely be reached.',
    )
    if (contents.heldJobs > 0) {
      terminal.out(
        `Jobs that could reach somebody wait under Queue (${contents.heldJobs}). Send them again there only once that is done.`,
      )
    }
    terminal.out('Start the clinic with: unwatched serve')
    return 0
  } finally {
    await server.stop()
  }
}
