import { type Held, proofOf } from '../reach/closure.ts'
import { type RuleProgram, rowOf } from '../reach/program.ts'
import { findStepFacts } from './order-conditions.ts'
import type { Cut } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Steps that block each other: each of them is blocked as long as none of them is taken, whatever else of the plan is
 * done. `lifts` are the steps outside the plan that could unblock one of them.
 */
export type StuckGroup = { readonly steps: readonly number[]; readonly lifts: readonly number[] }

/**
 * Looks at a plan in the kindest light: what he holds only shrinks as steps are taken in a safe order, so what a step
 * must not be seen by only gets easier, and of what she holds nothing is counted as lost. The set of steps that can be
 * taken in this light is unique and found by sweeping; what it leaves can be in no order, for this plan or for any with
 * the same group and none of the lifts.
 */
export function makeStuckFinder(problem: PlanProblem, plan: ReadonlySet<number>) {
  const { closures, programs } = problem.compiled
  const his = programs.suspect
  const hers = programs.client
  const facts = findStepFacts(problem, plan)
  const heldAtStart = problem.keep.filter(node => closures.client.run().has(node))
  const neverLocksOut = new Map<number, boolean>()
  // A rule that waits for several steps is judged when the last of them is taken; no single step can be blamed for it.
  const ownRules = new Map(
    [...plan].map(step => [
      step,
      [...rowOf(his.switchesOn, step)].filter(rule => rowOf(his.if, rule).length === 1),
    ]),
  )

  function locksOut(step: number, done: ReadonlySet<number>): number | undefined {
    if (rowOf(hers.switchesOff, step).length === 0) return undefined
    let never = neverLocksOut.get(step)
    if (never === undefined) {
      const least = closures.client.run([step], [step])
      never = heldAtStart.every(node => least.has(node))
      neverLocksOut.set(step, never)
    }
    if (never) return undefined
    const reach = closures.client.run([step], [...done, step])
    return heldAtStart.find(node => !reach.has(node))
  }

  /** The steps of `wanted` that stay blocked when the others have been done and each is done as soon as it can be. */
  function sweep(wanted: ReadonlySet<number>, others: Iterable<number>): ReadonlySet<number> {
    const done = new Set(others)
    const left = new Set(wanted)
    for (let moved = true; moved && left.size > 0; ) {
      moved = false
      // Both are sets of their own: the closures are run again below.
      const he = closures.suspect.run(done, []).keep()
      const she = closures.client.run([], done).keep()
      for (const step of [...left]) {
        if (!isFree(step, done, he, she)) continue
        done.add(step)
        left.delete(step)
        moved = true
      }
    }
    return left
  }

  function isFree(step: number, done: ReadonlySet<number>, he: Held, she: Held): boolean {
    const fact = facts[step]
    if (!fact) return true
    return (
      fact.after.every(other => done.has(other)) &&
      fact.preservers.every(group => group.some(other => done.has(other))) &&
      fact.needs.every(node => she.has(node)) &&
      !fact.exposes.some(node => he.has(node)) &&
      !(ownRules.get(step) ?? []).some(rule => isUsable(rule, step, done, he)) &&
      locksOut(step, done) === undefined
    )
  }

  function isUsable(rule: number, step: number, done: ReadonlySet<number>, he: Held): boolean {
    return (
      !rowOf(his.unless, rule).some(other => done.has(other) || other === step) &&
      rowOf(his.body, rule).every(node => he.has(node))
    )
  }

  /** The fewest steps from outside the plan that could lift one block of this step, while none of the group is done. */
  function liftsOf(step: number, group: ReadonlySet<number>): ReadonlySet<number> | null {
    const done = new Set([...plan].filter(other => !group.has(other)))
    const fact = facts[step]
    if (!fact) return null
    if (fact.after.some(other => group.has(other))) return new Set()
    const found: ReadonlySet<number>[] = []
    const outside = (ids: Iterable<number>): number[] =>
      [...ids].filter(other => problem.usable[other] === true && !plan.has(other))
    for (const id of problem.compiled.steps[step]?.destroys ?? []) {
      const evidence = problem.compiled.map.evidence.find(each => each.id === id)
      const all = (evidence?.preservedBy ?? []).map(other => problem.compiled.stepAt.get(other) ?? -1)
      const planned = all.filter(other => plan.has(other) && other !== step)
      if (planned.length > 0 && planned.every(other => group.has(other))) found.push(new Set(outside(all)))
    }
    const he = closures.suspect.run(done, [])
    const guards = (nodes: readonly number[]): number[] =>
      nodes.flatMap(node => proofOf(his, he, node).flatMap(rule => outside(rowOf(his.unless, rule))))
    for (const node of fact.exposes) if (he.has(node)) found.push(new Set(guards([node])))
    const holds = he.keep()
    for (const rule of ownRules.get(step) ?? []) {
      if (!isUsable(rule, step, done, holds)) continue
      found.push(new Set([...guards([...rowOf(his.body, rule)]), ...outside(rowOf(his.unless, rule))]))
    }
    const she = closures.client.run([], done).keep()
    for (const node of fact.needs) if (!she.has(node)) found.push(keysTo(node, she, done, group, null))
    const lost = locksOut(step, done)
    if (lost !== undefined) {
      const after = closures.client.run([step], [...done, step]).keep()
      found.push(keysTo(lost, after, new Set([...done, step]), group, step))
    }
    return found.sort((one, other) => one.size - other.size)[0] ?? null
  }

  /** Steps outside the plan that could come to give her the node. `locking` is a step whose locks count as shut. */
  function keysTo(
    node: number,
    she: Held,
    done: ReadonlySet<number>,
    group: ReadonlySet<number>,
    locking: number | null,
  ): ReadonlySet<number> {
    const inside = new Set([node])
    const open = [node]
    const waiting: number[] = []
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const rule of rowOf(hers.giving, next)) {
        if (locking !== null && rowOf(hers.unless, rule).includes(locking)) continue
        if (bodyIn(hers, rule, inside)) continue
        if (!rowOf(hers.if, rule).every(other => done.has(other))) {
          waiting.push(rule)
          continue
        }
        const lacking = rowOf(hers.body, rule).find(each => !she.has(each))
        if (lacking === undefined) throw new Error('access-map: a closure missed a rule that is on')
        inside.add(lacking)
        open.push(lacking)
      }
    }
    const keys = new Set<number>()
    for (const rule of waiting) {
      if (bodyIn(hers, rule, inside)) continue
      const missing = [...rowOf(hers.if, rule)].filter(other => !done.has(other))
      if (missing.some(other => group.has(other) || !problem.usable[other])) continue
      const [key] = missing
      if (key !== undefined) keys.add(key)
    }
    return keys
  }

  /** The smallest groups in what the sweep leaves, each with the cut it teaches. None when nothing is stuck. */
  function findGroups(): readonly StuckGroup[] {
    const groups: StuckGroup[] = []
    let left = sweep(plan, [])
    const stuck = new Set(left)
    while (left.size > 0 && groups.length < 20) {
      let group = new Set(left)
      for (const step of [...group].sort((one, other) => one - other)) {
        if (!group.has(step) || group.size === 1) continue
        const rest = new Set(group)
        rest.delete(step)
        const smaller = sweep(
          rest,
          [...plan].filter(other => !rest.has(other)),
        )
        if (smaller.size > 0) group = new Set(smaller)
      }
      const lifts = new Set<number>()
      for (const step of group) for (const lift of liftsOf(step, group) ?? []) lifts.add(lift)
      groups.push({ steps: [...group].sort((one, other) => one - other), lifts: [...lifts] })
      // Those that are stuck without this group are a group of their own.
      for (const step of group) stuck.delete(step)
      left = sweep(
        stuck,
        [...plan].filter(other => !stuck.has(other)),
      )
    }
    return groups
  }

  return {
    findGroups,
    /** How many of the quiet steps can be done before any other, at the very most. */
    mostQuiet(): number {
      const unnoticed = new Set([...plan].filter(step => problem.compiled.steps[step]?.alerts === false))
      return unnoticed.size - sweep(unnoticed, []).size
    },
  }
}

/** Leave out a step of the group, or take one that lifts a block. */
export function cutForGroup(group: StuckGroup): Cut {
  return {
    terms: [...group.steps.map(step => [{ leave: step }]), ...group.lifts.map(step => [{ take: step }])],
  }
}

function bodyIn(program: RuleProgram, rule: number, inside: ReadonlySet<number>): boolean {
  return rowOf(program.body, rule).some(node => inside.has(node))
}
