import { channelsWithVerdicts } from '../../../contact/channel-verdict-line.ts'
import type { CurrentChannels } from '../../../contact/operations/list-channels.ts'
import { roleName } from '../../../identity/role.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { newOnce, startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { sayPlaceKind } from '../../appointment.ts'
import type { Calendars } from '../../operations/load-calendars.ts'
import { saySlot } from '../../say-slot.ts'
import { endsOf } from '../../slot-shape.ts'
import { type Chosen, hiddenFields, wishFields } from '../parts/appointment-form.ts'

export type CheckView = {
  readonly chosen: Chosen
  readonly domesticAbuse: boolean
  readonly calendars: Calendars
  /** Null where the person booking may not see the client's channels. */
  readonly problems: CurrentChannels | null
  readonly typed: FormFields
}

/** What would be booked, once more, before it is. */
export function checkView(
  visit: CaseVisit,
  { chosen, domesticAbuse, calendars, problems: inTheWay, typed }: CheckView,
): Html {
  const { slot, placeKind, place } = chosen
  const path = `/cases/${visit.caseId}/appointments`
  const nameOf = new Map(calendars.calendars.map(each => [each.personId, each.name]))
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } })
  const title = 'Check before you book'
  return staffPage(visit, {
    title,
    back: { href: `${path}/new`, text: 'Start again' },
    body: html`<h1 class="govuk-heading-l">${title}</h1>${summaryList({
      rows: [
        row('When', saySlot(slot.startsAt, endsOf(slot.startsAt, calendars.shape).endsAt, calendars.zone)),
        {
          key: { text: 'Who' },
          value: {
            html: html`${slot.seating.map(
              seat => html`<bdi>${nameOf.get(seat.personId) ?? ''}</bdi>, ${roleName(seat.role)}<br>`,
            )}`,
          },
        },
        row('Domestic abuse', domesticAbuse ? 'Yes, an IDVA joins' : 'No'),
        row('How', sayPlaceKind(placeKind)),
        ...(place === ''
          ? []
          : [{ key: { text: 'Where exactly' }, value: { html: html`<bdi>${place}</bdi>` } }]),
        row('Write-up', `${calendars.shape.writeUpMinutes} minutes are kept after it`),
      ],
    })}<p class="govuk-body">Nobody is written to. Tell the client by a way that may be used now${placeKind === 'phone' && ', and ring for the appointment on no other'}:</p><div class="govuk-body">${channelsWithVerdicts(inTheWay)}</div>${startForm(
      { action: path, csrfToken: visit.csrfToken, once: newOnce() },
      hiddenFields(typed, [...wishFields, 'slot', 'placeKind', 'place']),
      button({ text: 'Book the appointment', preventDoubleClick: true }),
    )}`,
  })
}
