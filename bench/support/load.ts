import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { makePlainProgram } from '../../scripts/plain-program.mjs'

/** Somebody who is signed in: what their browser holds. */
export type LoadVisitor = { readonly cookie: string; readonly csrf: string }

/** What each visitor asks for, one answer after the other; all visitors at once. */
export type LoadPlan = {
  /** Without a slash at the end. */
  readonly address: string
  readonly path: string
  /** Sent as a form where there are any, with the token of the visit; `{n}` in a value is a new number each time. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>
  /** Each with a cookie jar that stays as it is; one without a cookie is nobody. */
  readonly visitors: readonly LoadVisitor[]
  /** How often each asks; null is until it is ended. */
  readonly looksEach: number | null
  /** How long each reads before they ask again, in milliseconds; not at all where it is not given. */
  readonly rest?: number
  /** The answer that is right; anything else ends the run with a fault. 200 where it is not given. */
  readonly status?: number
}

/** How long each answer took, in milliseconds from the request to its last byte. */
export type LoadTimes = readonly number[]

/** A client of the server in a process of its own, so that what it costs to ask and to count is not on the server's bill. */
export type Load = {
  readonly run: (plan: LoadPlan & { readonly looksEach: number }) => Promise<LoadTimes>
  /** Begins to ask without end; `end` says how long each answer took until then. */
  readonly begin: (plan: Omit<LoadPlan, 'looksEach'>) => { readonly end: () => Promise<LoadTimes> }
  readonly close: () => Promise<void>
}

export type LoadOrder =
  | { readonly number: number; readonly plan: LoadPlan }
  | { readonly number: number; readonly end: true }
export type LoadReport =
  | { readonly number: number; readonly times: LoadTimes }
  | { readonly number: number; readonly fault: string }

/** Starts the process. One is enough for several plans at once. */
export async function startLoad(): Promise<Load> {
  const program = await makePlainProgram(join(import.meta.dirname, 'load-program.ts'))
  const child: ChildProcess = fork(program, { execArgv: [], env: { PATH: process.env['PATH'] } })
  const waiting = new Map<number, (report: LoadReport) => void>()
  child.on('message', (report: LoadReport) => {
    waiting.get(report.number)?.(report)
    waiting.delete(report.number)
  })
  child.on('exit', code => {
    for (const [number, tell] of waiting) tell({ number, fault: `the load ended with ${code}` })
    waiting.clear()
  })
  let last = 0
  const order = (plan: LoadPlan): { readonly number: number; readonly times: Promise<LoadTimes> } => {
    last += 1
    const number = last
    const times = new Promise<LoadTimes>((resolve, reject) => {
      waiting.set(number, report =>
        'times' in report ? resolve(report.times) : reject(new Error(report.fault)),
      )
    })
    child.send({ number, plan } satisfies LoadOrder)
    return { number, times }
  }
  return {
    run: plan => order(plan).times,
    begin: plan => {
      const { number, times } = order({ ...plan, looksEach: null })
      times.catch(() => {}) // told by `end`
      return {
        end: () => {
          child.send({ number, end: true } satisfies LoadOrder)
          return times
        },
      }
    },
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
