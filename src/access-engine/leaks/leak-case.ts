/**
 * A source: something that may have told them. How likely it is to be active, and the Beta distribution of how often
 * it tells.
 */
export type LeakSource = {
  readonly id: string
  readonly label: string
  readonly prior: number
  readonly a: number
  readonly b: number
}

/** One time at which they knew something, or did not, with the sources that carried it then. */
export type LeakIncident = {
  readonly id: string
  readonly knew: boolean
  readonly carriers: readonly string[]
  /** The chance that they would have known in another way: they guessed, it was public, somebody said so. */
  readonly otherwise: number
}

type TestCost = {
  readonly id: string
  readonly label: string
  readonly cost: number
  readonly risk: number
}

export type LeakTest =
  /** An arranged day: these sources carry something, and it is seen whether they know. */
  | (TestCost & { readonly carriers: readonly string[]; readonly otherwise: number })
  /** A check of one source: how often it shows an active source, and how often it takes another for one. */
  | (TestCost & { readonly source: string; readonly hit: number; readonly falseAlarm: number })

export type LeakCase = {
  readonly sources: readonly LeakSource[]
  readonly incidents: readonly LeakIncident[]
  readonly tests: readonly LeakTest[]
}

/** Adds the source nobody has thought of. It carries everything. Every ranking that people see has it in the list. */
export function withUnknownSource(leaks: LeakCase, prior = 0.05): LeakCase {
  const unknown = { id: 'unknown', label: 'something nobody has thought of', prior, a: 1, b: 3 }
  return {
    ...leaks,
    sources: [...leaks.sources, unknown],
    incidents: leaks.incidents.map(each => ({ ...each, carriers: [...each.carriers, unknown.id] })),
  }
}
