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
import type { CatalogueEntry, CatalogueQuestion } from '../../catalogue-entry.ts'
import {
  beliefAnswers,
  chooseStatement,
  type Ground,
  grounds,
  type Inventory,
  isContradicted,
  type Thing,
} from '../../inventory.ts'
import { sayBelief, sayGround, sayGroundShort } from '../../say-inventory.ts'
import { notKnown } from './form.ts'

export type ThingView = {
  readonly thing: Thing
  readonly entry: CatalogueEntry
  readonly inventory: Inventory
  readonly revision: number
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
  /** The thing with questions that comes after this one. */
  readonly nextThing: Thing | null
}

/** The questions about one thing, what was said to each and how that is known. */
export function showThing(visit: CaseVisit, view: ThingView): Html {
  const { thing, entry, problems } = view
  const base = `/cases/${visit.caseId}/map`
  return staffPage(visit, {
    title: titleWithProblems(`${entry.title} on the access map`, problems),
    back: { href: base, text: 'Back to the map' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<span class="govuk-caption-l">${entry.title}</span><h1 class="govuk-heading-l"><bdi>${thing.label}</bdi></h1>
<p class="govuk-body">${entry.says}</p>
<p class="govuk-body"><a class="govuk-link" href="${base}/things/${thing.thingId}/check">Device check: what was looked at on it, and what was found</a></p>
${thing.isGone && insetText({ text: 'The client no longer has this. It is not in the picture.' })}
${view.mayChange ? questionForm(visit, view) : answersOnly(view)}
${details({
  summary: { text: 'What to keep before anything is changed' },
  html: html`<ul class="govuk-list govuk-list--bullet">${entry.capture.map(each => html`<li>${each}</li>`)}</ul>`,
})}
${details({
  summary: { text: 'How to go about it' },
  html: html`<ol class="govuk-list govuk-list--number">${entry.playbook.map(each => html`<li>${each}</li>`)}</ol><p class="govuk-body-s">Source: ${entry.source} Last checked on ${entry.lastChecked}.</p>`,
})}
${view.mayChange && goneForm(visit, view)}
</div></div>`,
  })
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
    html`<input type="hidden" name="seen" value="${String(view.revision)}">`,
    line('label', 'What does the client call it?'),
    ...entry.questions.map(question => questionField(view, question)),
    words('note', 'Note', { hint: 'Who set it up, who pays for it, since when. Facts, not guesses.' }),
    choose(
      'ground',
      'How is what you changed here known?',
      grounds.map(each => ({ value: each, text: sayGround(each) })),
    ),
    button({
      text: view.nextThing ? `Save and go on to ${view.nextThing.label}` : 'Save',
      preventDoubleClick: true,
    }),
  )
}

function questionField(view: ThingView, question: CatalogueQuestion): Html {
  const { thing, typed, problems, inventory } = view
  const { choose, tick } = fieldWriter(typed, problems)
  const name = `q-${question.id}`
  const hint = [question.hint, sayStatements(thing, question, inventory)].filter(Boolean).join(' ')
  const options = hint === '' ? {} : { hint }
  if (question.kind === 'belief') {
    const choices = beliefAnswers.map(each => ({ value: each, text: sayBelief(each) }))
    return choose(name, question.ask, choices, { ...options, inline: true })
  }
  const others = inventory.things.filter(
    each => question.of.includes(each.entry) && !each.isGone && each.thingId !== thing.thingId,
  )
  return html`<input type="hidden" name="${name}-asked" value="yes">${tick(
    name,
    question.ask,
    [
      ...others.map(each => ({ value: each.thingId, text: each.label })),
      { value: notKnown, text: 'One that is not on the map, or not known' },
      { value: 'none', text: 'None of these' },
    ],
    options,
  )}`
}

/** What was said so far, each with how it is known: "So far: yes (told), no (seen). They disagree." */
function sayStatements(thing: Thing, question: CatalogueQuestion, inventory: Inventory): string {
  const said = Object.entries(thing.answers[question.id] ?? {})
  if (said.length === 0) return ''
  const nameOf = (id: string): string => inventory.things.find(each => each.thingId === id)?.label ?? id
  const parts = grounds.flatMap(ground => {
    const statement = said.find(([each]) => each === ground)?.[1]
    if (!statement) return []
    const named = statement.things.map(nameOf).join(', ')
    const words =
      question.kind === 'belief'
        ? sayBelief(statement.belief).toLowerCase()
        : [named, statement.belief === 'unknown' ? 'not all known' : named === '' ? 'none' : '']
            .filter(Boolean)
            .join(', ')
    return [`${words} (${sayGroundShort(ground satisfies Ground)})`]
  })
  const disagree = isContradicted(thing, question.id)
    ? ' They disagree; the map goes by the more cautious one.'
    : ''
  return `So far: ${parts.join('; ')}.${disagree}`
}

function answersOnly({ thing, entry, inventory }: ThingView): Html {
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

/** The fields as the newest revision has them; a question nobody answered has nothing chosen. */
export function fillFromThing(thing: Thing, entry: CatalogueEntry): FormFields {
  const fields = new Map<string, readonly string[]>([
    ['label', [thing.label]],
    ['note', [thing.note]],
    ['ground', ['told']],
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
