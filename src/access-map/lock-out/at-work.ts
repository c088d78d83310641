import type { Inventory, Thing } from '../inventory/inventory.ts'

/** The kind of what an employer gives to sign in to. */
const kindOfWork = 'work-account'

/** Words by which clients call what lies at their work, and those whom they work with. */
const calledWork = /\b(work|workplace|office|employer|boss|colleagues?|co-?workers?|job)\b/i

/**
 * The things that lie at the client's work or belong to it, by their kind or by what the client calls them: an account, and as well a
 * work phone, a computer in the office, a number, a colleague who tells. What bears another name nobody knows of.
 */
export function findThingsAtWork({ things }: Pick<Inventory, 'things'>): readonly Thing[] {
  return things.filter(({ entry, label }) => entry === kindOfWork || calledWork.test(label))
}

/** Whether a step has to do with one of these things: it is about it, or is taken on it. */
export function isStepWith(
  step: string,
  thingOfStep: string | undefined,
  things: ReadonlySet<string>,
): boolean {
  const named = [...step.matchAll(/\bt[0-9]+\b/g)].map(([id]) => id)
  return named.some(id => things.has(id)) || (thingOfStep !== undefined && things.has(thingOfStep))
}
