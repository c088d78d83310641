import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { type ConsentState, consentMethods, sayConsentMethod } from '../../consent.ts'
import { findWordsMark } from '../../consent-words.ts'
import { sayBasis } from '../../legal-basis.ts'
import type { ConsentLine, ConsentsOfCase } from '../../operations/list-consents.ts'
import type { ExceptionLine } from '../../operations/list-exceptions.ts'
import { sayUsualPart } from '../../usual-parts.ts'
import { consentLines, consentPreambleView, howQuestions } from '../parts/consent-form.ts'

export type ConsentsView = {
  readonly consents: ConsentsOfCase
  readonly exceptions: readonly ExceptionLine[]
  readonly zone: string
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

const stateTags: Readonly<Record<ConsentState, readonly [string, string]>> = {
  'in-force': ['In force', 'govuk-tag--green'],
  'not-yet': ['Not yet', 'govuk-tag--grey'],
  ended: ['Ended', 'govuk-tag--grey'],
  withdrawn: ['Withdrawn', 'govuk-tag--red'],
}

/** The consents of a case, now and before; and, for a coordinator, the forms to give and withdraw one. */
export function consentsView(visit: CaseVisit, view: ConsentsView): Html {
  const { consents, problems } = view
  const barred = consents.bars.filter(bar => bar.liftedAt === null)
  return staffPage(visit, {
    title: titleWithProblems('Consents', problems),
    back: { href: `/cases/${visit.caseId}` },
    body: html`${caseNavigation(visit, 'consent')}${problemSummary(problems)}<h1 class="govuk-heading-l">Consents</h1>
<p class="govuk-body">An agency sees a part of this case only while a consent for it is in force. A withdrawal takes effect at once.</p>
${scrollingRegion({
  label: 'Consents',
  html: table({
    caption: 'Consents, the newest first',
    captionClasses: 'govuk-visually-hidden',
    head: [
      { text: 'Agency' },
      { text: 'May see' },
      { text: 'Given' },
      { text: 'Until' },
      { text: 'State' },
      ...(view.mayChange ? [{ text: 'Change' }] : []),
    ],
    rows: consents.lines.map(line => [
      { text: line.agencyName },
      { text: line.parts.map(sayUsualPart).join(', ') },
      { text: `${sayMoment(line.inForceFrom, view.zone)}. ${sayHow(line)}` },
      { text: line.inForceUntil ? sayMoment(line.inForceUntil, view.zone) : 'No end' },
      {
        html: html`${tag({ text: stateTags[line.state][0], classes: stateTags[line.state][1] })}${
          line.withdrawnAt && html` ${sayMoment(line.withdrawnAt, view.zone)}`
        }`,
      },
      ...(view.mayChange ? [{ html: withdrawForm(visit, line) }] : []),
    ]),
  }),
})}
${showWords(view)}
${showWaiting(view.exceptions.filter(each => each.state === 'asked'))}
${
  barred.length > 0 &&
  html`<h2 class="govuk-heading-m">Never by name</h2><ul class="govuk-list govuk-list--bullet">${barred.map(
    bar => html`<li><bdi>${bar.personName}</bdi></li>`,
  )}</ul>`
}
${view.mayChange && html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/without-consent">Share without consent</a></p><p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/bars">Who must never see this case</a></p>${giveForm(visit, view)}`}`,
  })
}

/** What was read and answered with yes or no, for every consent that is in force or will be. */
function showWords({ consents, zone }: ConsentsView): Html | false {
  const now = consents.lines.filter(
    each => each.basis === 'consent' && (each.state === 'in-force' || each.state === 'not-yet'),
  )
  return (
    now.length > 0 &&
    html`<h2 class="govuk-heading-m">The words that were agreed to</h2>${now.map(
      each =>
        html`<h3 class="govuk-heading-s">${each.agencyName}, ${sayMoment(each.recordedAt, zone)}</h3>${
          each.words === ''
            ? html`<p class="govuk-body">Recorded before the words were kept. Read them to the client again, if it matters which they were.</p>`
            : html`${wordsOf(each, now)}<p class="govuk-hint">Words of ${each.wordsEdition}, mark ${findWordsMark(each.words)}. They are kept sealed and cannot be changed.</p>`
        }`,
    )}`
  )
}

/** The words of one consent. What is read before the lines is shown with the first of those that begin alike. */
function wordsOf(line: ConsentLine, all: readonly ConsentLine[]): Html {
  const [before, lines] = partsOf(line.words)
  const first = all.find(each => partsOf(each.words)[0].join() === before.join())
  const isFirst = first?.consentId === line.consentId
  return html`${
    isFirst
      ? html`<ul class="govuk-list govuk-list--bullet">${before.map(each => html`<li>${each}</li>`)}</ul>`
      : html`<p class="govuk-body">Read before these lines: the same as for ${first?.agencyName ?? ''}.</p>`
  }<ul class="govuk-list">${lines.map(each => html`<li>${each}</li>`)}</ul>`
}

/** What was read before the lines, and the lines. */
function partsOf(words: string): readonly [readonly string[], readonly string[]] {
  const all = words.split('\n')
  const at = all.findIndex(each => each.startsWith('May '))
  return at < 0 ? [[], all] : [all.slice(0, at), all.slice(at)]
}

function showWaiting(waiting: readonly ExceptionLine[]): Html | false {
  return (
    waiting.length > 0 &&
    html`<h2 class="govuk-heading-m">Asked for without consent</h2><ul class="govuk-list govuk-list--bullet">${waiting.map(
      each =>
        html`<li>${each.agencyName}: ${each.parts.map(sayUsualPart).join(', ')}. Waiting for another coordinator than <bdi>${each.askedByName}</bdi></li>`,
    )}</ul>`
  )
}

function sayHow(line: ConsentLine): string {
  if (line.basis === 'lawful-exception') {
    return `Without consent. ${sayBasis(line.how) ?? 'By a recorded lawful exception'}`
  }
  const method = consentMethods.find(each => each === line.how)
  return method ? sayConsentMethod(method) : ''
}

function withdrawForm(visit: CaseVisit, line: ConsentLine): Html {
  if (line.state === 'withdrawn' || line.state === 'ended') return html``
  return startForm(
    { action: `/cases/${visit.caseId}/consents/withdraw`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="consent" value="${line.consentId}">`,
    button({
      text: 'Withdraw',
      attributes: { 'aria-label': `Withdraw the consent for ${line.agencyName}` },
      classes: 'govuk-button--secondary govuk-!-margin-bottom-0',
      preventDoubleClick: true,
    }),
  )
}

function giveForm(visit: CaseVisit, view: ConsentsView): Html {
  const { choose, tick } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Record a consent</h2>${consentPreambleView()}${startForm(
    { action: `/cases/${visit.caseId}/consents`, csrfToken: visit.csrfToken, once: view.once },
    choose(
      'agency',
      'Which agency?',
      view.consents.agencies.map(agency => ({ value: agency.slug, text: agency.name })),
    ),
    tick('parts', 'What may they see?', consentLines()),
    howQuestions(view.typed, view.problems),
    button({ text: 'Continue', preventDoubleClick: true }),
  )}`
}
