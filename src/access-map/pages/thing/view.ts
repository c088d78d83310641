import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import { bases, chooseStatement, type Thing } from '../../inventory/inventory.ts'
import { sayAnswerBasis } from '../../inventory/say-inventory.ts'
import { nameThingPlainly } from '../../lock-out/plain-step.ts'
import type { Glance } from '../../operations/load-glance.ts'
import { notKnown } from '../parts/answers-form.ts'
import { changedView, glanceView } from '../parts/glance-view.ts'
import { questionFieldView, sayStatements } from '../parts/question-view.ts'

export type ThingView = {
  readonly thing: Thing
  readonly entry: CatalogueEntry
  readonly glance: Glance
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
  /** The thing with questions that comes after this one. */
  readonly nextThing: Thing | null
}

/** The questions about one thing, what was said to each and how that is known. */
export function thingView(visit: CaseVisit, view: ThingView): Html {
  const { thing, entry, problems } = view
  const base = `/cases/${visit.caseId}/map`
  return staffPage(visit, {
    title: titleWithProblems(`${entry.title} on the access map`, problems),
    back: { href: base, text: 'Back to the map' },
    wide: true,
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="map-beside"><div>
<span class="govuk-caption-l">${entry.title}</span><h1 class="govuk-heading-l"><bdi>${thing.label}</bdi></h1>
<p class="govuk-body">${entry.says}</p>
<p class="govuk-body"><a class="govuk-link" href="${base}/things/${thing.thingId}/check">Device check: what was looked at on it, and what was found</a></p>
${changedView(view.glance.changed)}
${thing.isGone && insetText({ text: 'The client no longer has this. It is not in the picture.' })}
${view.mayChange ? questionForm(visit, view) : answersOnly(view)}
${details({
  summary: { text: 'What to keep before anything is changed' },
  html: html`<ul class="govuk-list govuk-list--bullet">${entry.capture.map(each => html`<li>${each}</li>`)}</ul>`,
})}
${details({
  summary: { text: 'How to go about it' },
  html: html`<ol class="govuk-list govuk-list--number">${entry.playbook.map(each => html`<li>${each}</li>`)}</ol><p class="govuk-body-s">${saySource(entry)}</p>`,
})}
${view.mayChange && goneForm(visit, view)}
</div>${glanceView(base, view.glance)}</div>`,
  })
}

/** Where the words of an entry were read, and when; without a source they count as nobody's knowledge. */
function saySource({ source, lastChecked }: CatalogueEntry): string {
  return source !== undefined && lastChecked !== undefined
    ? `Source: ${source} Last checked on ${lastChecked}.`
    : 'Not checked against a source. What it sends to whom, and when an old way in ends, is taken to be the worse case.'
}

function questionForm(visit: CaseVisit, view: ThingView): Html {
  const { thing, entry, typed, problems } = view
  const { line, words, choose } = fieldWriter(typed, problems)
  return startForm(
    {
      action: `/cases/${visit.caseId}/map/things/${thing.thingId}`,
      csrfToken: visit.csrfToken,
      once: view.once,
    },
    html`<input type="hidden" name="seen" value="${String(view.glance.revision)}">`,
    line('label', 'What does the client call it?'),
    line('onPaper', 'A word for it on paper and on the client’s page (optional)', {
      hint: `Where somebody else may read it, it is now “${nameThingPlainly(thing, view.glance.catalogue.entries)}”. Choose with the client a word that tells them which it is and nobody what it is: “kitchen”, “the blue one”.`,
    }),
    ...entry.questions.map(question =>
      questionFieldView({ thing, question, typed, problems, inventory: view.glance.drawn.inventory }),
    ),
    words('note', 'Note', { hint: 'Who set it up, who pays for it, since when. Facts, not guesses.' }),
    choose(
      'basis',
      'How is what you changed here known?',
      bases.map(each => ({ value: each, text: sayAnswerBasis(each) })),
    ),
    button({
      text: view.nextThing ? `Save and go on to ${view.nextThing.label}` : 'Save',
      preventDoubleClick: true,
    }),
  )
}

function answersOnly({
  thing,
  entry,
  glance: {
    drawn: { inventory },
  },
}: ThingView): Html {
  return html`<dl class="govuk-summary-list">${entry.questions.map(
    question =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${question.ask}</dt><dd class="govuk-summary-list__value">${
        sayStatements(thing, question, inventory) || 'Not asked yet.'
      }</dd></div>`,
  )}</dl>${thing.note !== '' && html`<p class="govuk-body keeps-lines"><bdi>${thing.note}</bdi></p>`}`
}

function goneForm(visit: CaseVisit, { thing }: ThingView): Html {
  return startForm(
    { action: `/cases/${visit.caseId}/map/things/${thing.thingId}/gone`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="gone" value="${thing.isGone ? 'no' : 'yes'}">`,
    button({
      text: thing.isGone ? 'Put it back on the map' : 'Take it off: they no longer have it',
      classes: 'govuk-button--secondary',
      preventDoubleClick: true,
    }),
  )
}

/** The fields by the newest revision. A question without an answer has nothing chosen. */
export function fillFromThing(thing: Thing, entry: CatalogueEntry): FormFields {
  const fields = new Map<string, readonly string[]>([
    ['label', [thing.label]],
    ['onPaper', [thing.onPaper ?? '']],
    ['note', [thing.note]],
    ['basis', ['told']],
  ])
  for (const question of entry.questions) {
    if (thing.answers[question.id] === undefined) continue
    const { belief, things } = chooseStatement(thing, question.id)
    const values =
      question.kind === 'belief'
        ? [belief]
        : [...things, ...(belief === 'unknown' ? [notKnown] : things.length === 0 ? ['none'] : [])]
    fields.set(`q-${question.id}`, values)
  }
  return fields
}
