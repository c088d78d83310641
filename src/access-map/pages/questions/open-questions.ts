import type { CatalogueEntry, CatalogueQuestion } from '../../inventory/catalogue-entry.ts'
import type { Inventory, Thing } from '../../inventory/inventory.ts'

/** A thing with its questions that nobody was asked yet. */
export type Unasked = { readonly thing: Thing; readonly questions: readonly CatalogueQuestion[] }

/** More questions than this on one screen would be a form nobody finishes. */
const mostAtOnce = 45

/**
 * The questions nobody was asked yet, thing by thing in the order they were put on the map, as many as fit on one
 * screen.
 */
export function findUnasked(
  inventory: Inventory,
  entries: ReadonlyMap<string, CatalogueEntry>,
): readonly Unasked[] {
  const found: Unasked[] = []
  let count = 0
  for (const thing of inventory.things) {
    const isAsked = (question: CatalogueQuestion): boolean =>
      Object.keys(thing.answers[question.id] ?? {}).length > 0
    const questions = (entries.get(thing.entry)?.questions ?? []).filter(each => !isAsked(each))
    if (thing.isGone || questions.length === 0) continue
    count += questions.length
    if (count > mostAtOnce && found.length > 0) break
    found.push({ thing, questions })
  }
  return found
}
