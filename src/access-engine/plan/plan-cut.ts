import { proofOf, type ReachState } from '../reach/closure.ts'
import { type RuleProgram, rowOf } from '../reach/program.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * One fact about a plan (a literal): a step is taken, a step is left out, or a protected thing stays open for its
 * price.
 */
export type Literal =
  | { readonly take: number }
  | { readonly leave: number }
  /** The number of the target, not of its node. */
  | { readonly pay: number }

/**
 * A demand on every plan: at least one term holds, with all its literals. The search learns cuts from plans that
 * fail.
 */
export type Cut = { readonly terms: readonly (readonly Literal[])[] }

export function isFulfilled(cut: Cut, taken: ReadonlySet<number>, paid: ReadonlySet<number>): boolean {
  return cut.terms.some(term =>
    term.every(literal =>
      'take' in literal
        ? taken.has(literal.take)
        : 'leave' in literal
          ? !taken.has(literal.leave)
          : paid.has(literal.pay),
    ),
  )
}

/**
 * What breaks a proof (the rules by which a target is reached): take a step that switches one off, or leave out one
 * they need.
 */
export function cutProof(problem: PlanProblem, reach: ReachState, target: number): Cut {
  const program = problem.compiled.programs.suspect
  const { node, price } = problem.targets[target] ?? { node: -1, price: null }
  const take = new Set<number>()
  const leave = new Set<number>()
  for (const rule of proofOf(program, reach, node)) {
    for (const step of rowOf(program.unless, rule)) if (problem.usable[step]) take.add(step)
    for (const step of rowOf(program.if, rule)) leave.add(step)
  }
  return {
    terms: [
      ...[...take].map(step => [{ take: step }]),
      ...[...leave].map(step => [{ leave: step }]),
      ...(price === null ? [] : [[{ pay: target }]]),
    ],
  }
}

/**
 * What could give the client back a node they lost. Starts a set with that node and adds nodes the client lacks,
 * until every rule into the set is switched off by the plan or itself starts from the set. Then at least one
 * switched-off rule from outside must be switched on. Two accounts that recover each other are both in the set, so
 * neither counts as giving back the other. Null when no plan gives the client the node.
 */
export function cutForKeep(
  problem: PlanProblem,
  reach: ReachState,
  taken: ReadonlySet<number>,
  node: number,
): Cut | null {
  const program = problem.compiled.programs.client
  const inside = new Set([node])
  const switchedOff: number[] = []
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const rule of rowOf(program.giving, next)) {
      if (!canBeOn(program, rule, problem.usable)) continue
      const body = [...rowOf(program.body, rule)]
      if (body.some(each => inside.has(each))) continue
      if (!isOn(program, rule, taken)) {
        switchedOff.push(rule)
        continue
      }
      const lacking = body.find(each => !reach.has(each))
      if (lacking === undefined) throw new Error('access-map: a closure missed a rule that is on')
      inside.add(lacking)
      open.push(lacking)
    }
  }
  const terms = new Map<string, readonly Literal[]>()
  for (const rule of switchedOff) {
    if (rowOf(program.body, rule).some(each => inside.has(each))) continue
    const term = [
      ...[...rowOf(program.unless, rule)].filter(step => problem.usable[step]).map(step => ({ leave: step })),
      ...[...rowOf(program.if, rule)].map(step => ({ take: step })),
    ]
    terms.set(JSON.stringify(term), term)
  }
  return terms.size === 0 ? null : { terms: [...terms.values()] }
}

/** The demands known before any search: what the client decided, what steps require, what cannot go together. */
export function findPlainCuts(problem: PlanProblem): readonly Cut[] {
  return [
    ...problem.forcedIn.map(step => ({ terms: [[{ take: step }]] })),
    ...problem.usable.flatMap((usable, step) => (usable ? [] : [{ terms: [[{ leave: step }]] }])),
    ...problem.requires.map(({ step, any }) => ({
      terms: [[{ leave: step }], ...any.map(other => [{ take: other }])],
    })),
    ...problem.excludes.map(([one, other]) => ({ terms: [[{ leave: one }], [{ leave: other }]] })),
  ]
}

function canBeOn(program: RuleProgram, rule: number, usable: readonly boolean[]): boolean {
  return rowOf(program.if, rule).every(step => usable[step] === true)
}

function isOn(program: RuleProgram, rule: number, taken: ReadonlySet<number>): boolean {
  return (
    rowOf(program.if, rule).every(step => taken.has(step)) &&
    !rowOf(program.unless, rule).some(step => taken.has(step))
  )
}
