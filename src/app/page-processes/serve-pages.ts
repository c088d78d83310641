// What a process that answers pages runs: it begins, opens and stops as the program that started it says.
import { realClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import type { Database } from '../../platform/database.ts'
import { saysDatabaseIsAway } from '../../platform/database-trouble.ts'
import { shareConnections } from '../../platform/decide-processes.ts'
import { Fault } from '../../platform/fault.ts'
import { type ClinicKey, unpackClinicKey } from '../../platform/keys.ts'
import { jsonLog, type Log } from '../../platform/log.ts'
import { takeTurnsFrom } from '../../platform/shared-turns.ts'
import { shareLimits } from '../../web/server.ts'
import { buildClinic } from '../build-clinic.ts'
import { openStandbyServer, type StandbyServer } from '../standby-server.ts'
import { askProgram } from './ask-program.ts'
import type { FromProcess, FromProgram, OpenedClinic } from './message.ts'

type Begun = {
  readonly standby: StandbyServer
  readonly config: Config
  readonly key: ClinicKey
  readonly log: Log
  readonly connections: number
}

/** How long a stop waits for connections to the database, in milliseconds. */
const patience = 2000

// Whether it was taken is seen by what is answered, or by the end of this process.
const say = (message: FromProcess): void => void process.send?.(message, undefined, undefined, () => {})
const program = askProgram(say)
let begun: Begun | null = null
let database: Database | null = null
let isStopping = false

async function begin(order: Extract<FromProgram, { readonly is: 'begin' }>): Promise<void> {
  const { config, number, processes, tellsRequests } = order
  const key = unpackClinicKey(order.key)
  const write = jsonLog(line => void process.stderr.write(line), realClock.now)
  const log: Log = (event, facts = {}, at) => write(event, { ...facts, process: number }, at)
  takeTurnsFrom(program.takeTurn)
  // Work in the background that loses the database is tried again; the pages must not go with it (S13).
  process.on('unhandledRejection', cause => {
    if (isStopping) return
    if (!saysDatabaseIsAway(cause)) throw cause
    log('background-work-lost-the-database')
  })
  try {
    const standby = await openStandbyServer({ key, log }, config, {
      limits: shareLimits(processes),
      canWrite: program.canWrite,
      ...(tellsRequests ? { seen: facts => say({ is: 'seen', facts }) } : {}),
    })
    begun = { standby, config, key, log, connections: shareConnections(processes) }
    say({ is: 'listening', address: standby.address })
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    say({ is: 'refused', code: cause.code, message: cause.message })
  }
}

async function open(clinic: OpenedClinic): Promise<void> {
  if (!begun || database) return
  const { standby, config, key, log, connections } = begun
  const built = buildClinic(clinic, config, key, clinic, log, {
    connections,
    onFull: () => say({ is: 'full' }),
  })
  database = built.database
  await standby.open({ ...built, calculateApart: program.calculate })
  say({ is: 'opened' })
}

async function stop(): Promise<void> {
  isStopping = true
  await begun?.standby.close()
  const late = new Promise<void>(done => setTimeout(done, patience).unref())
  await Promise.race([database?.close(), late])
  process.exit(0)
}

// A person who stops the program from a terminal signals the whole group; the program ends its own, in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit(0))
process.on('message', (message: FromProgram) => {
  switch (message.is) {
    case 'begin':
      return void begin(message)
    case 'open':
      return void open(message.clinic)
    case 'memory':
      return say({ is: 'memory', bytes: process.memoryUsage.rss() })
    case 'stop':
      return void stop()
    default:
      return program.hear(message)
  }
})
say({ is: 'ready' })
