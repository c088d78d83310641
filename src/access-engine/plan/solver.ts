/** Variables between 0 and 1, each with its cost. Some must be whole numbers. */
export type Columns = { readonly cost: readonly number[]; readonly whole: readonly boolean[] }

/** A weighted sum of columns that must come to at least this much. */
export type ProgramRow = {
  readonly least: number
  readonly columns: readonly number[]
  readonly weights: readonly number[]
}

export type SolverAnswer =
  /** Proven: no cheaper values exist. */
  | { readonly status: 'optimal'; readonly values: Float64Array; readonly bound: number }
  /** Time ran out. The bound is proven; the values, if there are any, are not proven best. */
  | { readonly status: 'limit'; readonly values: Float64Array | null; readonly bound: number }
  | { readonly status: 'infeasible' }
  /** The solver died, hung or gave nonsense. */
  | { readonly status: 'failed'; readonly why: string }

/** One problem, kept while rows are added to it. */
export type SolverSession = {
  /** Adds columns and rows, then finds the cheapest values within this many milliseconds. */
  readonly solve: (columns: Columns, rows: readonly ProgramRow[], limit: number) => Promise<SolverAnswer>
  readonly close: () => void
}

/**
 * Finds values for the columns that satisfy the rows at the least cost. Its answers are never trusted: a closure of
 * its own checks every plan. Rules take it as an argument; `highs-solver.ts` is the one that ships.
 */
export type Solver = {
  readonly open: () => SolverSession
  /** A clock in milliseconds, for time limits. */
  readonly now: () => number
}
