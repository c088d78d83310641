import { type CompiledMap, type CompileOptions, compileMap } from '../reach/compile-map.ts'
import { type AccessMap, weighStep } from '../reach/map.ts'

/** What a plan must do and what it costs. Steps and nodes are numbers here, not names. */
export type PlanProblem = {
  readonly compiled: CompiledMap
  readonly cost: readonly number[]
  /** Steps that may be in a plan: the client can come to hold what they need, and has not ruled them out. */
  readonly usable: readonly boolean[]
  readonly forcedIn: readonly number[]
  readonly requires: readonly { readonly step: number; readonly any: readonly number[] }[]
  readonly excludes: readonly (readonly [number, number])[]
  readonly shared: readonly { readonly cost: number; readonly any: readonly number[] }[]
  readonly evidence: readonly {
    readonly weight: number
    readonly destroyedBy: readonly number[]
    readonly preservedBy: readonly number[]
  }[]
  /**
   * What the suspected person must not reach (a target), without what no step can close. With a price it may stay
   * open.
   */
  readonly targets: readonly { readonly node: number; readonly price: number | null }[]
  /** What is protected and no step of the map can close. */
  readonly uncuttable: readonly number[]
  readonly keep: readonly number[]
  /** Nodes the suspected person keeps whatever is done. */
  readonly permanent: ReadonlySet<number>
}

export type PlanWishes = {
  /** Steps that must be in the plan, besides those of the map. */
  readonly take?: readonly string[]
  /** Steps that must not be in the plan. */
  readonly leave?: readonly string[]
  /** Only steps that the suspected person could not notice. */
  readonly unnoticedOnly?: boolean
  /** A price for everything protected that has none: to see what can be closed when not everything can. */
  readonly priceOfAll?: number
}

/** Makes the problem from a map. The level is `possible` unless somebody asks otherwise. */
export function makePlanProblem(
  map: AccessMap,
  options: CompileOptions,
  wishes: PlanWishes = {},
): PlanProblem {
  return posePlan(compileMap(map, options), wishes)
}

/** The same, for a map that is already compiled. */
export function posePlan(compiled: CompiledMap, wishes: PlanWishes = {}): PlanProblem {
  const { map, steps, stepAt, nodeAt } = compiled
  const at = (id: string): number => stepAt.get(id) ?? -1
  const left = new Set([...map.force.out, ...(wishes.leave ?? [])].map(at))
  if (wishes.unnoticedOnly) for (const [index, step] of steps.entries()) if (step.alerts) left.add(index)
  const operable = findOperable(compiled, left)
  const usable = steps.map((_, index) => operable.has(index))
  const used = (ids: readonly string[]): readonly number[] => [
    ...new Set(ids.map(at).filter(step => usable[step] === true)),
  ]
  const permanent = findPermanent(compiled, usable)
  const prices = new Map<number, number | null>()
  for (const { node, price } of map.protect) {
    const number = nodeAt.get(node) ?? -1
    // If a node is named twice, the stricter counts.
    const before = prices.get(number)
    prices.set(number, before === null || price === null ? null : Math.max(before ?? 0, price))
  }
  const wanted = [...prices.entries()].sort(([one], [other]) => one - other)
  return {
    compiled,
    cost: steps.map(step => weighStep(step, map.weights)),
    usable,
    forcedIn: [...new Set([...map.force.in, ...(wishes.take ?? [])].map(at))],
    requires: steps.flatMap((step, index) =>
      usable[index] ? step.requires.map(any => ({ step: index, any: used(any) })) : [],
    ),
    excludes: steps.flatMap((step, index) =>
      usable[index] ? used(step.excludes).map(other => [index, other] as const) : [],
    ),
    shared: map.sharedCosts
      .map(({ cost, any }) => ({ cost, any: used(any) }))
      .filter(({ any }) => any.length > 0),
    evidence: map.evidence
      .map(({ id, weight, preservedBy }) => ({
        weight,
        destroyedBy: used(steps.filter(step => step.destroys.includes(id)).map(step => step.id)),
        preservedBy: used(preservedBy),
      }))
      .filter(({ weight, destroyedBy }) => weight > 0 && destroyedBy.length > 0),
    targets: wanted
      .filter(([node]) => !permanent.has(node))
      .map(([node, price]) => ({ node, price: price ?? wishes.priceOfAll ?? null })),
    uncuttable: wanted.filter(([node]) => permanent.has(node)).map(([node]) => node),
    keep: [...new Set(map.keep.map(node => nodeAt.get(node) ?? -1))].sort((one, other) => one - other),
    permanent,
  }
}

/**
 * The steps the client can ever come to do: those whose needs they can hold, perhaps by other such steps first. Not
 * among them: a step that is possible only after itself, or two steps that each need the other first.
 */
function findOperable(compiled: CompiledMap, left: ReadonlySet<number>): ReadonlySet<number> {
  const { steps, nodeAt, closures } = compiled
  const operable = new Set<number>()
  for (let grew = true; grew; ) {
    grew = false
    // In the kindest light: nothing locks the client out, and they have every key they could make.
    const reach = closures.client.run([], operable)
    for (const [index, step] of steps.entries()) {
      if (operable.has(index) || left.has(index)) continue
      if (!step.needs.every(node => reach.has(nodeAt.get(node) ?? -1))) continue
      operable.add(index)
      grew = true
    }
  }
  return operable
}

/**
 * What the suspected person reaches by rules that no usable step can switch off, as if all steps were taken and none
 * made anything new.
 */
function findPermanent(compiled: CompiledMap, usable: readonly boolean[]): ReadonlySet<number> {
  const all = usable.flatMap((isUsable, step) => (isUsable ? [step] : []))
  return new Set(compiled.closures.suspect.run(all, []).inOrder())
}
