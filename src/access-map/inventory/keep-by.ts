import type { AccessMap } from '../../access-engine/reach/map.ts'
import { addDays, type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { DrawnMap } from './draw-up-map.ts'
import type { Inventory, ThingId } from './inventory.ts'

/** Evidence that goes by itself, and the last whole day on which all that was there when it was told is still there. */
export type KeepBy = {
  readonly evidence: string
  readonly thingId: ThingId
  readonly words: string
  readonly by: CalendarDay
  /** That day is over: some or all of it may be gone. */
  readonly isPast: boolean
}

const hour = 60 * 60 * 1000

/**
 * The evidence that goes by itself and that nobody has kept, the first to go first. Its time runs from when its thing was put on
 * the map: what was recorded before that is gone sooner.
 *
 * @param map as it is now: what was kept, or is gone by a step, is no longer evidence on it
 * @param madeAt when each revision of the inventory was made
 * @param zone the clinic’s, in which a day begins and ends
 */
export function findKeepBy(
  { evidence }: Pick<AccessMap, 'evidence'>,
  { cameFrom, evidenceWords }: Pick<DrawnMap, 'cameFrom' | 'evidenceWords'>,
  inventory: Inventory,
  {
    madeAt,
    zone,
    now,
  }: { readonly madeAt: ReadonlyMap<number, Date>; readonly zone: string; readonly now: Date },
): readonly KeepBy[] {
  const things = new Map(inventory.things.map(each => [each.thingId, each]))
  const today = dayAt(now, zone)
  return evidence
    .flatMap(({ id, goes }): readonly KeepBy[] => {
      const thing = things.get(cameFrom.get(id) ?? '')
      if (goes === undefined || !thing) return []
      // What nobody knows is the worse case: the very first revision.
      const told = madeAt.get(thing.addedIn ?? 1) ?? new Date(0)
      const gone = dayAt(new Date(told.getTime() + goes * hour), zone)
      const first = dayAt(told, zone)
      const by = gone > first ? addDays(gone, -1) : first
      return [
        { evidence: id, thingId: thing.thingId, words: evidenceWords.get(id) ?? id, by, isPast: today > by },
      ]
    })
    .toSorted((one, other) => compare(one.by, other.by) || compare(one.evidence, other.evidence))
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
