import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import type { RequestFacts } from '../../web/server.ts'
import { answerQuestions, type Services } from './answer-questions.ts'
import type { FromProcess, FromProgram, OpenedClinic } from './message.ts'

/** One process that answers pages. */
export type PageProcess = {
  /** The address it listens at; an answer that says why when it cannot, null when it ended before it could. */
  readonly listening: Promise<
    | { readonly address: string }
    | Pick<Extract<FromProcess, { readonly is: 'refused' }>, 'code' | 'message'>
    | null
  >
  /** Why it ended, in a word of the system: a signal, or the number it ended with. */
  readonly ended: Promise<string>
  /** Resolves when its pages are the clinic's, or when it has ended. */
  readonly open: (clinic: OpenedClinic) => Promise<void>
  /** Asks it what it holds; `memory` is what it said last, in bytes. */
  readonly askMemory: () => Promise<void>
  readonly memory: () => number
  /** In order, and then at once. */
  readonly stop: () => Promise<void>
}

type Beginning = Omit<Extract<FromProgram, { readonly is: 'begin' }>, 'is'>

/** How long a process may take to stop in order, and to say what it holds, in milliseconds. */
const patienceWithStop = 5000
const patienceWithMemory = 500

/** Has every process that is started from here on run the pages; connections go to them in turn. */
export function prepareProcesses(): void {
  cluster.schedulingPolicy = cluster.SCHED_RR
  cluster.setupPrimary({
    // The built one, whatever started this program.
    exec: fileURLToPath(new URL('../../../dist/app/page-processes/serve-pages.js', import.meta.url)),
    args: [],
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

export function startPageProcess(
  beginning: Beginning,
  services: Services,
  told: { readonly seen: (facts: RequestFacts) => void; readonly full: () => void },
): PageProcess {
  const worker: Worker = cluster.fork()
  let memory = 0
  let hearMemory = (): void => {}
  let hearListening: (answer: Awaited<PageProcess['listening']>) => void
  const listening = new Promise<Awaited<PageProcess['listening']>>(done => {
    hearListening = done
  })
  let hearOpened = (): void => {}
  // What it is told before it hears is lost, so it is told then.
  let untold: FromProgram[] | null = [{ is: 'begin', ...beginning }]
  const send = (message: FromProgram): void => {
    if (untold) untold.push(message)
    else if (worker.isConnected()) worker.send(message, undefined, () => {})
  }
  const questions = answerQuestions(services, send)
  worker.on('message', (message: FromProcess) => {
    switch (message.is) {
      case 'ready': {
        const all = untold ?? []
        untold = null
        for (const each of all) send(each)
        return
      }
      case 'listening':
        return hearListening(message)
      case 'refused':
        return hearListening(message)
      case 'opened':
        return hearOpened()
      case 'ask':
        return questions.ask(message.number, message.question)
      case 'end':
        return questions.end(message.number)
      case 'seen':
        return told.seen(message.facts)
      case 'full':
        return told.full()
      case 'memory':
        memory = message.bytes
        return hearMemory()
    }
  })
  // What could not be sent to it is seen by its end.
  worker.on('error', () => {})
  const ended = new Promise<string>(done => {
    worker.once('exit', (code, signal) => {
      memory = 0
      questions.leave()
      hearListening(null)
      hearOpened()
      hearMemory()
      done(signal ?? String(code))
    })
  })
  return {
    listening,
    ended,
    open: clinic =>
      new Promise(done => {
        hearOpened = done
        if (worker.isDead()) done()
        else send({ is: 'open', clinic })
      }),
    memory: () => memory,
    askMemory: () =>
      new Promise(done => {
        const late = setTimeout(done, patienceWithMemory)
        hearMemory = () => {
          clearTimeout(late)
          done()
        }
        if (worker.isDead()) hearMemory()
        else send({ is: 'memory' })
      }),
    stop: async () => {
      send({ is: 'stop' })
      const late = setTimeout(() => worker.process.kill('SIGKILL'), patienceWithStop)
      await ended
      clearTimeout(late)
    },
  }
}
