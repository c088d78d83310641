import { listChannelsInSight } from '../../../contact/operations/list-channels.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { placeKinds, sayPlaceKind } from '../../appointment.ts'
import { bookAppointment, checkBooking } from '../../operations/book-appointment.ts'
import { type Offer, offerSlots, type SlotWish } from '../../operations/offer-slots.ts'
import { suggestIdva } from '../../operations/suggest-idva.ts'
import { sayBookingRefusal } from '../../say-refusal.ts'
import {
  hiddenFields,
  queryOfDay,
  readChosen,
  readQuery,
  readWish,
  wishFields,
} from '../parts/appointment-form.ts'
import { timesFieldsView } from '../parts/times-view.ts'
import { wishFormView } from '../parts/wish-view.ts'
import { checkView } from './check-view.ts'

const title = 'Book an appointment'

/** Who is needed, and, once that is said, when they are all free. The address holds the question and nobody's name. */
export async function askForAppointment({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const typed = readQuery(query)
  return choosePage(visit, typed, typed.has('abuse') ? { problems: [], status: 200 } : null)
}

/** Shows once more what would be booked. */
export async function checkAppointment({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const wish = readWish(form)
  const read = readChosen(form)
  if (!wish.ok || !read.ok) {
    const problems = [...(wish.ok ? [] : wish.problems), ...(read.ok ? [] : read.problems)]
    return choosePage(visit, form, { problems, status: 422 })
  }
  const { domesticAbuse } = wish.wish
  const { checked, channels: inTheWay } = await visit.onCase(async transaction => ({
    checked: await checkBooking(transaction, visit.caseId, { ...read.chosen.slot, domesticAbuse }),
    channels: await listChannelsInSight(visit.clinic, transaction, visit.caseId),
  }))
  if (!checked.allowed) return choosePage(visit, form, refused(checked.because))
  const { chosen } = read
  return showPage(
    checkView(visit, {
      chosen,
      domesticAbuse,
      calendars: checked.calendars,
      problems: inTheWay,
      typed: form,
    }),
  )
}

/** Books it, or says kindly why not, with everything still there and the next times beside it. */
export async function takeAppointment({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const wish = readWish(form)
  const read = readChosen(form)
  if (!wish.ok || !read.ok) {
    const problems = [...(wish.ok ? [] : wish.problems), ...(read.ok ? [] : read.problems)]
    return choosePage(visit, form, { problems, status: 422 })
  }
  const { slot, placeKind, place } = read.chosen
  const choice = { ...slot, domesticAbuse: wish.wish.domesticAbuse, placeKind, place }
  const result = await visit.onCase(transaction =>
    bookAppointment(visit.clinic, transaction, visit.staff.personId, visit.caseId, choice, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/appointments/${result.appointmentId}`)
  return choosePage(visit, form, refused(result.because))
}

type Shown = { readonly problems: readonly FormProblem[]; readonly status: number }

const refused = (because: Parameters<typeof sayBookingRefusal>[0]): Shown => ({
  problems: [{ field: 'slot', message: sayBookingRefusal(because) }],
  status: 409,
})

/** The page of times; with nothing asked for yet, the page that asks who is needed. */
async function choosePage(visit: CaseVisit, typed: FormFields, shown: Shown | null): Promise<Answer> {
  const read = readWish(typed)
  const wish = shown && read.ok ? read.wish : null
  const found = await visit.onCase(async transaction => ({
    suggestion: await suggestIdva(transaction, visit.caseId),
    // Before anything is asked for, the same operation says who may join at all.
    offer: await offerSlots(transaction, visit.caseId, wish ?? anybody, { atMost: wish ? 1000 : 0 }),
  }))
  const problems = shown ? [...(read.ok ? [] : read.problems), ...shown.problems.filter(isOfTimes)] : []
  const suggested = found.suggestion.domesticAbuse
  const withSuggestion: FormFields =
    shown || suggested === null ? typed : new Map([...typed, ['abuse', [suggested ? 'yes' : 'no']]])
  const path = `/cases/${visit.caseId}/appointments`
  const question = wishFormView({
    action: `${path}/new`,
    calendars: found.offer.calendars.calendars,
    because: found.suggestion.because,
    typed: withSuggestion,
    problems,
  })
  const body = html`${caseNavigation(visit, 'appointment')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">A cyber adviser and a stalking advocate, all or nothing. Nobody is written to when you book.</p>
${question}${wish && timesForm(visit, { wish, offer: found.offer, typed, problems })}`
  const page = staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: path, text: 'Back to appointments' },
  })
  return showPage(page, problems.length > 0 ? (shown?.status === 200 ? 422 : (shown?.status ?? 422)) : 200)
}

const isOfTimes = (problem: FormProblem): boolean => !wishFields.includes(problem.field)

const anybody: SlotWish = { domesticAbuse: true, named: new Map(), fromDay: null, isOnlyThatDay: false }

type Times = {
  readonly wish: SlotWish
  readonly offer: Offer
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

function timesForm(visit: CaseVisit, { wish, offer, typed, problems }: Times): Html {
  const path = `/cases/${visit.caseId}/appointments`
  const { line, choose } = fieldWriter(typed, problems)
  const times = timesFieldsView({
    offer,
    typed,
    problems,
    isOnlyOneDay: wish.isOnlyThatDay,
    addressOfDay: day => `${path}/new?${queryOfDay(typed, day)}`,
  })
  if (offer.slots.length === 0) return times
  return startForm(
    { action: `${path}/check`, csrfToken: visit.csrfToken, once: newOnce() },
    hiddenFields(typed, wishFields),
    times,
    choose(
      'placeKind',
      'How will you meet?',
      placeKinds.map(kind => ({ value: kind, text: sayPlaceKind(kind) })),
    ),
    line('place', 'Where exactly? (optional)', {
      hint: 'It is kept sealed, and shown only when somebody asks for it. A neutral place, by a neutral name.',
    }),
    button({ text: 'Continue' }),
  )
}
