import type { CaseId, ClearingId } from '../foundation/ids.ts'

/** A form that a flood set aside, and nothing that it says. */
export type PileForm = {
  readonly caseId: CaseId
  readonly reference: string
  readonly at: Date
  readonly source: string
  readonly danger: boolean
  /** How many of the pile came from the same address. */
  readonly fromSource: number
  readonly fromNetwork: number
}

/** From where forms came, under a number drawn at random for a day. */
export type PileSource = {
  readonly source: string
  readonly network: string
  readonly forms: number
  readonly danger: number
  readonly first: Date
  readonly last: Date
}

/** Forms that were cleared together and can be brought back. */
export type PileClearing = {
  readonly clearingId: ClearingId
  readonly at: Date
  readonly by: string
  readonly reason: string
  readonly forms: number
}

/** Which of the pile are meant: some by name, all of one source, or all that ticked no sign of danger; until an instant. */
export type PileChoice = {
  readonly forms: readonly CaseId[] | null
  readonly source: string | null
  readonly until: Date
}
