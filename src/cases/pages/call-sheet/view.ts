import { type AreaDoubt, sayAreaDoubt } from '../../../directory/area.ts'
import type { FoundService } from '../../../directory/find-services.ts'
import type { Profile } from '../../../directory/profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { panel } from '../../../web/components/panel.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { Reachability } from '../../referral.ts'
import { sharingPromise } from '../parts/promise.ts'
import { referralQuestions } from '../parts/referral-form/questions.ts'
import { serviceListsView } from '../parts/services-view.ts'

export type CallSheetView = {
  readonly profile: Profile
  readonly once: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** The call sheet: one screen, in the order of the call, for the keyboard alone. */
export function callSheetView(visit: StaffVisit, view: CallSheetView): Html {
  const { profile, typed, problems } = view
  const { happening, signs, people, times } = referralQuestions({
    audience: 'call',
    profile,
    typed,
    problems,
  })
  return staffPage(visit, {
    title: titleWithProblems('Take a call', view.problems),
    body: html`${problemSummary(view.problems)}
<h1 class="govuk-heading-m govuk-!-margin-bottom-1">Take a call</h1>
<p class="govuk-body-s govuk-!-margin-bottom-2">Leave empty what was not said: it is asked later. Save at any moment, also when the caller hangs up.</p>
${startForm(
  { action: '/calls/new', csrfToken: visit.csrfToken, once: view.once },
  html`<div class="one-screen one-screen--parts"><div>${happening}</div><div>${signs}</div><div>${people}</div><div>${times}${button({ text: 'Save the call', preventDoubleClick: true })}</div></div>`,
)}`,
    wide: true,
  })
}

export type SavedCallView = {
  readonly reference: string
  readonly outcome: 'ours' | 'ask' | 'not-ours'
  readonly ask: readonly string[]
  readonly areaDoubt: AreaDoubt | null
  readonly emergencyFirst: boolean
  readonly services: readonly FoundService[]
  readonly next: readonly string[]
  readonly reach: Reachability | null
}

/** Whether we can call them back, so that it is settled while they are still on the line. */
function reachPart(reach: Reachability | null): Html | false {
  switch (reach) {
    case 'no-safe-way':
      return html`${warningText({ text: 'They asked to be contacted, and no way is known that is safe. We will not be able to reach them.' })}<p class="govuk-body">If they are still there, ask for a way and whether it is safe, and take the call again with it. If there is none, agree when they ring us.</p>`
    case 'not-said':
      return html`<p class="govuk-body">It was not said whether we may contact them, so we will not. Ask now, or agree when they ring us.</p>`
    case 'not-wanted':
      return html`<p class="govuk-body">They do not want to be contacted, so we will not. Agree when they ring us.</p>`
    case 'safe-way':
    case null:
      return false
  }
}

const questions: readonly (readonly [string, string])[] = [
  ['adult', 'whether they are an adult'],
  ['area', 'where they live: the full postcode, or the council they pay council tax to'],
  ['cyberstalked', 'whether devices, accounts or the internet play a part'],
]

/** What was decided, what to read out, and what to do next. */
export function savedCallView(visit: StaffVisit, view: SavedCallView): Html {
  const isOurs = view.outcome !== 'not-ours'
  return staffPage(visit, {
    title: 'Call saved',
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${panel({ title: { text: 'Call saved' }, html: html`Reference to read out<br><strong>${view.reference}</strong>` })}
${view.emergencyFirst && warningText({ text: 'Danger now: make sure that they have called 999, or call 999 for them if they agree or a life is at risk.' })}
${
  view.outcome === 'ask' &&
  html`<h2 class="govuk-heading-m">Still to ask</h2><p class="govuk-body">If they are still on the phone, ask now and tell a coordinator. ${view.reach === 'safe-way' ? 'If not, a coordinator will ask' : 'Nobody can ask later, as it stands'}:</p>
<ul class="govuk-list govuk-list--bullet">${questions.filter(([code]) => view.ask.includes(code)).map(([code, words]) => html`<li>${words}${code === 'area' && view.areaDoubt && html`<br>${sayAreaDoubt(view.areaDoubt)}`}</li>`)}</ul>`
}
${
  isOurs
    ? html`${reachPart(view.reach)}${view.reach === 'safe-way' && html`<h2 class="govuk-heading-m">Tell them what happens next</h2><ul class="govuk-list govuk-list--bullet">${view.next.map(line => html`<li>${line}</li>`)}</ul>`}<h2 class="govuk-heading-m">Read out who gets to know</h2>${sharingPromise()}`
    : html`<h2 class="govuk-heading-m">Not for this clinic: tell them who can help</h2><p class="govuk-body">Only that somebody asked, and why, was kept. No name and no number.</p>${serviceListsView([{ found: view.services, level: 3 }])}`
}
${button({ text: 'Take the next call', href: '/calls/new' })}
</div></div>`,
  })
}
