import { readWallClock } from '../../../foundation/local-date.ts'
import { type ActCheck, carryFields } from '../../../identity/check-act.ts'
import { datePartNames } from '../../../web/read-date.ts'
import type { FormFields } from '../../../web/request.ts'
import { isAtWork, type WorkingHours } from '../../calendar.ts'
import type { CalendarFile } from '../../operations/load-calendar.ts'
import { sayAway, sayDayOf, saySlot, saySlotHours } from '../../say-slot.ts'

type Place = { readonly file: CalendarFile; readonly path: string; readonly isOwn: boolean }

const back = ({ path, isOwn }: Place): ActCheck['back'] => ({
  href: path,
  text: isOwn ? 'Back to my calendar' : 'Back to the calendar',
})

/** The coming appointments that a change leaves without somebody: named by their time, which is all there is room for. */
function sayLeft(file: CalendarFile, isLeft: (line: CalendarFile['coming'][number]) => boolean): string {
  const left = file.coming.filter(isLeft)
  if (left.length === 0) return 'No coming appointment that you may see lies in it.'
  const times = left.slice(0, 10).map(each => saySlot(each.startsAt, each.endsAt, file.zone))
  const rest = left.length > times.length ? `, and ${left.length - times.length} more` : ''
  return `${left.length === 1 ? 'A coming appointment lies' : 'Coming appointments lie'} in it: ${times.join('; ')}${rest}. Nothing is cancelled and nobody is told: move ${left.length === 1 ? 'it' : 'them'}, or choose somebody else.`
}

const isOutside =
  (file: CalendarFile, hours: readonly WorkingHours[]) =>
  (line: CalendarFile['coming'][number]): boolean => {
    const clock = readWallClock(line.startsAt.getTime(), file.zone)
    return isAtWork(file.hours, clock) && !isAtWork(hours, clock)
  }

const noLonger = (isOwn: boolean): string =>
  `Nobody can book ${isOwn ? 'you' : 'them'} into that time any more.`

/** What follows when hours get a last day; null when none of them would end by it. */
export function endingOf(place: Place, form: FormFields, which: string, lastDay: string): ActCheck | null {
  const { file, path, isOwn } = place
  const ends = (each: WorkingHours): boolean =>
    (which === 'all' || each.hoursId === which) && (each.validUntil === null || each.validUntil > lastDay)
  if (!file.hours.some(ends)) return null
  const then = file.hours.flatMap(each =>
    !ends(each) ? [each] : each.validFrom <= lastDay ? [{ ...each, validUntil: lastDay }] : [],
  )
  return {
    title: 'End these working hours?',
    chosen: [
      { key: 'Hours', value: file.hours.filter(ends).map(saySlotHours).join('; ') },
      { key: 'Last day', value: sayDayOf(lastDay) },
    ],
    follows: [noLonger(isOwn), sayLeft(file, isOutside(file, then))],
    undo: 'Add the hours again, from the day after. What was is kept.',
    action: `${path}/end`,
    fields: carryFields(form, ['endHours', ...Object.values(datePartNames('lastDay'))]),
    button: 'End the hours',
    back: back(place),
  }
}

/** What follows when somebody is away. */
export function leaveOf(
  place: Place,
  form: FormFields,
  span: { readonly startsAt: Date; readonly endsAt: Date },
): ActCheck {
  const { file, path, isOwn } = place
  const { from, until } = sayAway(span, file.zone)
  return {
    title: isOwn ? 'Take this time out of your calendar?' : 'Take this time out of their calendar?',
    chosen: [
      { key: 'From', value: from },
      { key: 'Until', value: until },
    ],
    follows: [
      noLonger(isOwn),
      sayLeft(file, line => line.startsAt < span.endsAt && span.startsAt < line.endsAt),
    ],
    undo: 'Remove the time away again on the calendar, at any moment.',
    action: `${path}/leave`,
    fields: carryFields(form, [
      ...Object.values(datePartNames('leaveFrom')),
      ...Object.values(datePartNames('leaveUntil')),
      'leaveStart',
      'leaveEnd',
    ]),
    button: 'Take it out',
    back: back(place),
  }
}

/** What follows when a line is taken off; null when it is not there any more. */
export function removalOf(place: Place, kind: 'hours' | 'leave', id: string): ActCheck | null {
  const { file, path, isOwn } = place
  const fields = { kind, id }
  const common = { action: `${path}/remove`, fields, back: back(place) }
  if (kind === 'leave') {
    const absence = file.absences.find(each => each.absenceId === id)
    if (!absence) return null
    const { from, until } = sayAway(absence, file.zone)
    return {
      ...common,
      title: 'Remove this time away?',
      chosen: [
        { key: 'From', value: from },
        { key: 'Until', value: until },
      ],
      follows: [
        `${isOwn ? 'You' : 'They'} can be booked in that time again at once, as far as ${isOwn ? 'your' : 'their'} working hours go.`,
      ],
      undo: 'Add the time away again. What is booked in between stays.',
      button: 'Remove it',
    }
  }
  const hours = file.hours.find(each => each.hoursId === id)
  if (!hours) return null
  return {
    ...common,
    title: 'Remove these working hours?',
    chosen: [{ key: 'Hours', value: saySlotHours(hours) }],
    follows: [
      noLonger(isOwn),
      sayLeft(
        file,
        isOutside(
          file,
          file.hours.filter(each => each.hoursId !== id),
        ),
      ),
    ],
    undo: 'Add the hours again on the calendar. What was is kept.',
    button: 'Remove the hours',
  }
}
