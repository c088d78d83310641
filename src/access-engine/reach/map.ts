/** How sure we are that something is so, strongest first. */
export const beliefs = ['known', 'suspected', 'possible'] as const
export type Belief = (typeof beliefs)[number]

/** The two people of a map: the suspected person and the client. */
export type Agent = 'suspect' | 'client'

/** One thing somebody can have. One kind has a meaning of its own: a `secret` that was read once stays known. */
export type MapNode = { readonly id: string; readonly kind: string; readonly label: string }

/** All of `from` together give `to`. Several rules for one node are alternatives. */
export type MapRule = {
  readonly to: string
  readonly from: readonly string[]
  /** How it happens, as the middle of a sentence: “signs in with the password and the code”. */
  readonly how: string
  /** Any of these steps, once taken, switches the rule off. */
  readonly unless: readonly string[]
  /** The rule exists only once all of these steps are taken. */
  readonly if: readonly string[]
  readonly belief: Belief
  readonly who: Agent | 'anyone'
  /** First and last day on which it was true, as YYYY-MM-DD. */
  readonly since?: string
  readonly until?: string
}

export type Holding = { readonly node: string; readonly belief: Belief; readonly ground?: string }

/** The measures a step costs in. */
export const measures = ['effort', 'money', 'disruption', 'risk'] as const
export type Measure = (typeof measures)[number]
export type Measures = Readonly<Record<Measure, number>>

/** Something the client may do. */
export type MapStep = {
  readonly id: string
  readonly label: string
  readonly cost: Measures
  /** The suspected person notices it. */
  readonly alerts: boolean
  /** What the client must hold to be able to do it. */
  readonly needs: readonly string[]
  /** What the suspected person must not hold while the client does it. */
  readonly exposes: readonly string[]
  /** Steps that come first, if the plan has them. */
  readonly after: readonly string[]
  /** Each entry is a list of alternatives: one of them must be in the plan too. */
  readonly requires: readonly (readonly string[])[]
  readonly excludes: readonly string[]
  /** Evidence that is gone once the step is taken. */
  readonly destroys: readonly string[]
}

/**
 * What the suspected person must no longer reach. With a price it may stay open, if that is cheaper or nothing closes
 * it.
 */
export type Protected = { readonly node: string; readonly price: number | null }

export type Evidence = {
  readonly id: string
  readonly weight: number
  readonly preservedBy: readonly string[]
}

/** A cost paid once, when any of the steps is taken. */
export type SharedCost = { readonly id: string; readonly cost: number; readonly any: readonly string[] }

/** A channel: what is said on it, and the fact that there was contact. Either may be watched. */
export type Channel = { readonly id: string; readonly content: string; readonly fact: string | null }

/** The whole map, as `access-map.schema.json` describes it, with everything optional filled in. */
export type AccessMap = {
  readonly nodes: readonly MapNode[]
  readonly rules: readonly MapRule[]
  readonly holds: Readonly<Record<Agent, readonly Holding[]>>
  readonly steps: readonly MapStep[]
  readonly protect: readonly Protected[]
  readonly keep: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly sharedCosts: readonly SharedCost[]
  readonly weights: Measures
  readonly channels: readonly Channel[]
  /** Steps the client has decided on, and steps they will not take. */
  readonly force: { readonly in: readonly string[]; readonly out: readonly string[] }
}

/** A belief counts at a level when it is at least as strong. */
export function countsAt(belief: Belief, level: Belief): boolean {
  return beliefs.indexOf(belief) <= beliefs.indexOf(level)
}

/** The whole cost of a step, in the weights of the map. Rounding errors of tenths are not fractions. */
export function weighStep(step: MapStep, weights: Measures): number {
  const cost = measures.reduce((sum, measure) => sum + step.cost[measure] * weights[measure], 0)
  return Math.abs(cost - Math.round(cost)) < 1e-9 ? Math.round(cost) : cost
}
