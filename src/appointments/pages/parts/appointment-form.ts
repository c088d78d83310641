import type { FormProblem } from '../../../foundation/decision.ts'
import { type PersonId, parseId } from '../../../foundation/ids.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames, readDate } from '../../../web/read-date.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type PlaceKind, placeKinds } from '../../appointment.ts'
import type { JointSlot } from '../../joint-slots.ts'
import type { SlotWish } from '../../operations/offer-slots.ts'
import { type SeatRole, seatRoles } from '../../seat-role.ts'
import { parseSlotChoice } from '../../slot-choice.ts'

export type WishRead =
  | { readonly ok: true; readonly wish: SlotWish }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

/** The names of the fields of a wish, as they travel from page to page. */
export const wishFields = [
  'abuse',
  ...seatRoles,
  ...Object.values(datePartNames('from')),
  'only',
] as readonly string[]

/** The fields of an address, as a form would have sent them. */
export function readQuery(query: URLSearchParams): FormFields {
  return new Map([...new Set(query.keys())].map(name => [name, query.getAll(name)]))
}

/** Reads who is wanted and from when. */
export function readWish(form: FormFields): WishRead {
  const abuse = fieldText(form, 'abuse')
  const from = readDate(form, 'from', { what: 'the first day', required: false })
  const problems: FormProblem[] = [
    ...(abuse === 'yes' || abuse === 'no'
      ? []
      : [{ field: 'abuse', message: 'Select whether there is domestic abuse' }]),
    ...problemsOf(from),
  ]
  if (!from.ok || problems.length > 0) return { ok: false, problems }
  const named = seatRoles.flatMap((role): (readonly [SeatRole, PersonId])[] => {
    const personId = parseId<PersonId>(fieldText(form, role))
    return personId ? [[role, personId]] : []
  })
  return {
    ok: true,
    wish: {
      domesticAbuse: abuse === 'yes',
      named: new Map(named),
      fromDay: from.value,
      isOnlyThatDay: fieldText(form, 'only') === 'yes' && from.value !== null,
    },
  }
}

/** What was chosen: the time with its people, and where. */
export type Chosen = { readonly slot: JointSlot; readonly placeKind: PlaceKind; readonly place: string }

const placeLimit = 500

/** Reads the time, and where the appointment is, all problems at once. */
export function readChosen(
  form: FormFields,
):
  | { readonly ok: true; readonly chosen: Chosen }
  | { readonly ok: false; readonly problems: readonly FormProblem[] } {
  const slot = parseSlotChoice(fieldText(form, 'slot'))
  const placeKind = placeKinds.find(each => each === fieldText(form, 'placeKind'))
  const place = cleanText(fieldText(form, 'place')).trim()
  const problems: FormProblem[] = [
    ...(slot ? [] : [{ field: 'slot', message: 'Select a time' }]),
    ...(placeKind ? [] : [{ field: 'placeKind', message: 'Select how you will meet' }]),
    ...([...place].length <= placeLimit
      ? []
      : [{ field: 'place', message: `Where exactly must be ${placeLimit} characters or less` }]),
  ]
  return slot && placeKind && problems.length === 0
    ? { ok: true, chosen: { slot, placeKind, place } }
    : { ok: false, problems }
}

/** Carries what was typed before from page to page. */
export function hiddenFields(typed: FormFields, names: readonly string[]): Html {
  return html`${names.map(name =>
    fieldText(typed, name) === ''
      ? html``
      : html`<input type="hidden" name="${name}" value="${fieldText(typed, name)}">`,
  )}`
}

/** The same wish for every time of one day, as an address. */
export function queryOfDay(typed: FormFields, day: string): string {
  const query = new URLSearchParams()
  for (const name of wishFields) if (fieldText(typed, name) !== '') query.set(name, fieldText(typed, name))
  const [year = '', month = '', date = ''] = day.split('-')
  const names = datePartNames('from')
  query.set(names.year, year)
  query.set(names.month, String(Number(month)))
  query.set(names.day, String(Number(date)))
  query.set('only', 'yes')
  return query.toString()
}
