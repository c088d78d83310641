import { z } from 'zod'
import type { IncidentId } from '../foundation/ids.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const incidents = z.array(z.uuid().transform(text => text as IncidentId)).readonly()

/** What a person chose, as it lies sealed. */
export const conductSchema = z.object({
  /** The incidents that the person takes for one course of conduct. */
  incidents,
  /** Those of any kind that may be a common assault or battery in domestic abuse. */
  assaults: incidents,
  /** When the client first gave the police a statement or a recorded interview about it. */
  statementOn: day.nullable(),
  /** When, as the police or the prosecutor said, enough evidence had come to the prosecutor. */
  evidenceOn: day.nullable(),
  why: z.string(),
  /** The highest number of an incident that there was: later ones have not been looked at. */
  highest: z.int().min(0),
})
export type Conduct = z.output<typeof conductSchema>

/** The choice that counts, with who made it and when. */
export type ConductChoice = Conduct & {
  readonly revision: number
  readonly at: Date
  readonly byName: string
}

/**
 * Takes what was ticked on one page of the incidents into a choice: what stands on other pages stays as it was, and what
 * is no incident of the case is left out.
 */
export function takeTicks(
  before: readonly IncidentId[],
  shown: readonly IncidentId[],
  ticked: readonly string[],
  all: readonly IncidentId[],
): readonly IncidentId[] {
  const isShown = new Set<string>(shown)
  const isTicked = new Set(ticked)
  const isChosen = new Set<string>(before)
  return all.filter(each => (isShown.has(each) ? isTicked.has(each) : isChosen.has(each)))
}

/**
 * How many incidents were made after somebody last looked at which belong to the course of conduct. Their numbers have no
 * gaps, so that the number of the last is how many were made.
 */
export function countUnlooked(made: number, conduct: Pick<Conduct, 'highest'> | null): number {
  return Math.max(0, made - (conduct?.highest ?? 0))
}
