import { changeLeaks } from '../../access-map/operations/change-leaks.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { loadLeakLog } from '../../access-map/operations/load-leaks.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { listIncidents } from '../../chronology/operations/list-incidents.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import type { CaseStory } from './case-story.ts'

/** Enters the days of the leak finder as an adviser does, and corrects what the map proposed. */
export async function playLeaks(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
  { key, days }: Pick<CaseStory, 'key' | 'days'>,
): Promise<void> {
  const by = adviser.personId
  const look = { caseId, part: 'chronology', mode: 'read' } as const
  const list = await withCase(clinic.database, adviser, look, transaction =>
    listIncidents(transaction, caseId),
  )
  const incidents = list?.incidents ?? []
  await withCase(clinic.database, adviser, { caseId, part: 'map', mode: 'write' }, async transaction => {
    const entered = days.map(({ carriers: _, incident, ...words }) => ({
      ...words,
      incident: incidents.find(each => incident && each.newest.what.startsWith(incident))?.incidentId ?? null,
    }))
    await changeLeaks(
      clinic,
      transaction,
      by,
      caseId,
      { kind: 'enter', days: entered },
      `demo-${key}-leak-days`,
    )
    const { inventory } = await loadInventory(clinic, transaction, caseId)
    const { revision, log: book } = await loadLeakLog(clinic, transaction, caseId)
    const idOf = (label: string) => inventory.things.find(each => each.label === label)?.thingId ?? []
    const rows = book.days.map((day, index) => ({
      dayId: day.dayId,
      carriers: days[index]?.carriers?.flatMap(idOf) ?? day.carriers,
    }))
    const asked = inventory.things.map(each => each.thingId)
    const change = { kind: 'carriers', seen: revision, asked, rows } as const
    await changeLeaks(clinic, transaction, by, caseId, change, `demo-${key}-leak-ticks`)
  })
}
