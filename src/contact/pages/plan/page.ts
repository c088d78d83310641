import { z } from 'zod'
import { recordAct } from '../../../audit/operations/record-act.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { agreeTo, isOnlyCarriedOver, sayCarriedOver } from '../../carry-over.ts'
import type { ContactPlan } from '../../contact-plan.ts'
import { changeContactPlan } from '../../operations/change-plan.ts'
import { loadContactPlan } from '../../operations/load-plan.ts'

const schema = z.object({
  wants: oneOf(['yes', 'no', 'she-calls'], 'Select whether they want to be contacted'),
  voicemail: oneOf(['never', 'vague', 'agreed'], 'Select whether a message may be left'),
  voicemailWords: optionalText({ what: 'The words for a message', max: 500 }),
  weSay: optionalText({ what: 'What we say', max: 200 }),
  theySay: optionalText({ what: 'What they say', max: 200 }),
  ifAnotherAnswers: optionalText({ what: 'What to do if somebody else answers', max: 500 }),
  ifCutOff: optionalText({ what: 'What to do if the call is cut off', max: 500 }),
  trusted: optionalText({ what: 'Somebody both trust', max: 500 }),
})

function write(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  plan?: ContactPlan,
): Answer {
  const { choose, line, words } = fieldWriter(typed, problems)
  const base = `/cases/${visit.caseId}/contact`
  const title = 'What was agreed about contact'
  const page = staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: base, text: 'Back to safe contact' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Talk first, write second. What is safe changes: ask again each time you speak.</p>${
      plan &&
      isOnlyCarriedOver(plan) &&
      insetText({
        html: html`<p class="govuk-body">Said at the referral, and agreed to by nobody yet. Ask again, and write below what holds today.</p><ul class="govuk-list">${sayCarriedOver(plan).map(({ asked, said }) => html`<li>${asked}: <bdi class="keeps-lines">${said}</bdi></li>`)}</ul>`,
      })
    }${startForm(
      { action: `${base}/plan`, csrfToken: visit.csrfToken },
      choose('wants', 'Do they want to be contacted?', [
        { value: 'yes', text: 'Yes, in the ways they say are safe' },
        { value: 'she-calls', text: 'No, they call us' },
        { value: 'no', text: 'No' },
      ]),
      choose('voicemail', 'May a message be left when nobody answers?', [
        { value: 'never', text: 'Never' },
        { value: 'vague', text: 'A first name and nothing else' },
        { value: 'agreed', text: 'The words below' },
      ]),
      line('voicemailWords', 'Words for a message'),
      line('weSay', 'Code word we say', { hint: 'So that they know it is us.' }),
      line('theySay', 'Code word they say', { hint: 'When they cannot talk, or somebody else is there.' }),
      words('ifAnotherAnswers', 'If somebody else answers', { rows: 2 }),
      words('ifCutOff', 'If the call is cut off', { rows: 2, hint: 'Who calls back, and when.' }),
      words('trusted', 'Somebody both trust', {
        rows: 2,
        hint: 'Who, how to reach them, and what they know.',
      }),
      button({ text: 'Keep this', preventDoubleClick: true }),
    )}</div></div>`,
  })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** The form for what has not been agreed yet. What has been is opened by a click of its own, never by an address. */
export async function askForPlan(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await visit.onCase(transaction => loadContactPlan(visit.clinic, transaction, visit.caseId))
  return found ? goTo(`/cases/${visit.caseId}/contact`) : write(visit, new Map(), [])
}

/**
 * The form, filled in as it was agreed. It shows the code words, so it is opened by a deliberate click that is an act of
 * its own (S6): a POST, so that no address and no reload shows them.
 */
export async function openPlan(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId } = visit
  const found = await visit.onCase(async transaction => {
    const agreed = await loadContactPlan(clinic, transaction, caseId)
    if (agreed)
      await recordAct(transaction, {
        verb: 'contact-revealed',
        caseId,
        part: 'contact',
        detail: { field: 'what-was-agreed' },
      })
    return agreed
  })
  return write(visit, found ? fill(found.plan) : new Map(), [], found?.plan)
}

function fill(plan: ContactPlan): FormFields {
  const { wants, voicemail, voicemailWords, weSay, theySay, ifAnotherAnswers, ifCutOff, trusted } = plan
  // What nobody has asked yet is chosen by nobody.
  const asked = isOnlyCarriedOver(plan) ? {} : { wants, voicemail }
  const all = { ...asked, voicemailWords, weSay, theySay, ifAnotherAnswers, ifCutOff, trusted }
  return new Map(Object.entries(all).map(([name, value]) => [name, [value]]))
}

export async function takeContactPlan({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const read = readForm(schema, form)
  if (!read.ok) return write(visit, form, read.problems)
  if (read.value.voicemail === 'agreed' && read.value.voicemailWords === '')
    return write(visit, form, [
      { field: 'voicemailWords', message: 'Enter the words that were agreed for a message' },
    ])
  await visit.onCase(transaction =>
    changeContactPlan(visit.clinic, transaction, visit.caseId, plan => agreeTo(plan, read.value)),
  )
  return goTo(`/cases/${visit.caseId}/contact`)
}
