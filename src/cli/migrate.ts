import { reachServer } from '../app/build-clinic.ts'
import { readConfig } from '../platform/config.ts'
import { jsonLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { prepareUpgrade } from '../platform/upgrade.ts'
import { readArguments } from './arguments.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

const help = `
Usage: unwatched migrate

Brings the database up to this version of the program, wholly or not at all. \`unwatched serve\` does the same when it
starts, once there is a backup from the last day and a half; this does it at once. Make a backup first:
\`unwatched backup FILE\`.
`

/** Migrates the database and stops again. */
export async function migrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, {}, help, terminal)
  if (typeof read === 'number') return read
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const server = await reachServer(
    answer.config,
    jsonLog(
      line => terminal.err(line.trimEnd()),
      () => new Date(),
    ),
  )
  try {
    await prepareUpgrade(server.ownerUrl, answer.config.dataFolder, {
      say: line => terminal.err(line),
      now: new Date(),
      isAsked: true,
    })
    const applied = await migrate(server.ownerUrl)
    if (applied.length === 0) terminal.out('The database is up to date. Nothing was changed.')
    for (const name of applied) terminal.out(`Applied ${name}`)
    return 0
  } finally {
    await server.stop()
  }
}
