import { findBrokenCuts, findPaid } from './broken-cuts.ts'
import { dropNeedless } from './drop-needless.ts'
import { findHittingRound, type HittingRound, mend } from './hitting-set.ts'
import { writeIntegerProgram } from './integer-program.ts'
import { costOf } from './plan-cost.ts'
import { type Cut, isFulfilled } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import type { Columns, ProgramRow, Solver } from './solver.ts'

export type FoundPlan =
  /** It is sound, and nothing that meets every cut costs less. */
  | {
      readonly status: 'optimal'
      readonly taken: ReadonlySet<number>
      readonly cost: number
      readonly bound: number
    }
  /** It is sound, but not proven the best: no plan costs less than `bound`. */
  | {
      readonly status: 'gap'
      readonly taken: ReadonlySet<number>
      readonly cost: number
      readonly bound: number
    }
  /** Proven: there is no plan. `lost` are the kept nodes that no plan can give the client, if that is why. */
  | { readonly status: 'infeasible'; readonly lost: readonly number[] }
  | { readonly status: 'unknown'; readonly why: string }

/** A search that remembers what it learnt. Each call finds the cheapest plan under the cuts added so far. */
export type PlanSearch = {
  readonly add: (cuts: readonly Cut[]) => void
  readonly next: (limit: number) => Promise<FoundPlan>
  readonly close: () => void
}

export type SearchMethod = 'integer-program' | 'hitting-sets'

/**
 * Finds the cheapest plan, in one of two ways. `integer-program`: the solver's rows hold everything the suspected
 * person can reach, and what the client keeps is added when a plan breaks it. `hitting-sets`: the solver knows only
 * costs, and learns each proof as a cut. Both are exact, and each checks the other. What the solver says is rounded,
 * then checked by closures.
 */
export function startSearch(problem: PlanProblem, solver: Solver, method: SearchMethod): PlanSearch {
  const program = writeIntegerProgram(problem, method === 'integer-program')
  const session = solver.open()
  const soft = problem.targets.flatMap(({ price }, index) => (price === null ? [] : [index]))
  let width = program.columns.cost.length
  let columns: Columns = program.columns
  let rows: readonly ProgramRow[] = program.rows
  const given: Cut[] = []

  function add(cuts: readonly Cut[]): void {
    for (const cut of cuts) {
      const more = program.writeCut(cut, width)
      width += more.columns.cost.length
      columns = {
        cost: [...columns.cost, ...more.columns.cost],
        whole: [...columns.whole, ...more.columns.whole],
      }
      rows = [...rows, ...more.rows]
    }
  }

  function findRound(taken: ReadonlySet<number>, paid: ReadonlySet<number>): HittingRound {
    if (method === 'hitting-sets') return findHittingRound(problem, taken, paid)
    const { proofs, others, lostForGood } = findBrokenCuts(problem, taken, paid)
    return { cuts: [...proofs, ...others], lostForGood, mended: null }
  }

  async function next(limit: number): Promise<FoundPlan> {
    const end = solver.now() + limit
    const best: { plan: ReadonlySet<number> | null } = { plan: null }
    let bound = 0
    const consider = (plan: ReadonlySet<number> | null): void => {
      if (!plan || !fulfils(plan)) return
      if (!best.plan || costOf(problem, plan) < costOf(problem, best.plan)) best.plan = plan
    }
    const fulfils = (plan: ReadonlySet<number>): boolean => {
      const paid = findPaid(problem, plan)
      return given.every(cut => isFulfilled(cut, plan, paid))
    }
    const giveUp = (why: string): FoundPlan => {
      if (!best.plan) consider(mend(problem, new Set(problem.forcedIn)))
      if (!best.plan) return { status: 'unknown', why }
      const taken = dropNeedless(problem, best.plan, fulfils, bound)
      const cost = costOf(problem, taken)
      return { status: cost <= bound ? 'optimal' : 'gap', taken, cost, bound: Math.min(bound, cost) }
    }
    for (;;) {
      const left = end - solver.now()
      if (left <= 0) return giveUp('the time was up')
      const answer = await session.solve(columns, rows, left)
      columns = { cost: [], whole: [] }
      rows = []
      if (answer.status === 'infeasible') return { status: 'infeasible', lost: [] }
      if (answer.status === 'failed') return giveUp(answer.why)
      // A bound slightly above a whole number is that number.
      if (Number.isFinite(answer.bound)) bound = Math.max(bound, Math.ceil(answer.bound - 1e-6))
      if (!answer.values) return giveUp('the time was up')
      const values = answer.values
      const taken = new Set(problem.cost.flatMap((_, step) => ((values[step] ?? 0) > 0.5 ? [step] : [])))
      const paid =
        method === 'integer-program'
          ? findPaid(problem, taken)
          : new Set(soft.filter((_, at) => (values[problem.cost.length + at] ?? 0) > 0.5))
      const round = findRound(taken, paid)
      if (round.lostForGood.length > 0) return { status: 'infeasible', lost: round.lostForGood }
      if (round.cuts.length === 0) {
        consider(taken)
        if (answer.status === 'limit') return giveUp('the time was up')
        const plan = dropNeedless(problem, taken, fulfils, bound)
        const cost = costOf(problem, plan)
        return { status: cost <= bound ? 'optimal' : 'gap', taken: plan, cost, bound: Math.min(bound, cost) }
      }
      consider(round.mended ?? (answer.status === 'limit' ? mend(problem, taken) : null))
      if (best.plan && costOf(problem, best.plan) <= bound) return giveUp('')
      if (answer.status === 'limit') return giveUp('the time was up')
      add(round.cuts)
    }
  }

  return {
    add(cuts) {
      given.push(...cuts)
      add(cuts)
    },
    next,
    close: session.close,
  }
}
