import { type ActCheck, findActCheck, seenField, showActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { closingOutcomes, sayOutcome } from '../../closing.ts'
import { closeCase, reopenCase } from '../../operations/close-case.ts'
import { findCaseLine } from '../../operations/list-caseload.ts'
import { countHangingOn, type HangingOn } from '../../operations/weigh-sight.ts'
import { caseClosingForm } from './form.ts'

const many = (count: number, one: string, more: string): string =>
  count === 0 ? `no ${one}` : `${count} ${count === 1 ? one : more}`

function closingOf(visit: CaseVisit, { appointments, messages, tasks }: HangingOn): ActCheck {
  const path = `/cases/${visit.caseId}`
  return {
    title: 'Close this case?',
    follows: [
      'A case closes because the client and those who work with them agree that it may, never because somebody did not answer: no contact can mean harm.',
      'The client cannot sign in with their phrase any more, and anyone who is signed in with it is out at once.',
      appointments === 0
        ? 'No appointment is coming. None can be booked while it is closed.'
        : `There ${appointments === 1 ? 'is' : 'are'} ${many(appointments, 'coming appointment', 'coming appointments')}. Nothing is cancelled and nobody is told: cancel or hold ${appointments === 1 ? 'it' : 'them'} first.`,
      messages === 0
        ? 'No message waits to be sent, and none is sent while it is closed.'
        : `${many(messages, 'message waits', 'messages wait')} and will not be sent.`,
      `It has ${many(tasks, 'open task', 'open tasks')}${tasks === 0 ? '.' : ', which stay open.'}`,
      'Nothing is removed, every consent stays as it is, and everybody who sees the case now still sees it.',
    ],
    undo: 'A coordinator can open it again on this same page, with everything in it.',
    action: `${path}/close`,
    fields: {},
    asks: ({ choose }) =>
      choose(
        'outcome',
        'How is contact by the suspected person now?',
        closingOutcomes.map(each => ({ value: each, text: sayOutcome(each) })),
      ),
    button: 'Close the case',
    back: { href: path, text: 'Back to the case' },
  }
}

function reopeningOf(visit: CaseVisit): ActCheck {
  const path = `/cases/${visit.caseId}`
  return {
    title: 'Open this case again?',
    follows: [
      'Everything in it is still there, and so is every consent that has not ended: ask the client whether each still holds.',
      'The client can sign in again with the phrase they had. If it may be in other hands, make a new one at once.',
      'What was agreed about contact may be too old. Look at it before anything is sent.',
    ],
    undo: 'A coordinator can close it again.',
    action: `${path}/close`,
    fields: { again: 'yes' },
    button: 'Open it again',
    isGiving: true,
    back: { href: path, text: 'Back to the case' },
  }
}

/** What would follow: for an open case its closing, for a closed one its opening; null when it is not in sight. */
async function find(visit: CaseVisit, transaction: Transaction) {
  const state = (await findCaseLine(transaction, visit.caseId))?.state
  if (!state) return null
  return state === 'closed'
    ? { state, check: reopeningOf(visit) }
    : { state, check: closingOf(visit, await countHangingOn(transaction, visit.caseId)) }
}

const notFound = (): Answer => showPage(problemPage(404), 404)

/** Anyone who may say how soon somebody must act, but not see the first page of the case, cannot end it either. */
const withoutOverview = (visit: CaseVisit): Answer =>
  showPage(
    staffPage(visit, {
      title: 'You cannot close this case',
      body: html`<h1 class="govuk-heading-l">You cannot close this case</h1>
<p class="govuk-body">The client has not agreed that your agency sees the first page of the case, so it cannot be closed or opened again from here. Nothing was changed. Ask a coordinator whose agency sees it.</p>`,
    }),
  )

/** Asks how the case ends, or whether a closed case opens again. */
export async function askForClosing(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return visit.onCase(async transaction => {
    const found = await find(visit, transaction)
    if (found) return showActCheck(visit, new Map(), found.check)
    return visit.sees('overview', 'read') ? notFound() : withoutOverview(visit)
  })
}

/** Closes a case, or opens it again, after a page that says what follows. */
export async function takeClosing({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return visit.onCase(transaction => take(transaction, form, visit))
}

async function take(transaction: Transaction, form: FormFields, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const found = await find(visit, transaction)
  if (!found) return notFound()
  const wantsOpen = fieldText(form, 'again') === 'yes'
  // The same form sent twice: what it asked for is so already.
  if (wantsOpen === (found.state === 'open') && fieldText(form, seenField) !== '')
    return goTo(`/cases/${caseId}`)
  const read = readForm(caseClosingForm, form)
  const problems = read.ok || found.state === 'closed' ? [] : read.problems
  const page = findActCheck(visit, form, found.check, problems)
  if (page) return page
  if (found.state === 'closed') await reopenCase(transaction, caseId)
  else if (read.ok) await closeCase(transaction, staff.personId, caseId, read.value.outcome)
  return goTo(`/cases/${caseId}`)
}
