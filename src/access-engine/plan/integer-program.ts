import { rowOf } from '../reach/program.ts'
import type { Cut, Literal } from './plan-cut.ts'
import { findPlainCuts } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import type { Columns, ProgramRow } from './solver.ts'

/** A plan's problem as columns and rows for a solver, and how a cut becomes further rows. */
export type IntegerProgram = {
  readonly columns: Columns
  readonly rows: readonly ProgramRow[]
  /** The columns and rows for a cut; `next` is the number of the first new column. */
  readonly writeCut: (
    cut: Cut,
    next: number,
  ) => { readonly columns: Columns; readonly rows: readonly ProgramRow[] }
}

/** Collects columns and rows. */
function makeSheet(first: number) {
  const cost: number[] = []
  const whole: boolean[] = []
  const rows: ProgramRow[] = []
  return {
    rows,
    column(price: number, isWhole = false): number {
      cost.push(price)
      whole.push(isWhole)
      return first + cost.length - 1
    },
    /** A column may be in a row only once. */
    row(least: number, terms: readonly (readonly [number, number])[]): void {
      rows.push({
        least,
        columns: terms.map(([column]) => column),
        weights: terms.map(([, weight]) => weight),
      })
    },
    columns: (): Columns => ({ cost, whole }),
  }
}

/**
 * The whole problem as one integer program: x is 1 for a step that is taken, r is 1 for a node that the suspected
 * person reaches. A rule gives its head when they hold its whole body, no step in `unless` is taken and every step in
 * `if` is. So for every rule
 *
 *     r(head) ≥ Σ r(body) − (|body| − 1) − Σ x(unless) − Σ (1 − x(if))
 *
 * A protected node has r = 0, or r ≤ s where it may stay open for the price of s. A node that they keep whatever is
 * done has r = 1 and needs no column. Nodes they can never reach, or that lead to nothing protected, are left out.
 * Only the x must be whole numbers: any r that satisfies the rows proves that they do not reach, cycles included.
 * Without `reachRows` only the steps and their costs are written, for a search that brings its own cuts.
 */
export function writeIntegerProgram(problem: PlanProblem, reachRows = true): IntegerProgram {
  const sheet = makeSheet(0)
  const count = problem.cost.length
  for (const cost of problem.cost) sheet.column(cost, true)
  const paid = problem.targets.map(({ price }) => (price === null ? -1 : sheet.column(price)))
  for (const { cost, any } of problem.shared) {
    const once = sheet.column(cost)
    for (const step of any)
      sheet.row(0, [
        [once, 1],
        [step, -1],
      ])
  }
  for (const { weight, destroyedBy, preservedBy } of problem.evidence) {
    const lost = sheet.column(weight)
    // A step that saves what it destroys loses nothing.
    for (const step of destroyedBy.filter(each => !preservedBy.includes(each)))
      sheet.row(0, [[lost, 1], [step, -1], ...preservedBy.map(other => [other, 1] as const)])
  }
  if (reachRows) writeReach(problem, sheet, paid)

  const writeInto = (into: ReturnType<typeof makeSheet>, cut: Cut): void => {
    let least = 1
    const terms: [number, number][] = []
    for (const term of cut.terms) {
      const [single] = term
      if (term.length === 1 && single !== undefined) {
        const [column, weight, constant] = write(single, paid)
        terms.push([column, weight])
        least -= constant
      } else {
        // A term of several literals gets a column of its own, which is at most each of its literals.
        const whole = into.column(0)
        for (const literal of term) {
          const [column, weight, constant] = write(literal, paid)
          into.row(-constant, [
            [column, weight],
            [whole, -1],
          ])
        }
        terms.push([whole, 1])
      }
    }
    const weights = new Map<number, number>()
    for (const [column, weight] of terms) weights.set(column, (weights.get(column) ?? 0) + weight)
    into.row(least, [...weights])
  }
  for (const cut of findPlainCuts(problem)) writeInto(sheet, cut)
  if (count === 0) sheet.column(0) // a solver wants at least one column
  return {
    columns: sheet.columns(),
    rows: sheet.rows,
    writeCut(cut, next) {
      const more = makeSheet(next)
      writeInto(more, cut)
      return { columns: more.columns(), rows: more.rows }
    },
  }
}

/** A literal as its column, the weight of that column, and a constant. */
function write(literal: Literal, paid: readonly number[]): readonly [number, number, number] {
  if ('take' in literal) return [literal.take, 1, 0]
  if ('leave' in literal) return [literal.leave, -1, 1]
  return [paid[literal.pay] ?? -1, 1, 0]
}

function writeReach(
  problem: PlanProblem,
  sheet: ReturnType<typeof makeSheet>,
  paid: readonly number[],
): void {
  const program = problem.compiled.programs.suspect
  const { permanent, usable } = problem
  // What the suspected person could reach if nothing were switched off and every step made what it can.
  const all = usable.flatMap((isUsable, step) => (isUsable ? [step] : []))
  const ever = problem.compiled.closures.suspect.run([], all)
  const matters = new Set<number>()
  const open: number[] = []
  const add = (node: number): void => {
    if (matters.has(node) || permanent.has(node) || !ever.has(node)) return
    matters.add(node)
    open.push(node)
  }
  for (const { node } of problem.targets) add(node)
  const rules: number[] = []
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const rule of rowOf(program.giving, next)) {
      const body = rowOf(program.body, rule)
      if (!body.every(node => ever.has(node))) continue
      if (!rowOf(program.if, rule).every(step => usable[step])) continue
      rules.push(rule)
      for (const node of body) add(node)
    }
  }
  const column = new Map<number, number>()
  for (const node of [...matters].sort((one, other) => one - other)) column.set(node, -1)
  for (const [index, { node, price }] of problem.targets.entries()) {
    if (price !== null) column.set(node, paid[index] ?? -1)
  }
  const closed = new Set(problem.targets.filter(({ price }) => price === null).map(({ node }) => node))
  for (const [node, place] of column) if (place === -1 && !closed.has(node)) column.set(node, sheet.column(0))
  for (const rule of rules.sort((one, other) => one - other)) {
    const head = program.head[rule] as number
    const body = [...rowOf(program.body, rule)].filter(node => !permanent.has(node))
    if (body.some(node => closed.has(node)) || body.includes(head)) continue
    const needed = [...rowOf(program.if, rule)]
    const own = column.get(head)
    sheet.row(1 - body.length - needed.length, [
      ...(own === undefined || closed.has(head) ? [] : [[own, 1] as const]),
      ...body.map(node => [column.get(node) ?? -1, -1] as const),
      ...[...rowOf(program.unless, rule)].filter(step => usable[step]).map(step => [step, 1] as const),
      ...needed.map(step => [step, -1] as const),
    ])
  }
}
