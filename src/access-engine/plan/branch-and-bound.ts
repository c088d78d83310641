import { findBrokenCuts } from './broken-cuts.ts'
import { type Cut, isFulfilled, type Literal } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

export type BranchAnswer =
  | { readonly status: 'optimal'; readonly taken: ReadonlySet<number>; readonly cost: number }
  | { readonly status: 'infeasible' }
  /** It gave up after so many tries. The best plan so far, if there is one. */
  | { readonly status: 'unknown'; readonly taken: ReadonlySet<number> | null; readonly cost: number }

type Branch = {
  readonly taken: ReadonlySet<number>
  readonly left: ReadonlySet<number>
  readonly paid: ReadonlySet<number>
  /** The pieces of evidence that are given up, by number. */
  readonly given: ReadonlySet<number>
}

/** Takes a step, leaves a step out, leaves a target open, or gives up a piece of evidence. */
type Choice = Literal | { readonly give: number }

/**
 * Branch and bound: a small exact search in plain whole numbers. It is used when the solver fails, and checks the
 * solver on maps of up to about a hundred nodes. It picks one thing that is wrong with the plan so far and tries each
 * repair as a branch. It leaves a branch (the bound) once its steps cost as much as the best plan found.
 */
export function searchByBranches(
  problem: PlanProblem,
  extra: readonly Cut[] = [],
  patience = 200_000,
): BranchAnswer {
  let best: { taken: ReadonlySet<number>; cost: number } | null = null
  let tried = 0
  const open: Branch[] = [{ taken: new Set(), left: new Set(), paid: new Set(), given: new Set() }]
  for (let branch = open.pop(); branch; branch = open.pop()) {
    tried += 1
    if (tried > patience)
      return { status: 'unknown', taken: best?.taken ?? null, cost: best?.cost ?? Number.POSITIVE_INFINITY }
    const cost = leastOf(problem, branch)
    if (best && cost >= best.cost) continue
    const repairs = findAlternatives(problem, branch, extra)
    if (repairs === null) best = { taken: branch.taken, cost }
    else open.push(...branchesOf(problem, branch, repairs))
  }
  return best ? { status: 'optimal', ...best } : { status: 'infeasible' }
}

/** The possible repairs of one thing that is wrong; null when nothing is wrong. */
function findAlternatives(
  problem: PlanProblem,
  branch: Branch,
  extra: readonly Cut[],
): readonly (readonly Choice[])[] | null {
  const { taken, paid, given } = branch
  const unfulfilled = extra.find(cut => !isFulfilled(cut, taken, paid))
  if (unfulfilled) return unfulfilled.terms
  const { proofs, others, lostForGood } = findBrokenCuts(problem, taken, paid)
  if (lostForGood.length > 0) return []
  const cut = others[0] ?? proofs[0]
  if (cut) return cut.terms
  for (const [index, { destroyedBy, preservedBy }] of problem.evidence.entries()) {
    if (given.has(index) || !destroyedBy.some(step => taken.has(step))) continue
    if (preservedBy.some(step => taken.has(step))) continue
    return [...preservedBy.map(step => [{ take: step }]), [{ give: index }]]
  }
  return null
}

function branchesOf(
  problem: PlanProblem,
  branch: Branch,
  repairs: readonly (readonly Choice[])[],
): readonly Branch[] {
  const branches: Branch[] = []
  let rest: Branch | null = branch
  for (const repair of repairs) {
    if (!rest) break
    const next = repair.reduce<Branch | null>((so, choice) => so && apply(problem, so, choice), rest)
    if (next) branches.push(next)
    // Later repairs rule out what was already tried, so that no plan is tried twice.
    const [only] = repair
    if (repair.length === 1 && only) rest = apply(problem, rest, opposite(only))
  }
  return branches.sort((one, other) => leastOf(problem, other) - leastOf(problem, one))
}

function opposite(choice: Choice): Choice | null {
  if ('take' in choice) return { leave: choice.take }
  if ('leave' in choice) return { take: choice.leave }
  return null
}

function apply(problem: PlanProblem, branch: Branch, choice: Choice | null): Branch | null {
  if (choice === null) return branch
  if ('take' in choice) {
    if (branch.left.has(choice.take) || !problem.usable[choice.take]) return null
    return { ...branch, taken: new Set([...branch.taken, choice.take]) }
  }
  if ('leave' in choice) {
    if (branch.taken.has(choice.leave)) return null
    return { ...branch, left: new Set([...branch.left, choice.leave]) }
  }
  if ('pay' in choice) return { ...branch, paid: new Set([...branch.paid, choice.pay]) }
  return { ...branch, given: new Set([...branch.given, choice.give]) }
}

/** What the decisions of a branch cost so far. */
function leastOf(problem: PlanProblem, { taken, paid, given }: Branch): number {
  let cost = 0
  for (const step of taken) cost += problem.cost[step] ?? 0
  for (const { cost: once, any } of problem.shared) if (any.some(step => taken.has(step))) cost += once
  for (const index of given) cost += problem.evidence[index]?.weight ?? 0
  for (const index of paid) cost += problem.targets[index]?.price ?? 0
  return cost
}
