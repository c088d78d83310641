import { type BlockReason, makeOrderConditions } from '../../access-engine/plan/order-conditions.ts'
import { makePlanProblem } from '../../access-engine/plan/plan-problem.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import type { LockOutMode } from './lock-out.ts'

/** Why a card may not go ahead. `about` are the steps, the evidence or the parts of the map that cause it. */
export type CardBlock =
  | { readonly because: BlockReason; readonly about: readonly string[] }
  /** The client has not chosen the hour for what will be noticed. */
  | { readonly because: 'no-hour' }
  | { readonly because: 'before-hour'; readonly hour: string }
  /** What it looks at works on until then. */
  | { readonly because: 'before-clock'; readonly from: string }

/** What the client chose: how it is done, and the hour of the first step that will be noticed. */
export type ChosenMoment = { readonly mode: LockOutMode; readonly hour: string | null }

/** What keeps a step from going ahead at any hour, and what it has to do with the hour the client chose. */
export type BlocksAtAnyHour = {
  readonly blocks: readonly CardBlock[]
  readonly alerts: boolean
  /** It keeps evidence. */
  readonly preserves: boolean
}

/**
 * For every step of a plan that is left: everything that keeps it from going ahead now; empty when it may. It asks
 * what the order asks of every step, on the current map. It also asks that no evidence is lost that nobody has kept,
 * whether or not the plan keeps it, and that the hour the client chose has come.
 *
 * @param atAnyHour of the current map and of the steps that are left
 * @param clocks when each step that waits may be taken at the earliest
 * @param at the moment it is asked
 */
// Rule S9: no step that locks the client out, that destroys what is not captured yet, or that alerts before the
// moment they chose
export function findCardBlocks(
  atAnyHour: ReadonlyMap<string, BlocksAtAnyHour>,
  chosen: ChosenMoment,
  clocks: ReadonlyMap<string, Date>,
  at: Date,
): ReadonlyMap<string, readonly CardBlock[]> {
  const all = new Map<string, readonly CardBlock[]>()
  for (const [step, { blocks: found, alerts, preserves }] of atAnyHour) {
    const from = clocks.get(step)
    const runs = from !== undefined && at.getTime() < from.getTime()
    const blocks = runs ? [...found, { because: 'before-clock' as const, from: from.toISOString() }] : found
    const waits = waitsForHour({ alerts, preserves }, chosen.mode)
    if (waits && chosen.hour === null) all.set(step, [...blocks, { because: 'no-hour' }])
    else if (waits && chosen.hour !== null && at.getTime() < Date.parse(chosen.hour))
      all.set(step, [...blocks, { because: 'before-hour', hour: chosen.hour }])
    else all.set(step, blocks)
  }
  return all
}

/**
 * Whether a step waits for the hour that the client chose. In a clean break everything is done in one sitting, and only what keeps
 * evidence may come before it.
 */
export function waitsForHour(
  { alerts, preserves }: Pick<BlocksAtAnyHour, 'alerts' | 'preserves'>,
  mode: LockOutMode,
): boolean {
  return mode === 'clean-break' ? !preserves || alerts : alerts
}

/**
 * What follows of that from the map and the plan alone.
 *
 * @param now the map as it stands, with the steps done carried out
 * @param left the steps of the plan that are left
 */
export function findBlocksAtAnyHour(
  now: AccessMap,
  left: readonly string[],
): ReadonlyMap<string, BlocksAtAnyHour> {
  const problem = makePlanProblem(now, { level: 'possible' })
  const { nodes, steps, stepAt } = problem.compiled
  const plan = new Set(left.flatMap(step => stepAt.get(step) ?? []))
  const conditions = makeOrderConditions(problem, plan)
  const state = conditions.stateOf(new Set())
  const preserving = new Set(now.evidence.flatMap(each => each.preservedBy))
  const all = new Map<string, BlocksAtAnyHour>()
  for (const index of plan) {
    const step = steps[index]
    if (!step) continue
    const found = conditions.findBlocks(state, index)
    const burnt = found.flatMap(({ reason, about }) => (reason === 'burnt-at-once' ? about : []))
    const blocks = found.flatMap(({ reason, about }): CardBlock[] => {
      // All evidence that is not kept counts, so the plan's own condition on it is not asked again.
      if (reason === 'evidence-not-safe') return []
      // What is burnt at once is what it opens, and is said once.
      const rest = reason === 'opens-more' ? about.filter(node => !burnt.includes(node)) : about
      if (rest.length === 0) return []
      const names = rest.map(each => (reason === 'comes-after' ? steps[each]?.id : nodes[each]) ?? '')
      return [{ because: reason, about: names }]
    })
    const lost = step.destroys.filter(
      id => !now.evidence.some(each => each.id === id && each.preservedBy.includes(step.id)),
    )
    if (lost.length > 0) blocks.push({ because: 'evidence-not-safe', about: lost })
    all.set(step.id, { blocks, alerts: step.alerts, preserves: preserving.has(step.id) })
  }
  return all
}
