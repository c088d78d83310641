import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fileUpload } from '../../../web/components/file-upload.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { tag } from '../../../web/components/tag.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'
import { type DatedIndicators, isOldIndicator } from '../../device-check/indicator-age.ts'
import { sayCheckDay, sayCheckMethod, sayCheckSubject } from '../../device-check/say-check.ts'
import type { Thing } from '../../inventory/inventory.ts'
import type { CheckRevision } from '../../operations/load-checks.ts'
import { checkFieldsView, methodChoices } from '../parts/check-view.ts'

export type ChecksView = {
  readonly thing: Thing
  /** What kind of thing it is. */
  readonly title: string
  readonly checks: readonly CheckRevision[]
  readonly zone: string
  readonly indicators: readonly DatedIndicators[]
  readonly today: string
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The checks of a thing, the newest first, and the forms for the next. */
export function checksView(visit: CaseVisit, view: ChecksView): Html {
  const { thing, problems, checks } = view
  const base = `/cases/${visit.caseId}/map/things/${thing.thingId}`
  return staffPage(visit, {
    title: titleWithProblems('Device check', problems),
    back: { href: base, text: 'Back to the questions about it' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<span class="govuk-caption-l">${view.title}</span><h1 class="govuk-heading-l">Device check: <bdi>${thing.label}</bdi></h1>
${insetText({ text: checkMeaning.nothingFound })}
${view.mayChange && html`<p class="govuk-body"><a class="govuk-link" href="#write">Write down a check</a>, or <a class="govuk-link" href="#list">read a list of apps or devices</a></p>`}
<h2 class="govuk-heading-m">What was checked so far</h2>
${
  checks.length === 0
    ? html`<p class="govuk-body">Nobody has written down a check of this yet.</p>`
    : html`<ul class="govuk-list">${checks.map(each => checkLine(`${base}/check`, each))}</ul>`
}
${view.mayChange && html`${wordsForm(visit, view, base)}${listForm(visit, view, base)}`}
</div></div>`,
  })
}

function checkLine(base: string, { checkId, check }: CheckRevision): Html {
  const [text, classes] = check.found
    ? (['Something found', 'govuk-tag--orange'] as const)
    : (['Nothing found', 'govuk-tag--grey'] as const)
  const what = check.looked.map(sayCheckSubject).join(', ')
  return html`<li class="govuk-!-margin-bottom-4"><a class="govuk-link" href="${base}/${checkId}">${what}, on ${sayCheckDay(check.day)}</a><br>
${tag({ text, classes })}<br>
${sayCheckMethod(check.way)}. Looked: <bdi>${check.lookedBy}</bdi>.</li>`
}

function wordsForm(visit: CaseVisit, view: ChecksView, base: string): Html {
  return html`<h2 class="govuk-heading-m" id="write">Write down a check</h2>${startForm(
    { action: `${base}/check`, csrfToken: visit.csrfToken, once: view.once },
    checkFieldsView(view.typed, view.problems),
    button({ text: 'Keep this check', preventDoubleClick: true }),
  )}`
}

function listForm(visit: CaseVisit, view: ChecksView, base: string): Html {
  const { typed, problems } = view
  const { choose, line, date, words } = fieldWriter(typed, problems)
  return html`<h2 class="govuk-heading-m" id="list">Read a list of apps or devices</h2>
${indicatorState(view)}
${startForm(
  { action: `${base}/check/list`, csrfToken: visit.csrfToken, once: view.once, upload: true },
  choose('list-kind', 'What is it a list of?', [
    {
      value: 'apps',
      text: 'Apps on an Android phone or tablet',
      hint: 'What “adb shell pm list packages -f -i” prints, or one package name on each line.',
    },
    {
      value: 'devices',
      text: 'Devices signed in to an account',
      hint: 'Copied from the account’s page, or a table or JSON file from a data export by Apple or Google.',
    },
  ]),
  choose('list-way', 'How was the list made?', methodChoices),
  line('list-by', 'Who made it?'),
  date('list-day', 'On which day?'),
  words('list-text', 'Paste the list', { rows: 8 }),
  fileUpload({
    name: 'list-file',
    label: { text: 'Or choose its file', classes: 'govuk-label--s' },
    hint: { text: 'Text, a table (CSV) or JSON, smaller than 1 MB.' },
    errorMessage: problemBeside(problems, 'list-file'),
  }),
  html`<p class="govuk-body">${checkMeaning.keptList}</p>`,
  button({ text: 'Read this list', preventDoubleClick: true }),
)}`
}

/** Which indicator files apps are compared with today. If there are none, it says so plainly. */
function indicatorState({ indicators, today }: ChecksView): Html {
  const used = indicators.filter(({ families }) => families.length > 0)
  const wrong = indicators.filter(({ problems }) => problems.length > 0)
  return html`${
    used.length === 0
      ? html`<p class="govuk-body">${checkMeaning.noIndicators}</p>`
      : html`<p class="govuk-body">Apps are compared with these indicator files:</p><ul class="govuk-list govuk-list--bullet breaks-anywhere">${used.map(
          ({ name, date, families }) =>
            html`<li><bdi>${name}</bdi>, of ${sayCheckDay(date)}: ${sayCount(families.length)}${
              isOldIndicator(date, today) && html` ${tag({ text: 'Old', classes: 'govuk-tag--yellow' })}`
            }</li>`,
        )}</ul>`
  }${
    wrong.length > 0 &&
    html`<p class="govuk-body">Something is wrong with these. Tell the person who looks after the machine:</p><ul class="govuk-list govuk-list--bullet breaks-anywhere">${wrong.map(
      ({ name, problems }) => html`<li><bdi>${name}</bdi> ${sayTrouble(problems)}</li>`,
    )}</ul>`
  }`
}

const sayCount = (count: number): string => (count === 1 ? '1 app' : `${count.toLocaleString('en-GB')} apps`)

function sayTrouble(problems: readonly string[]): string {
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : ''
  return `${problems[0] ?? ''}${more}.`
}
