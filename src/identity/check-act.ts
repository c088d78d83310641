import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FormProblem } from '../foundation/decision.ts'
import { deriveSecret } from '../platform/keys.ts'
import { type Answer, showPage } from '../web/answer.ts'
import { button } from '../web/components/button.ts'
import { notificationBanner } from '../web/components/notification-banner.ts'
import { summaryList } from '../web/components/summary-list.ts'
import { type FieldWriter, fieldWriter } from '../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../web/form.ts'
import { problemSummary, titleWithProblems } from '../web/form-problems.ts'
import { type Html, html } from '../web/html.ts'
import { type FormFields, fieldText } from '../web/request.ts'
import { proofOnPage } from './proof-inputs.ts'
import type { StaffVisit } from './route.ts'
import { staffPage } from './staff-page.ts'

/** A weighty act before it is done: what would follow, as things are at this instant. */
export type ActCheck = {
  /** The act as a question: "Suspend Ida Example?" */
  readonly title: string
  /** What was chosen on the form before. */
  readonly chosen?: readonly { readonly key: string; readonly value: string }[]
  /** What is read to a client before it is done, and is kept as it is here. */
  readonly readAloud?: Html
  /** What follows, a sentence each, worked out from how things are now. */
  readonly follows: readonly (string | Html)[]
  /** How it is undone and by whom, or that it cannot be. */
  readonly undo: string | Html
  /** Where the form is sent. */
  readonly action: string
  /** What the act is done to, carried along. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  /** What is asked before it is done: a reason, where one matters. */
  readonly asks?: (write: FieldWriter) => Html
  /** The act, as its button says it. */
  readonly button: string
  /** It takes two people: password and code are asked for again on this page when they were given long ago. */
  readonly takesTwo?: true
  /** It gives and takes nothing away: its button is not that of a warning. */
  readonly isGiving?: true
  /** The way back, which does nothing. */
  readonly back: { readonly href: string; readonly text: string }
}

/** The field that says which words were read before the button was pressed. */
export const seenField = '_seen'

/**
 * What a browser can send only after it was shown these very words, in this visit, as this person, of this act. So an
 * act is not done where somebody posts straight to it, or where its consequences have changed since they were read.
 */
function sealOf(visit: StaffVisit, words: readonly unknown[]): string {
  return createHmac('sha256', deriveSecret(visit.clinic.key, 'act-checks'))
    .update(JSON.stringify([visit.csrfToken, visit.staff.personId, ...words]))
    .digest('base64url')
}

/** What was typed under some names, to be carried along as it was. */
export function carryFields(
  form: FormFields,
  names: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map(name => [name, form.get(name) ?? []]))
}

/** The hidden field of a page that says what follows in its own words, and is itself what must have been read. */
export function seenWords(visit: StaffVisit, words: readonly unknown[]): Html {
  return html`<input type="hidden" name="${seenField}" value="${sealOf(visit, words)}">`
}

/** Whether the words of such a page were read as they are now; otherwise it is to be shown, and nothing done. */
export function hasSeenWords(visit: StaffVisit, form: FormFields, words: readonly unknown[]): boolean {
  return isSame(fieldText(form, seenField), sealOf(visit, words))
}

const wordsOf = (check: ActCheck): readonly unknown[] => {
  const { asks: _asks, ...read } = check
  return [read]
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}

/**
 * The page before a weighty act, or null when the person acting has read this very page and all it asks is answered:
 * then, and only then, the act is done. Call it in the transaction that does the act.
 */
export function findActCheck(
  visit: StaffVisit,
  form: FormFields,
  check: ActCheck,
  problems: readonly FormProblem[] = [],
  status = 422,
): Answer | null {
  const seal = sealOf(visit, wordsOf(check))
  const seen = fieldText(form, seenField)
  if (seen === '') return showActCheck(visit, form, check)
  if (!isSame(seen, seal)) {
    return showPage(checkView(visit, form, check, { seal, problems: [], isChanged: true }), 409)
  }
  if (problems.length > 0) {
    return showPage(checkView(visit, form, check, { seal, problems, isChanged: false }), status)
  }
  return null
}

/** The page before a weighty act, for anyone who comes to it. */
export function showActCheck(visit: StaffVisit, form: FormFields, check: ActCheck): Answer {
  const seal = sealOf(visit, wordsOf(check))
  return showPage(checkView(visit, form, check, { seal, problems: [], isChanged: false }))
}

function checkView(
  visit: StaffVisit,
  form: FormFields,
  check: ActCheck,
  state: {
    readonly seal: string
    readonly problems: readonly FormProblem[]
    readonly isChanged: boolean
  },
): Html {
  const { problems } = state
  const carried = Object.entries(check.fields).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map(
      each => html`<input type="hidden" name="${name}" value="${each}">`,
    ),
  )
  return staffPage(visit, {
    title: titleWithProblems(check.title, problems),
    back: check.back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}${
      state.isChanged &&
      notificationBanner({
        text: 'Something changed since you read this page, and nothing was done. Read again what follows now.',
      })
    }<h1 class="govuk-heading-l">${check.title}</h1>${
      check.chosen &&
      summaryList({
        rows: check.chosen.map(({ key, value }) => ({
          key: { text: key },
          value: { html: html`<bdi>${value}</bdi>` },
        })),
      })
    }${check.readAloud && html`<h2 class="govuk-heading-m">Read this to the client</h2>${check.readAloud}`}<h2 class="govuk-heading-m">What follows</h2><ul class="govuk-list govuk-list--bullet">${check.follows.map(
      each => html`<li>${each}</li>`,
    )}</ul><h2 class="govuk-heading-m">How it is undone</h2><p class="govuk-body">${check.undo}</p>${startForm(
      { action: check.action, csrfToken: visit.csrfToken, once: readOnce(form) ?? newOnce() },
      html`<input type="hidden" name="${seenField}" value="${state.seal}">${carried}`,
      check.asks ? check.asks(fieldWriter(form, problems)) : html``,
      check.takesTwo ? proofOnPage(visit) : html``,
      html`<div class="govuk-button-group">${button({
        text: check.button,
        classes: check.isGiving ? '' : 'govuk-button--warning',
        preventDoubleClick: true,
      })}<a class="govuk-link" href="${check.back.href}">Do nothing and go back</a></div>`,
    )}</div></div>`,
  })
}
