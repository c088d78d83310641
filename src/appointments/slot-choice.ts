import { type PersonId, parseId } from '../foundation/ids.ts'
import type { JointSlot, Seating } from './joint-slots.ts'
import { parseMoment, writeMomentText } from './moment-text.ts'
import { seatRoles } from './seat-role.ts'

/** A time and its people as a form carries them: "2026-03-02T10:15:00Z cyber-adviser:…,idva:…". */
export function writeSlotChoice(slot: JointSlot): string {
  const seats = slot.seating.map(({ role, personId }) => `${role}:${personId}`)
  return `${writeMomentText(slot.startsAt)} ${seats.join(',')}`
}

/** Reads what a form carried; null when it is anything else. Whether it can be booked is another question. */
export function parseSlotChoice(text: string): JointSlot | null {
  const [when = '', seats = '', ...rest] = text.split(' ')
  const startsAt = parseMoment(when)
  if (!startsAt || rest.length > 0) return null
  const seating: Seating[number][] = []
  for (const seat of seats.split(',').slice(0, seatRoles.length + 1)) {
    const [name = '', id = '', ...more] = seat.split(':')
    const role = seatRoles.find(each => each === name)
    const personId = parseId<PersonId>(id)
    if (!role || !personId || more.length > 0) return null
    seating.push({ role, personId })
  }
  return { startsAt, seating }
}
