import { writeFile } from 'node:fs/promises'
import type { ApartAnswer, ApartAsk, ApartContext } from './apart-message.ts'
import type { Log } from './log.ts'
import { watchProcess } from './watch-process.ts'

/** How a process that works apart finds what to do. */
export type ApartWork = {
  /** Opens the clinic, once, and answers how a job of it is done. */
  readonly openJobs: (
    context: ApartContext,
    log: Log,
  ) => Promise<(name: string, input: unknown) => Promise<unknown>>
  readonly calculate: (name: string, input: unknown) => Promise<unknown>
}

/** Outside its heap a process may hold so much more, in bytes: buffers, pictures, code. */
const beside = 512 * 1024 * 1024

/** The side of a process that works apart: does what the program that started it asks, and ends with it. */
export function serveApart(work: ApartWork): void {
  const say = (answer: ApartAnswer): void => void process.send?.(answer)
  // A person who stops the program from a terminal signals the whole group; the program ends its own.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
  let jobs: Promise<(name: string, input: unknown) => Promise<unknown>> | null = null
  process.on('message', (ask: ApartAsk) => {
    if (ask.is === 'begin') {
      watch(ask.memory)
      const { context } = ask
      if (context) {
        jobs = work.openJobs(context, (event, facts = {}) => say({ is: 'log', event, facts }))
        jobs.catch(() => {}) // the caller that asks for a job is told
      }
      say({ is: 'ready' })
      return
    }
    void (async () => {
      try {
        if (ask.do === 'job' && !jobs) throw new Error('this process was given no clinic')
        const result =
          ask.do === 'job'
            ? await (await jobs)?.(ask.name, ask.input)
            : await work.calculate(ask.name, ask.input)
        say({ is: 'done', result })
      } catch (cause) {
        const { code } = cause as { code?: unknown }
        say({ is: 'fault', code: typeof code === 'string' ? code : 'unforeseen' })
      }
    })()
  })
}

function watch(memory: number): void {
  // Where memory runs out on the whole machine, this process goes before the one that answers people.
  // proc(5): /proc/pid/oom_score_adj
  void writeFile('/proc/self/oom_score_adj', '700').catch(() => {})
  const most = memory * 1024 * 1024 + beside
  watchProcess(most)
}
