import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { buildClinic, chooseClinic, prepareContext } from '../app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../app/demo/load-demo.ts'
import { makeDemoPhrases } from '../app/demo/make-demo-phrases.ts'
import { sayIndicatorProblems } from '../app/indicator-metrics.ts'
import { openPageProcesses } from '../app/page-processes/open-page-processes.ts'
import { type MetricsServer, startMetrics } from '../app/serve-metrics.ts'
import { startServing } from '../app/server.ts'
import { openStandbyServer, type StandbyServer } from '../app/standby-server.ts'
import { startApartFor } from '../app/start-apart.ts'
import { makeDemoLinks } from '../identity/operations/make-demo-links.ts'
import type { Clinic } from '../platform/clinic.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { codeOfTrouble, saysDatabaseIsAway } from '../platform/database-trouble.ts'
import { decideProcesses, ownConnections, shareConnections } from '../platform/decide-processes.ts'
import { Fault, timeOfFault } from '../platform/fault.ts'
import { type ClinicKey, readClinicKey, writeNewClinicKey } from '../platform/keys.ts'
import { jsonLog, type Log } from '../platform/log.ts'
import type { RequestFacts } from '../web/server.ts'
import { readArguments } from './arguments.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'
import { waitForDatabase } from './wait-for-database.ts'

const help = `
Usage: unwatched serve [--demo]

Serves the clinic until it is stopped with Ctrl-C. Settings come from the environment; docs/operate.md lists them.

  --demo   where there is no clinic yet, make the West Kent demo clinic and load its two invented cases
`

/** Serves the clinic; answers when it was stopped. */
export async function serve(args: readonly string[], terminal: Terminal): Promise<number> {
  const read = readArguments(args, { demo: { type: 'boolean' } }, help, terminal)
  if (typeof read === 'number') return read
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const { config } = answer
  const demo = read.flag('demo')
  const log = jsonLog(
    line => void process.stderr.write(line),
    () => new Date(),
  )

  let isStopping = false
  // Work in the background that loses the database is tried again by the queue; the pages must not go with it (S13).
  process.on('unhandledRejection', cause => {
    if (isStopping) return // a job that was left behind finds the database gone
    if (!saysDatabaseIsAway(cause)) throw cause
    log('background-work-lost-the-database')
  })

  if (!existsSync(config.keyFile)) {
    const wrong = sayMissingKey(config, demo, terminal)
    if (wrong !== null) return wrong
    await writeNewClinicKey(config.keyFile)
  }
  const key = await readClinicKey(config.keyFile, config.dataFolder)

  terminal.out('Starting the database …')
  let metrics: MetricsServer | undefined
  const openStandby = (): Promise<StandbyServer> =>
    listen({ key, log }, config, facts => metrics?.count(facts))
  const begun = await waitForDatabase(() => openContext(config, key, log, terminal), {
    log,
    terminal,
    openStandby,
  }).catch(fault => {
    log('start-failed', { code: codeOfTrouble(fault) }, timeOfFault(fault) ?? undefined)
    throw fault
  })
  let { standby } = begun
  const { context } = begun.answer
  let { chosen } = begun.answer
  let serving: Awaited<ReturnType<typeof startServing>> | undefined
  try {
    if (context.recovered) {
      terminal.out(
        'The last run did not stop cleanly. The database has recovered; nothing that was acknowledged is lost.',
      )
    }
    if (!chosen) {
      if (!demo) {
        terminal.err(
          'There is no clinic here yet. Run `unwatched setup --profile FILE`, or `unwatched serve --demo` to look around.',
        )
        return 78
      }
      await makeDemoClinic(context, key)
      chosen = await chooseClinic(context, config, key)
      if (!chosen) throw new Fault('demo-not-made', 'The demo clinic could not be made.')
    }
    if (chosen.isDemo) await fillDemo(context, config, key, chosen, log, line => terminal.out(line))
    const clinic = buildClinic(context, config, key, chosen, log, {
      connections: countProcesses(config) === 1 ? shareConnections(1) : ownConnections,
    })
    standby ??= await openStandby()
    for (const line of await sayIndicatorProblems(clinic.indicatorFolder)) terminal.err(line)
    const { metricsPort } = config
    if (metricsPort !== null) metrics = await startMetrics(clinic, { ...config, metricsPort }, standby.memory)
    const apart = startApartFor(clinic, config.workMemory)
    serving = await startServing(clinic, config, { standby, apart })
    await context.announce(serving.address)
    terminal.out('')
    terminal.out(`${chosen.name} is open at ${serving.address}`)
    if (chosen.isDemo && config.isLoopback) await sayAlternativesIn(clinic, serving.address, terminal)
    terminal.out('')
    terminal.out('To stop: press Ctrl-C here.')
    await Promise.race([stopAsked(), standby.broken])
    terminal.out('Stopping …')
    isStopping = true
    await serving.stop()
    await metrics?.stop()
    // Connections that a job left behind still holds go with the database.
    await Promise.race([clinic.database.close(), new Promise(done => setTimeout(done, 2000).unref())])
    // Only when a job still keeps the process busy once all is closed.
    setTimeout(() => process.exit(), 5000).unref()
    serving = undefined
    return 0
  } finally {
    await (serving ?? { stop: async () => standby?.close() }).stop().catch(() => {})
    await metrics?.stop().catch(() => {})
    await context.stop()
  }
}

/** Listens, in as many processes as the operator said, or as suit the machine. */
function listen(
  base: { readonly key: ClinicKey; readonly log: Log },
  config: Config,
  count: (facts: RequestFacts) => void,
): Promise<StandbyServer> {
  const processes = countProcesses(config)
  const seen = config.metricsPort === null ? {} : { seen: count }
  return processes === 1
    ? openStandbyServer(base, config, seen)
    : openPageProcesses(base, config, { ...seen, processes })
}

const countProcesses = (config: Config): number =>
  config.processes ?? decideProcesses({ cores: availableParallelism(), memory: findMemory() })

/** The memory of the machine in bytes, or what a service manager or a container leaves the program of it. */
function findMemory(): number {
  const allowed = process.constrainedMemory() ?? 0
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
}

async function openContext(config: Config, key: ClinicKey, log: Log, terminal: Terminal) {
  const context = await prepareContext(config, key, log, {
    forWork: true,
    say: line => terminal.out(line),
  })
  try {
    return { context, chosen: await chooseClinic(context, config, key) }
  } catch (cause) {
    await context.stop()
    throw cause
  }
}

/** Where no key is and none may be made: says so, and answers how the program ends. Null where one may be made. */
function sayMissingKey({ keyFile, dataFolder }: Config, demo: boolean, terminal: Terminal): number | null {
  if (!demo) {
    const message = `names ${keyFile}, and there is no key there. Put the clinic's key back, or run \`unwatched setup\` to make a clinic.`
    return reportConfigProblems([{ setting: 'UNWATCHED_KEY', message }], terminal)
  }
  if (!existsSync(`${dataFolder}/postgres`)) return null
  terminal.err(
    `There is a clinic's data in ${dataFolder}, but no key in ${keyFile}. Put the key it was made with back there.`,
  )
  return 78
}

/** The links and the words that the invented people of the demo come in by. */
async function sayAlternativesIn(clinic: Clinic, address: string, terminal: Terminal): Promise<void> {
  terminal.out('')
  terminal.out('This is a demo: everybody in it is invented. Each link signs one person in, once:')
  for (const link of await makeDemoLinks(clinic)) {
    terminal.out(
      `  ${`${link.roleName}, ${link.agencyName}`.padEnd(52)} ${address}demo-sign-in/${link.token}`,
    )
  }
  terminal.out(`  ${'A client (no sign-in)'.padEnd(52)} ${address}`)
  const phrases = await makeDemoPhrases(clinic)
  if (phrases) {
    terminal.out(`  ${'A client of an open case, with her words'.padEnd(52)} ${address}my`)
    terminal.out(`    her phrase:  ${phrases.open.join(' ')}`)
    terminal.out(`    the second:  ${phrases.duress.join(' ')}`)
  }
  terminal.out(
    'Begin as the stalking advocate: Cases, then either case, then Chronology. Start again for new links.',
  )
}

async function stopAsked(): Promise<void> {
  await new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done())
  })
}
