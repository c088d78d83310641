import { type AccessMap, type Belief, beliefs } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { type LockOutPlan, type PlanOptions, planLockOut } from './lock-out-plan.ts'
import type { Solver } from './solver.ts'

/** “Not this step”: the plan without it, and how much more that costs; null when there is no plan without it. */
export async function planWithout(
  map: AccessMap,
  solver: Solver,
  plan: LockOutPlan,
  step: string,
  options: PlanOptions = {},
): Promise<{ readonly plan: LockOutPlan; readonly dearer: number | null }> {
  const wishes = { ...options.wishes, leave: [...(options.wishes?.leave ?? []), step] }
  const other = await planLockOut(map, solver, { ...options, wishes })
  const isWhole = other.status !== 'infeasible' && other.cost !== null && plan.cost !== null
  return { plan: other, dearer: isWhole ? (other.cost ?? 0) - (plan.cost ?? 0) : null }
}

/** “Nothing they could notice”: the best that unnoticed steps alone can do; `stillReached` is what they leave open. */
export function planUnnoticed(
  map: AccessMap,
  solver: Solver,
  options: PlanOptions = {},
): Promise<LockOutPlan> {
  return planLockOut(map, solver, { ...options, wishes: { ...options.wishes, unnoticedOnly: true } })
}

/** “Why this step”: what opens again, and what the client loses, when the plan is carried out without it. */
export function findWhy(
  map: AccessMap,
  steps: readonly string[],
  step: string,
  level: Belief = 'possible',
  on?: string,
): {
  readonly opens: readonly string[]
  readonly loses: readonly string[]
  readonly askedForBy: readonly string[]
} {
  const closure = makeNaiveClosure(map, level, on)
  const whole = new Set(steps)
  const rest = new Set(steps.filter(other => other !== step))
  const ofSuspect = closure('suspect', whole)
  const ofSuspectThen = closure('suspect', rest)
  const ofClientThen = closure('client', rest)
  return {
    opens: map.protect
      .map(({ node }) => node)
      .filter(node => ofSuspectThen.has(node) && !ofSuspect.has(node)),
    loses: map.keep.filter(node => !ofClientThen.has(node)),
    askedForBy: map.steps
      .filter(other => rest.has(other.id) && other.requires.some(any => !any.some(each => rest.has(each))))
      .map(other => other.id),
  }
}

/** One thing that is not known for certain, and what the plan would save if it turned out not to be so. */
export type FactValue = {
  readonly fact:
    | { readonly holding: string; readonly belief: Belief }
    | { readonly rule: number; readonly to: string; readonly how: string; readonly belief: Belief }
  readonly saving: number
}

/**
 * “Which fact matters most”: rules out one suspicion at a time and plans again. The saving is what it is worth to
 * ask. Tries at most `most` facts, only those the suspected person could use today. The largest saving comes first.
 */
export async function valueFacts(
  map: AccessMap,
  solver: Solver,
  plan: LockOutPlan,
  options: PlanOptions & { readonly most?: number } = {},
): Promise<readonly FactValue[]> {
  const { most = 40, level = 'possible', on } = options
  if (plan.cost === null) return []
  const ofSuspect = makeNaiveClosure(map, level, on)('suspect', new Set())
  const counts = (belief: Belief): boolean =>
    belief !== 'known' && beliefs.indexOf(belief) <= beliefs.indexOf(level)
  const trials = [
    ...map.holds.suspect.flatMap((holding, index) =>
      counts(holding.belief)
        ? [
            {
              fact: { holding: holding.node, belief: holding.belief },
              map: {
                ...map,
                holds: { ...map.holds, suspect: map.holds.suspect.filter((_, at) => at !== index) },
              },
            },
          ]
        : [],
    ),
    ...map.rules.flatMap((rule, index) =>
      counts(rule.belief) && rule.who !== 'client' && rule.from.every(node => ofSuspect.has(node))
        ? [
            {
              fact: { rule: index, to: rule.to, how: rule.how, belief: rule.belief },
              // The client may still do it themselves; only the suspected person may not.
              map: {
                ...map,
                rules: map.rules.map((each, at) =>
                  at === index ? { ...each, who: 'client' as const } : each,
                ),
              },
            },
          ]
        : [],
    ),
  ].slice(0, most)
  const values: FactValue[] = []
  for (const trial of trials) {
    const other = await planLockOut(trial.map, solver, { ...options, alternatives: 0 })
    if (other.status === 'optimal' && other.cost !== null)
      values.push({ fact: trial.fact, saving: (plan.cost ?? 0) - other.cost })
  }
  return values.sort((one, other) => other.saving - one.saving)
}
