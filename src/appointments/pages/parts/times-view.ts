import type { FormProblem } from '../../../foundation/decision.ts'
import { roleName } from '../../../identity/role.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { radios } from '../../../web/components/radios.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { JointSlot } from '../../joint-slots.ts'
import type { Offer } from '../../operations/offer-slots.ts'
import { saySlot, saySlotDay } from '../../say-slot.ts'
import { writeSlotChoice } from '../../slot-choice.ts'
import { endsOf } from '../../slot-shape.ts'
import { type DayOfSlots, spreadSlots } from '../../spread-slots.ts'

export type TimesView = {
  readonly offer: Offer
  readonly isOnlyOneDay: boolean
  /** The address that shows every time of a day. */
  readonly addressOfDay: (day: string) => string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** The times at which everybody is free, a few from each day; and where there is none, why and what to do. */
export function timesFieldsView(view: TimesView): Html {
  const { offer, typed, problems } = view
  const { calendars, slots, unfilled } = offer
  if (slots.length === 0) return nothingFree(offer)
  const days = view.isOnlyOneDay
    ? spreadSlots(slots, calendars.zone, { days: 1, perDay: 200 })
    : spreadSlots(slots, calendars.zone, { days: 5, perDay: 4 })
  const nameOf = new Map(calendars.calendars.map(each => [each.personId, each.name]))
  const whoOf = (slot: JointSlot): string =>
    slot.seating.map(seat => nameOf.get(seat.personId) ?? '').join(', ')
  const shown = days.flatMap(day => day.shown)
  // Where it is always the same people, they are named once.
  const always = new Set(shown.map(whoOf)).size === 1 ? whoOf(shown[0]!) : null // there is a slot, seen above
  return html`${unfilled.length > 0 && nothingFree(offer)}${radios({
    name: 'slot',
    idPrefix: 'slot',
    classes: 'govuk-radios--small',
    fieldset: { legend: { text: 'When?', classes: 'govuk-fieldset__legend--m' } },
    hint: {
      text: `By the clock in ${calendars.zone}. ${always ?? 'All who are named'} are free then, and for the write-up.`,
    },
    items: shown.map(slot => ({
      value: writeSlotChoice(slot),
      text: saySlot(slot.startsAt, endsOf(slot.startsAt, calendars.shape).endsAt, calendars.zone),
      hint: always === null ? { text: whoOf(slot) } : undefined,
    })),
    value: fieldText(typed, 'slot'),
    errorMessage: problemBeside(problems, 'slot'),
  })}${!view.isOnlyOneDay && moreTimes(view, days)}`
}

function moreTimes(view: TimesView, days: readonly DayOfSlots[]): Html {
  const fuller = days.filter(day => day.count > day.shown.length)
  return html`${
    fuller.length > 0 &&
    html`<p class="govuk-body govuk-!-margin-bottom-1">More times on:</p><ul class="govuk-list govuk-list--bullet">${fuller.map(
      day =>
        html`<li><a class="govuk-link" href="${view.addressOfDay(day.day)}">${saySlotDay(day.shown[0]?.startsAt ?? new Date(0), view.offer.calendars.zone)}</a>, ${day.count} in all</li>`,
    )}</ul>`
  }`
}

function nothingFree({ calendars, unfilled, slots }: Offer): Html {
  if (calendars.isCaseClosed)
    return insetText({ id: 'slot', text: 'This case is closed. Open it again before you book.' })
  const words = unfilled.map(({ role, because }) =>
    because === 'nobody'
      ? `There is no ${roleName(role).toLowerCase()} who may join this case. Check which agencies are party to it, or ask the administrator to invite somebody.`
      : `No ${roleName(role).toLowerCase()} has working hours yet, so nobody can be booked. They set them under “My calendar”, or a coordinator does under “Calendars”.`,
  )
  return insetText({
    // Where a problem with the time lands when there is no time to choose from.
    id: slots.length === 0 ? 'slot' : undefined,
    html: html`${(
      words.length > 0
        ? words
        : [
            'There is no time at which everybody is free. Choose another day, or “anyone who is free first”, or look at the calendars.',
          ]
    ).map(each => html`<p class="govuk-body">${each.replace('idva', 'IDVA')}</p>`)}`,
  })
}
