import { addDays, type CalendarDay, sayDay } from '../../foundation/calendar-day.ts'
import type { Sitting } from './sittings.ts'

/** What the words of a sitting name: the things and parts of the map, and the number of the sitting that a step is in. */
export type SittingNames = {
  readonly labelOf: (id: string) => string
  readonly numberOf: (step: string) => number
  readonly today: CalendarDay
}

/** How long it takes, in words, with how many steps. */
export function saySittingLength({ minutes, steps }: Pick<Sitting, 'minutes' | 'steps'>): string {
  return `${steps.length === 1 ? '1 step' : `${String(steps.length)} steps`}, about ${sayMinutes(minutes)}`
}

function sayMinutes(minutes: number): string {
  if (minutes < 90) return `${String(minutes)} minutes`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return `${String(hours)} hour${hours === 1 ? '' : 's'}${rest === 0 ? '' : ` ${String(rest)} minutes`}`
}

/** Why it is longer than an appointment; null when it is not, or is no appointment of the clinic. */
export function sayWhyLong(
  { minutes, heldBy, steps, isErrand }: Sitting,
  target: number,
  { labelOf }: SittingNames,
): string | null {
  if (minutes <= target || isErrand) return null
  const over = `Longer than an appointment of ${String(target)} minutes`
  if (heldBy.length === 0)
    return `${over}, because ${steps.length === 1 ? 'the step' : 'one of its steps'} takes so long by itself.`
  return `${over}: the client cannot safely stop earlier. Until its last steps the suspected person may know of it and could take this back: ${listNames(heldBy, labelOf)}.`
}

/** After which sittings, or on which day, it may begin; null when nothing has to wait. */
export function sayFrom({ waits }: Sitting, { numberOf, today }: SittingNames): string | null {
  const parts = waits.map(({ acts, days }) => {
    if (acts.length === 0) return `on ${sayDay(addDays(today, days))}`
    const after = String(Math.max(...acts.map(numberOf)))
    return days === 1 ? `the day after sitting ${after}` : `${String(days)} days after sitting ${after}`
  })
  return parts.length === 0 ? null : [...new Set(parts)].join(' and ')
}

/** The same as a sentence. */
export function sayWaits(sitting: Sitting, names: SittingNames): string | null {
  const from = sayFrom(sitting, names)
  return (
    from &&
    `At the earliest ${from}: before that, looking again shows nothing that can be relied on. The days are a guess of ours where no source gives them.`
  )
}

/** The first day on which it may begin, where that is known already. */
export function findFirstDay({ waits }: Sitting, today: CalendarDay): CalendarDay | null {
  const days = waits.filter(({ acts }) => acts.length === 0).map(each => each.days)
  return waits.length > 0 && days.length === waits.length ? addDays(today, Math.max(...days)) : null
}

/**
 * What it means for the client to stop after it, and what the suspected person could then still take.
 *
 * @param before the sitting before it, if there is one
 */
export function sayEndOfSitting(
  { isUnnoticed, halfClosed, couldSeize }: Sitting,
  { before, isLast }: { readonly before: Sitting | undefined; readonly isLast: boolean },
  { labelOf }: SittingNames,
): readonly string[] {
  if (isLast) return ['Every step of the plan is then done.']
  if (isUnnoticed)
    return [
      'The client may stop after it, or after any step of it. By the answers so far nothing of it reaches the suspected person.',
    ]
  const taken = listNames(couldSeize, labelOf)
  const isSame =
    before !== undefined && !before.isUnnoticed && listNames(before.couldSeize, labelOf) === taken
  const seize =
    couldSeize.length === 0
      ? 'Nothing that the client keeps, and that the plan can close, could be taken from the client then.'
      : isSame
        ? 'The suspected person could then take the same as before it.'
        : `The suspected person may know by then, and could still take from the client: ${taken}. Agree on the next sitting before this one begins.`
  if (halfClosed.length === 0)
    return [
      'Nothing that was begun is left half closed, and the suspected person reaches no more than before.',
      seize,
    ]
  return [
    `Half closed then: ${listNames(halfClosed, labelOf)}. The suspected person may have noticed and could take it back. Nothing more can be done for it before a day or an errand that comes later, so begin only if the client can live with that.`,
    seize,
  ]
}

function listNames(ids: readonly string[], labelOf: SittingNames['labelOf']): string {
  return [...new Set(ids.map(labelOf))].join(', ')
}
