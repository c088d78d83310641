/** Something that may have told him: how likely it is to be active, and the Beta of the rate at which it tells. */
export type LeakSource = {
  readonly id: string
  readonly label: string
  readonly prior: number
  readonly a: number
  readonly b: number
}

/** One time at which he knew, or one at which he did not, with the sources that carried it then. */
export type LeakIncident = {
  readonly id: string
  readonly knew: boolean
  readonly carriers: readonly string[]
  /** The chance that he would have known in another way: a guess, public, told. */
  readonly otherwise: number
}

type TestCost = {
  readonly id: string
  readonly label: string
  readonly cost: number
  readonly risk: number
}

export type LeakTest =
  /** An arranged day: these sources carry something, and it is seen whether he knows. */
  | (TestCost & { readonly carriers: readonly string[]; readonly otherwise: number })
  /** A look at one source: how often it shows an active one, and how often one that is not. */
  | (TestCost & { readonly source: string; readonly hit: number; readonly falseAlarm: number })

export type LeakCase = {
  readonly sources: readonly LeakSource[]
  readonly incidents: readonly LeakIncident[]
  readonly tests: readonly LeakTest[]
}

/** The source nobody has thought of. It carries everything; whoever shows a ranking to people puts it in the list. */
export function withUnknownSource(leaks: LeakCase, prior = 0.05): LeakCase {
  const unknown = { id: 'unknown', label: 'something nobody has thought of', prior, a: 1, b: 3 }
  return {
    ...leaks,
    sources: [...leaks.sources, unknown],
    incidents: leaks.incidents.map(each => ({ ...each, carriers: [...each.carriers, unknown.id] })),
  }
}
