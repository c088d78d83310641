import { CalculationEnded } from '../../platform/calculation.ts'
import { makeWriteCheck } from '../../platform/can-write.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Config } from '../../platform/config.ts'
import { Fault } from '../../platform/fault.ts'
import { carryCode } from '../../platform/fault-code.ts'
import { type ClinicKey, packClinicKey } from '../../platform/keys.ts'
import type { Log } from '../../platform/log.ts'
import type { StandbyOptions, StandbyServer } from '../standby-server.ts'
import type { Services } from './answer-questions.ts'
import { decideRestart } from './decide-restart.ts'
import type { OpenedClinic } from './message.ts'
import { type PageProcess, prepareProcesses, startPageProcess } from './page-process.ts'

/**
 * Answers the pages in several processes on one port. This process takes each connection and hands it on; it keeps the
 * turns at what the program does few of at a time, has calculations done, and starts a process again that ended. The
 * processes end with it, however it ends. Throws where they cannot listen.
 */
export async function openPageProcesses(
  base: { readonly key: ClinicKey; readonly log: Log },
  config: Config,
  options: Pick<StandbyOptions, 'seen'> & { readonly processes: number },
): Promise<StandbyServer> {
  prepareProcesses()
  const group = makeGroup(base, config, options)
  try {
    const answers = await group.start()
    let address = ''
    for (const answer of answers) {
      if (answer === null)
        throw new Fault('process-not-started', 'A process that answers pages ended at once.')
      if ('code' in answer) throw new Fault(carryCode(answer), answer.message)
      address = answer.address
    }
    return { address, ...group.server }
  } catch (cause) {
    await group.server.close()
    throw cause
  }
}

type Group = {
  /** What each said when it was to listen. */
  readonly start: () => Promise<readonly Awaited<PageProcess['listening']>[]>
  readonly server: Omit<StandbyServer, 'address'>
}

function makeGroup(
  { key, log }: { readonly key: ClinicKey; readonly log: Log },
  config: Config,
  options: Pick<StandbyOptions, 'seen'> & { readonly processes: number },
): Group {
  const living = new Map<number, PageProcess>()
  const ends: number[] = []
  const pauses = new Set<NodeJS.Timeout>()
  let isStopping = false
  let isUp = false
  let opened: OpenedClinic | null = null
  const { services, told, take } = makeServices(options.seen)
  let giveUp: (fault: Fault) => void
  const broken = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  broken.catch(() => {}) // told to whoever waits for it

  const startOne = (number: number): PageProcess => {
    const beginning = {
      config,
      key: packClinicKey(key),
      number,
      processes: options.processes,
      tellsRequests: options.seen !== undefined,
    }
    const started = startPageProcess(beginning, services, told)
    living.set(number, started)
    void started.listening.then(answer => {
      if (answer === null) return
      if ('code' in answer) {
        // At the start the caller is told; later it has ended like any other.
        if (isUp) void started.stop()
        return
      }
      if (opened) void started.open(opened)
    })
    void started.ended.then(why => {
      living.delete(number)
      if (isUp && !isStopping) startAgain(number, why)
    })
    return started
  }
  const startAgain = (number: number, why: string): void => {
    ends.push(performance.now())
    const pause = decideRestart(ends, performance.now())
    log('page-process-ended', { process: number, why, again: pause !== 'give-up' })
    if (pause === 'give-up') {
      giveUp(
        new Fault(
          'pages-keep-ending',
          'The processes that answer pages end again and again. The log says how.',
        ),
      )
      return
    }
    const timer = setTimeout(() => {
      pauses.delete(timer)
      startOne(number)
    }, pause)
    pauses.add(timer)
  }

  return {
    start: async () => {
      const numbers = Array.from({ length: options.processes }, (_, index) => index + 1)
      const answers = await Promise.all(numbers.map(number => startOne(number).listening))
      isUp = answers.every(answer => answer !== null && 'address' in answer)
      return answers
    },
    server: {
      broken,
      open: async clinic => {
        take(clinic)
        opened = namesOf(clinic)
        await Promise.all([...living.values()].map(process => process.open(namesOf(clinic))))
      },
      memory: async () => {
        await Promise.all([...living.values()].map(process => process.askMemory()))
        return [...living.values()].reduce((sum, process) => sum + process.memory(), 0)
      },
      close: async () => {
        isStopping = true
        for (const timer of pauses) clearTimeout(timer)
        await Promise.all([...living.values()].map(process => process.stop()))
      },
    },
  }
}

/** What is done for the processes; until it is known which clinic it is, nothing. */
function makeServices(seen: StandbyOptions['seen']) {
  let fullAt = Number.NEGATIVE_INFINITY
  const services: { -readonly [Name in keyof Services]: Services[Name] } = {
    calculate: async () => {
      throw new CalculationEnded('ended')
    },
    canWrite: async () => false,
  }
  return {
    services,
    told: {
      seen: seen ?? (() => {}),
      full: () => {
        fullAt = performance.now()
      },
    },
    take: (clinic: Clinic): void => {
      const { database } = clinic
      services.canWrite = makeWriteCheck({
        ...clinic,
        database: { ...database, fullAt: () => Math.max(fullAt, database.fullAt()) },
      })
      if (clinic.calculateApart) services.calculate = clinic.calculateApart
    },
  }
}

function namesOf({ clinicId, isDemo, database, machine, site }: Clinic): OpenedClinic {
  return {
    clinicId,
    isDemo,
    programUrl: database.pool.options.connectionString ?? '',
    databaseFolder: machine?.databaseFolder ?? null,
    neutralExit: site.leaveTo,
  }
}
