import { Worker } from 'node:worker_threads'
import type { Columns, ProgramRow, Solver, SolverAnswer } from './solver.ts'

/** What the solver is asked: to add columns and rows to a model and run it, or to forget a model. */
type WorkerRequest =
  | {
      readonly ask: 'solve'
      readonly number: number
      readonly session: number
      readonly cost: Float64Array
      readonly whole: Int32Array
      readonly least: Float64Array
      readonly starts: Int32Array
      readonly columns: Int32Array
      readonly weights: Float64Array
      readonly limit: number
    }
  | { readonly ask: 'close'; readonly session: number }

type WorkerAnswer = {
  readonly number: number
  readonly status: 'optimal' | 'limit' | 'infeasible' | 'failed'
  readonly values: Float64Array | null
  readonly bound: number
  readonly why: string
}

/** How much longer than its limit the solver may be silent before its thread is ended. */
const grace = 2_000

/** Posted once by a thread that compiled the solver. */
type Compiled = { readonly compiled: object }

/**
 * The solver as the first thread of this process compiled it: each thread after it starts from there, with all that was
 * translated for speed since, in about half of the processor time of a plan. It is code alone, and holds nothing of any map.
 */
let compiled: object | null = null

type Waiting = { readonly settle: (answer: SolverAnswer) => void; readonly timer: NodeJS.Timeout }

/**
 * The solver, and a function that ends its thread. The thread starts with the first question, and again after it
 * died.
 */
export type HighsSolver = Solver & { readonly end: () => Promise<void> }

/**
 * HiGHS, a solver of integer programs compiled to WebAssembly, in a thread of its own. Each question is answered
 * within its limit and a little more, whatever happens to the thread: one that died or is silent is ended, and the
 * answer is `failed`.
 */
export function startHighs(): HighsSolver {
  let worker: Worker | null = null
  let sessions = 0
  let questions = 0
  const waiting = new Map<number, Waiting>()

  function failAll(why: string): void {
    const ended = worker
    worker = null
    for (const [number, { settle, timer }] of waiting) {
      clearTimeout(timer)
      waiting.delete(number)
      settle({ status: 'failed', why })
    }
    void ended?.terminate()
  }

  function theWorker(): Worker {
    if (worker) return worker
    // Plain JavaScript, so that it starts from the sources and from the build alike.
    const started = new Worker(new URL('./highs-worker.mjs', import.meta.url), {
      execArgv: [],
      env: {},
      workerData: compiled,
    })
    started.unref()
    started.on('message', (answer: WorkerAnswer | Compiled) => {
      if ('compiled' in answer) {
        compiled = answer.compiled
        return
      }
      const asked = waiting.get(answer.number)
      if (!asked) return
      clearTimeout(asked.timer)
      waiting.delete(answer.number)
      if (waiting.size === 0) started.unref()
      asked.settle(readAnswer(answer))
    })
    started.on('error', fault => {
      if (worker === started) failAll(`the solver's thread died: ${fault.message}`)
    })
    started.on('exit', () => {
      if (worker === started) failAll('the solver’s thread ended')
    })
    worker = started
    return started
  }

  return {
    now: () => performance.now(),
    open() {
      sessions += 1
      const session = sessions
      let home: Worker | null = null
      return {
        solve(columns, rows, limit) {
          return new Promise(resolve => {
            const running = theWorker()
            if (home !== null && home !== running) {
              resolve({ status: 'failed', why: 'the solver’s thread was replaced in between' })
              return
            }
            home = running
            questions += 1
            const number = questions
            const timer = setTimeout(() => failAll('the solver was silent for too long'), limit + grace)
            waiting.set(number, { settle: resolve, timer })
            running.ref()
            running.postMessage(writeQuestion(number, session, columns, rows, limit))
          })
        },
        close() {
          const request: WorkerRequest = { ask: 'close', session }
          if (home !== null && home === worker) home.postMessage(request)
        },
      }
    },
    async end() {
      const ended = worker
      failAll('the solver was ended')
      await ended?.terminate()
    },
  }
}

function writeQuestion(
  number: number,
  session: number,
  columns: Columns,
  rows: readonly ProgramRow[],
  limit: number,
): WorkerRequest {
  const starts = new Int32Array(rows.length + 1)
  for (const [index, row] of rows.entries()) starts[index + 1] = (starts[index] ?? 0) + row.columns.length
  const size = starts[rows.length] ?? 0
  const indices = new Int32Array(size)
  const weights = new Float64Array(size)
  for (const [index, row] of rows.entries()) {
    indices.set(row.columns, starts[index])
    weights.set(row.weights, starts[index])
  }
  return {
    ask: 'solve',
    number,
    session,
    cost: Float64Array.from(columns.cost),
    whole: Int32Array.from(columns.whole, whole => (whole ? 1 : 0)),
    least: Float64Array.from(rows, row => row.least),
    starts,
    columns: indices,
    weights,
    limit: Math.max(1, limit),
  }
}

function readAnswer({ status, values, bound, why }: WorkerAnswer): SolverAnswer {
  if (status === 'optimal' && values) return { status, values, bound }
  if (status === 'limit') return { status, values, bound }
  if (status === 'infeasible') return { status }
  return { status: 'failed', why: why === '' ? 'the solver gave no values' : why }
}
