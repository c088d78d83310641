import type { DiaryEntry } from '../../../chronology/diary-entry.ts'
import { sayWhen as sayWhenItWas } from '../../../chronology/say-when.ts'
import { channelsWithVerdicts } from '../../../contact/channel-verdict-line.ts'
import type { CurrentChannels } from '../../../contact/operations/list-channels.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { MadePhrases } from '../../../identity/operations/make-phrases.ts'
import type { PhraseState } from '../../../identity/operations/phrase-state.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { adviceAnchor, sayUsedAt } from '../../../identity/second-phrase.ts'
import { staffAlarms, staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { layoutPage } from '../../../web/layout.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'

const title = 'Case phrase'

export type PhraseView = PhraseState & {
  readonly zone: string
  readonly channels: CurrentChannels
  /** What was written in the visits of the second phrase, the newest first. */
  readonly written: { readonly notes: readonly DiaryEntry[]; readonly isAll: boolean }
  /** What was done about earlier uses, the newest first. */
  readonly looks: readonly { readonly at: Date; readonly by: string; readonly note: string }[]
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** The state of the phrase of a case, and the form that makes a new one. */
export function phraseView(visit: CaseVisit, view: PhraseView): Html {
  const { csrfToken, caseId } = visit
  const write = fieldWriter(view.typed, view.problems)
  const base = `/cases/${caseId}/phrase`
  return staffPage(visit, {
    title: titleWithProblems(title, view.problems),
    body: html`${caseNavigation(visit, 'phrase')}${problemSummary(view.problems)}
<h1 class="govuk-heading-l">${title}</h1>
${view.duressUses.length > 0 && duressView(visit, view, base)}
${view.duressUses.length === 0 && notKeptView(view)}
<p class="govuk-body">With a phrase of words the client signs in at <strong>/my</strong> on this site, without email or phone. ${
      view.madeAt
        ? html`There has been one since ${sayMoment(view.madeAt, view.zone)}.`
        : 'There is none yet.'
    }</p>
<p class="govuk-body">A new phrase is shown once, here, and can be printed. Hand it over in person, or say it in a call that you both know to be safe. Never send it. ${
      view.madeAt && 'It ends the one before, and signs the client out everywhere.'
    }</p>
<p class="govuk-body">A call is safe only on a way that may be used now:</p>
<div class="govuk-body">${channelsWithVerdicts(view.channels)}</div>
<h2 class="govuk-heading-m">Make a new phrase</h2>
${startForm(
  { action: base, csrfToken },
  write.choose('check', 'How did you make sure that this is the client?', [
    { value: 'code-words', text: 'The client said a code word, and I said ours' },
    { value: 'known-in-person', text: 'The client is with me, and I know them' },
    { value: 'agreed-otherwise', text: 'Another check that was agreed with the client' },
  ]),
  write.tick('agreed', 'The check', [
    { value: 'yes', text: 'It is the check that was agreed beforehand, both ways' },
  ]),
  button({ text: 'Make a new phrase', preventDoubleClick: true }),
)}
${view.duressUses.length === 0 && writtenView(view)}
${looksView(view)}`,
  })
}

function duressView(visit: CaseVisit, view: PhraseView, base: string): Html {
  const { duressUses, zone, written } = view
  const { words } = fieldWriter(view.typed, view.problems)
  const again = duressUses.flatMap(each => each.againAt ?? [])
  return html`<h2 class="govuk-heading-m" id="${adviceAnchor}">What to do now</h2>
${warningText({ text: `The second phrase was used${sayUsedAt(duressUses, zone)}. The client may not be alone, or was made to sign in.`, iconFallbackText: 'Warning' })}
<p class="govuk-body">Do not ring, write or go there. Look at the plan for safe contact first, and tell the people who work with the client. If there is danger now, call 999.</p>
<p class="govuk-body">The person who signed in sees pages like those of a new client, and may still be there: such a visit ends ten minutes after its last page, an hour after it began at the latest. ${again.length > 0 && html`<strong>Something was written after it was looked into, last on ${sayMoment(new Date(Math.max(...again.map(each => each.getTime()))), zone)}.</strong>`}</p>
${writtenView(view)}
${startForm(
  { action: `${base}/second`, csrfToken: visit.csrfToken },
  html`<input type="hidden" name="uses" value="${duressUses.map(each => each.useId).join(' ')}"><input type="hidden" name="last" value="${written.notes[0]?.entryId ?? ''}">`,
  words('note', 'What did you do about it?', {
    rows: 3,
    hint: 'Kept sealed. The alarm ends with it, for everybody; the client does not read of it.',
  }),
  button({
    text: 'I have looked into this',
    classes: 'govuk-button--secondary',
    preventDoubleClick: true,
  }),
)}`
}

/** Words from such a visit: nobody knows whose they are, and nothing is made of them. */
function writtenView({ written, zone }: PhraseView): Html {
  if (written.notes.length === 0) return html``
  return html`<h2 class="govuk-heading-m">Written with the second phrase</h2>
<p class="govuk-body">By whom is not known: it may be from the person who made the client sign in, or a signal from the client. It stands nowhere else in this case.</p>
<ul class="govuk-list">${written.notes.map(
    each =>
      html`<li class="govuk-!-margin-bottom-4"><span class="govuk-hint">Saved ${sayMoment(each.writtenAt, zone)}${each.corrects !== null && ', as a correction'}. ${sayWhenItWas(each.when, each.zone)}</span>${inLines(each.what)}${each.felt !== '' && inLines(each.felt)}</li>`,
  )}</ul>${!written.isAll && html`<p class="govuk-body">There are older ones. The newest ${written.notes.length} are shown.</p>`}`
}

/**
 * What somebody typed while somebody else closed the last use: there is no form any more that it could come back in.
 */
function notKeptView({ typed, problems }: PhraseView): Html {
  const message = problems.find(each => each.field === 'note')?.message
  if (message === undefined) return html``
  return html`<div class="govuk-inset-text" id="note"><p class="govuk-body"><strong>${message}.</strong></p>${inLines(fieldText(typed, 'note'))}</div>`
}

/** What was done before, for the person who comes to it the next time. */
function looksView({ looks: accesses, zone }: PhraseView): Html {
  if (accesses.length === 0) return html``
  return html`<h2 class="govuk-heading-m">What was done about earlier uses</h2>
<ul class="govuk-list">${accesses.map(
    each =>
      html`<li class="govuk-!-margin-bottom-4"><span class="govuk-hint">${sayMoment(each.at, zone)}, <bdi>${each.by}</bdi></span>${inLines(each.note)}</li>`,
  )}</ul>`
}

const inLines = (text: string): Html =>
  html`<div class="govuk-body" dir="auto">${text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`)}</div>`

/**
 * The words, shown this once: two slips that say nothing of what they are for (S2). The page has no name of ours in its
 * title, because a browser may print that too.
 */
export function slipsView(visit: CaseVisit, made: MadePhrases): Html {
  const body = html`<div class="not-printed">
<h1 class="govuk-heading-l">${title}</h1>
${warningText({ text: 'These words are shown once. When you leave this page nobody can see them again.', iconFallbackText: 'Warning' })}
<p class="govuk-body">Read them aloud together, or print this page: each list comes on a paper of its own, without a word of what it is for. If your browser offers to print headers and footers, choose not to. Ask the client first whether paper is safe to keep.</p>
<h2 class="govuk-heading-m">The phrase</h2></div>
${slip(made.open)}
<div class="not-printed"><h2 class="govuk-heading-m">The second phrase</h2>
<p class="govuk-body">For when somebody makes the client sign in. It opens the pages of a new client: nothing of the client is there, notes can be written, and we are told at once. It is best learnt by heart and never kept beside the first.</p></div>
${slip(made.duress)}
<p class="govuk-body not-printed"><a class="govuk-link" href="/cases/${visit.caseId}">Done</a></p>`
  return layoutPage({ kind: 'staff', title: 'Words', body, first: staffAlarms(visit) })
}

function slip(words: readonly string[]): Html {
  return html`<p class="govuk-body-l slip"><strong>${words.join(' ')}</strong></p>`
}

/** Shown when the form comes a second time: the words are gone, and the phrase they belong to is in force. */
export function madeAlreadyView(visit: CaseVisit): Html {
  return staffPage(visit, {
    title,
    body: html`${caseNavigation(visit, 'phrase')}<h1 class="govuk-heading-l">This phrase was made already</h1>
<p class="govuk-body">Its words were shown once. If they were not written down, <a class="govuk-link" href="/cases/${visit.caseId}/phrase">make a new phrase</a>.</p>`,
  })
}
