import type { ActCode } from '../chronology/act-codes.ts'
import type { IncidentInShort } from '../chronology/incident.ts'
import { dayAt } from '../foundation/calendar-day.ts'
import type { Occurrence } from './review-schedule.ts'
import type { Trigger } from './trigger.ts'

const inPerson: readonly ActCode[] = ['A_FOLLOW', 'E_LOITER']
const presses: readonly ActCode[] = [...inPerson, 'G_WATCH', 'F_INTERFERE']

/**
 * What asks for a review, whatever the calendar says: incidents in person, of watching or of interfering (the first
 * in person is a step change), and what people reported or recorded. The newest first.
 */
// Review triggers after the homicide timeline research: separation, new contact, orders, step changes
export function findOccurrences(
  incidents: readonly IncidentInShort[],
  reported: readonly { readonly kind: Trigger; readonly at: string }[],
  zone: string,
): readonly Occurrence[] {
  const firstInPerson = incidents
    .filter(each => each.newest.codes.some(code => inPerson.includes(code)))
    .reduce<IncidentInShort | null>(
      (first, each) => (!first || each.newest.at < first.newest.at ? each : first),
      null,
    )
  const hadOnlineOnly =
    firstInPerson !== null && incidents.some(each => each.newest.at < firstInPerson.newest.at)
  const ofIncidents = incidents
    .filter(each => each.newest.codes.some(code => presses.includes(code)))
    .map(
      (each): Occurrence => ({
        trigger: each === firstInPerson && hadOnlineOnly ? 'step-change' : 'new-incident',
        on: dayAt(each.newest.at, zone),
        at: each.newest.at,
      }),
    )
  const ofPeople = reported.map(
    (each): Occurrence => ({ trigger: each.kind, on: dayAt(new Date(each.at), zone), at: new Date(each.at) }),
  )
  return [...ofIncidents, ...ofPeople].sort((one, other) => other.at.getTime() - one.at.getTime())
}
