import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { ApartAnswer, ApartContext, Piece } from './apart-message.ts'
import { Fault } from './fault.ts'
import { carryCode } from './fault-code.ts'
import type { Log } from './log.ts'
import type { WhyEnded } from './why-ended.ts'

/** The process that did a piece of work ended before it. */
export class ProcessEnded extends Fault {
  readonly why: WhyEnded

  constructor(why: WhyEnded) {
    super(`process-ended-${why}`, 'A process ended before its work.')
    this.name = 'ProcessEnded'
    this.why = why
  }
}

/** One process, which does one piece of work after the other. */
export type ApartProcess = {
  readonly run: (piece: Piece) => Promise<unknown>
  /** Ends it now, whatever it does. */
  readonly kill: (why: WhyEnded) => void
  readonly ended: Promise<void>
}

/** Below everything that answers people. */
const lowPriority = 10

/** Starts a process that works apart; `entry` is plain JavaScript. */
export function startApartProcess(options: {
  readonly entry: URL
  readonly memory: number
  readonly context: ApartContext | null
  readonly log: Log
}): ApartProcess {
  const { log } = options
  const debugs = /^(yes|true|1)$/i.test(process.env['UNWATCHED_DEBUG'] ?? '')
  const child: ChildProcess = fork(fileURLToPath(options.entry), [], {
    execArgv: [`--max-old-space-size=${options.memory}`],
    // Nothing of this program's settings: they name the database.
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], TZ: process.env['TZ'] },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', debugs ? 'inherit' : 'ignore', 'ipc'],
  })
  let isReady = false
  let why: WhyEnded | null = null
  let current: { readonly settle: (answer: ApartAnswer | Error) => void } | null = null
  const settle = (answer: ApartAnswer | Error): void => {
    const asked = current
    current = null
    asked?.settle(answer)
  }
  if (child.pid !== undefined) {
    try {
      setPriority(child.pid, lowPriority)
    } catch {
      // it ended already, or the system refuses: it works all the same
    }
  }
  child.on('message', (answer: ApartAnswer) => {
    if (answer.is === 'ready') isReady = true
    else if (answer.is === 'log') log(answer.event, answer.facts)
    else settle(answer)
  })
  const ended = new Promise<void>(done => {
    child.once('error', () => {
      settle(new Fault('process-not-started', 'A process could not be started.'))
      done()
    })
    child.once('exit', (code, signal) => {
      const known = why ?? (signal === 'SIGABRT' || signal === 'SIGUSR2' || code === 134 ? 'memory' : 'ended')
      settle(
        isReady || why !== null
          ? new ProcessEnded(known)
          : new Fault('process-not-started', 'A process ended before it could begin.'),
      )
      done()
    })
  })
  // Whether it took a message is seen by its answer, or by its end.
  const send = (message: unknown): void => void child.send(message as object, () => {})
  send({ is: 'begin', context: options.context, memory: options.memory })
  return {
    ended,
    kill: reason => {
      why ??= reason
      child.kill('SIGKILL')
    },
    run: piece =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null || !child.connected) {
          reject(new Fault('process-not-started', 'A process ended before it could begin.'))
          return
        }
        current = {
          settle: answer => {
            if (answer instanceof Error) reject(answer)
            else if (answer.is === 'done') resolve(answer.result)
            else if (answer.is === 'fault')
              reject(new Fault(carryCode(answer), 'Work in a process of its own failed.'))
          },
        }
        send({ is: 'piece', ...piece })
      }),
  }
}
