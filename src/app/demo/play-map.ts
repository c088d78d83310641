import type { Basis, BeliefAnswer, InventoryStatement } from '../../access-map/inventory/inventory.ts'
import { loadCatalogue } from '../../access-map/inventory/load-catalogue.ts'
import { changeInventory } from '../../access-map/operations/change-inventory.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'

/** One thing of an invented client: its kind, their name for it, and what was said about it. */
export type StoryThing = {
  readonly entry: string
  readonly label: string
  readonly basis: Basis
  readonly note?: string
  readonly beliefs: Readonly<Record<string, BeliefAnswer>>
  /** Ties to other things, by the client’s name for them. */
  readonly ties?: Readonly<Record<string, readonly string[]>>
}

/** Puts what an invented client has on the map, as an adviser does. */
export async function playMap(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
  key: string,
  story: { readonly words: string; readonly things: readonly StoryThing[] },
): Promise<void> {
  const { entries } = await loadCatalogue()
  const by = adviser.personId
  await withCase(clinic.database, adviser, { caseId, part: 'map', mode: 'write' }, async transaction => {
    await changeInventory(
      clinic,
      transaction,
      by,
      caseId,
      { kind: 'words', words: story.words },
      `demo-${key}-words`,
    )
    const chosen = story.things.flatMap(thing => entries.get(thing.entry) ?? [])
    const added = await changeInventory(
      clinic,
      transaction,
      by,
      caseId,
      { kind: 'add', entries: chosen },
      `demo-${key}-things`,
    )
    if (!added.allowed) return
    for (const [index, thing] of story.things.entries()) {
      const thingId = added.added[index] ?? ''
      const { revision } = await loadInventory(clinic, transaction, caseId)
      const said: Record<string, InventoryStatement> = {}
      for (const [question, belief] of Object.entries(thing.beliefs)) said[question] = { belief, things: [] }
      for (const [question, labels] of Object.entries(thing.ties ?? {})) {
        const things = labels.flatMap(
          label => added.added[story.things.findIndex(each => each.label === label)] ?? [],
        )
        said[question] = { belief: things.length > 0 ? 'yes' : 'no', things }
      }
      const { label, note = '', basis: context } = thing
      const change = { kind: 'answer', thingId, seen: revision, label, note, basis: context, said } as const
      await changeInventory(clinic, transaction, by, caseId, change, `demo-${key}-${thingId}`)
    }
  })
}
