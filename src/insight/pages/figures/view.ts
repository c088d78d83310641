import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { barChart } from '../../../web/components/bar-chart.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { findCapacity } from '../../capacity.ts'
import { becameKinds, closingKinds, type Figures } from '../../figures.ts'
import { sayMonth } from '../../months.ts'
import { type ShownCount, type SmallNumbers, sayGuardedCount } from '../../small-numbers.ts'
import type { Wait } from '../../waits.ts'
import { type SupposeRead, supposeFields } from './suppose.ts'

export type FiguresView = {
  readonly figures: Figures
  readonly rule: SmallNumbers
  readonly suppose: SupposeRead
  readonly query: URLSearchParams
}

const becameNames: Readonly<Record<(typeof becameKinds)[number], string>> = {
  opened: 'Became a case',
  other: 'Sent to another service, or still waiting',
}
const closingNames: Readonly<Record<(typeof closingKinds)[number], string>> = {
  'contact-stopped': 'Contact has stopped',
  'contact-less': 'Less contact',
  'contact-same': 'The same contact',
  'contact-more': 'More contact',
  'not-known': 'Not known',
}

/** Referrals by month and year on year, what became of them, waits, endings, and the what-if. */
export function figuresView(visit: StaffVisit, view: FiguresView): Html {
  const { figures, rule, suppose } = view
  const { thisYear, yearBefore, change } = figures
  const problems = suppose.kind === 'wrong' ? suppose.problems : []
  const first = thisYear.months[0] ?? ''
  const last = thisYear.months.at(-1) ?? ''
  return staffPage(visit, {
    title: titleWithProblems('Figures', problems),
    wide: true,
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">Figures</h1>
<p class="govuk-body">From ${sayMonth(first)} to ${sayMonth(last)}, and the twelve months before. Only whole months are counted. Counts below ${rule.least} are not shown, sometimes one more is held back with them, and the rest are rounded to ${rule.roundTo}: this clinic’s own rule, so that it is hard to find anybody in them. A total need not be the sum of its parts.</p>
<h2 class="govuk-heading-m">Referrals</h2>
<p class="govuk-body">${sayYears(thisYear.referrals.total, yearBefore.referrals.total, change)}</p>
${monthChart(view)}
${monthTable(view)}
<h2 class="govuk-heading-m">What became of them</h2>
${twoYears(
  'What became of referrals',
  becameKinds.map((kind, index) => [
    becameNames[kind],
    thisYear.became.cells[index],
    yearBefore.became.cells[index],
  ]),
  [thisYear.became.total, yearBefore.became.total],
)}
<h2 class="govuk-heading-m">How long they waited for a case</h2>
<p class="govuk-body">${sayWait('In the last twelve months', thisYear.wait)} ${sayWait('In the twelve months before', yearBefore.wait)}</p>
<h2 class="govuk-heading-m">How long they waited for a first appointment</h2>
<p class="govuk-body">From the referral to the first appointment that took place. ${sayFirstWait('In the last twelve months', thisYear.firstWait)} ${sayFirstWait('In the twelve months before', yearBefore.firstWait)}</p>
<h2 class="govuk-heading-m">How cases closed</h2>
${twoYears(
  'How contact was when cases closed',
  closingKinds.map((kind, index) => [
    closingNames[kind],
    thisYear.closings.cells[index],
    yearBefore.closings.cells[index],
  ]),
  [thisYear.closings.total, yearBefore.closings.total],
)}
<h2 class="govuk-heading-m" id="suppose">What if more people ask?</h2>
${supposeView(view)}`,
  })
}

function sayYears(now: ShownCount, before: ShownCount, change: number | null): string {
  const said = (count: ShownCount): string =>
    count.kind === 'count' ? `about ${count.about}` : count.kind === 'none' ? 'none' : 'too few to show'
  const by =
    change === null
      ? ''
      : change === 0
        ? ' That is as many.'
        : ` That is about ${Math.abs(change)}% ${change > 0 ? 'more' : 'fewer'}.`
  return `Referrals in the last twelve months: ${said(now)}. In the twelve months before: ${said(before)}.${by}`
}

function monthChart({ figures }: FiguresView): Html {
  const months = [...figures.yearBefore.months, ...figures.thisYear.months]
  const cells = [...figures.yearBefore.referrals.cells, ...figures.thisYear.referrals.cells]
  if (!cells.some(cell => cell.kind === 'count')) return html``
  return html`<div class="scrolls-sideways" tabindex="0" role="region" aria-label="Referrals each month">${barChart(
    {
      id: 'referrals-months',
      title: 'Referrals each month, two years',
      description:
        'Rounded counts. A month that is too small to show has no bar. The same numbers are in the table below.',
      bars: months.map((month, index) => {
        const cell = cells[index] ?? { kind: 'none' }
        return {
          label: index % 3 === 0 ? `${sayMonth(month).slice(0, 3)} ${month.slice(2, 4)}` : '',
          count: cell.kind === 'count' ? cell.about : 0,
          words: `${sayMonth(month)}: ${sayGuardedCount(cell)}`,
        }
      }),
    },
  )}</div>`
}

function monthTable({ figures }: FiguresView): Html {
  const { thisYear, yearBefore } = figures
  return scrollingRegion({
    label: 'Referrals by month',
    html: table({
      caption: 'Referrals by month and year on year',
      captionClasses: 'govuk-table__caption--s',
      head: [
        { text: 'Month' },
        { text: 'Last twelve months', format: 'numeric' },
        { text: 'A year before', format: 'numeric' },
      ],
      firstCellIsHeader: true,
      rows: [
        ...thisYear.months.map((month, index) => [
          { text: sayMonth(month) },
          numeric(thisYear.referrals.cells[index]),
          numeric(yearBefore.referrals.cells[index]),
        ]),
        [{ text: 'Twelve months' }, numeric(thisYear.referrals.total), numeric(yearBefore.referrals.total)],
      ],
    }),
  })
}

const numeric = (count: ShownCount | undefined) =>
  ({ text: count ? sayGuardedCount(count) : '', format: 'numeric' }) as const

function twoYears(
  caption: string,
  rows: readonly (readonly [string, ShownCount | undefined, ShownCount | undefined])[],
  totals: readonly [ShownCount, ShownCount],
): Html {
  return scrollingRegion({
    label: caption,
    html: table({
      caption,
      captionClasses: 'govuk-visually-hidden',
      head: [
        { text: 'Of them' },
        { text: 'Last twelve months', format: 'numeric' },
        { text: 'A year before', format: 'numeric' },
      ],
      firstCellIsHeader: true,
      rows: [...rows, ['All', ...totals] as const].map(([name, now, before]) => [
        { text: name },
        numeric(now),
        numeric(before),
      ]),
    }),
  })
}

const sayFirstWait = (when: string, wait: Wait): string =>
  sayWait(when, wait, 'first appointment took place', 'first appointments took place')

function sayWait(when: string, wait: Wait, what = 'case was opened', few = 'cases were opened'): string {
  switch (wait.kind) {
    case 'none':
      return `${when} no ${what}.`
    case 'too-small':
      return `${when} too few ${few} to say.`
    case 'days':
      return `${when} half waited ${days(wait.median)} or less, and nine in ten ${days(wait.ninth)} or less.`
  }
}

const days = (many: number): string => (many === 1 ? '1 day' : `${many} days`)

function supposeView({ suppose, query }: FiguresView): Html {
  const problems = suppose.kind === 'wrong' ? suppose.problems : []
  return html`<p class="govuk-body">Plain arithmetic, begun with nobody waiting. Real weeks vary: a clinic that is nearly full has a queue as well.</p>
<form action="/figures#suppose" method="get" novalidate>${supposeFields.map(field =>
    input({
      name: field.name,
      id: field.name,
      label: { text: field.label, classes: 'govuk-label--s' },
      value: query.get(field.name) ?? '',
      classes: 'govuk-input--width-5',
      inputmode: 'decimal',
      autocomplete: 'off',
      errorMessage: problemBeside(problems, field.name),
    }),
  )}${button({ text: 'Work it out' })}</form>
${suppose.kind === 'asked' && answerView(suppose.suppose)}`
}

function answerView(suppose: Parameters<typeof findCapacity>[0]): Html {
  const { needed, load, slotsWanted, queue } = findCapacity(suppose)
  const percent = Math.round(load * 100)
  return html`<h3 class="govuk-heading-s">What follows</h3>
<p class="govuk-body">About ${Math.ceil(needed)} appointments a week are needed; ${suppose.slots} can be given: ${percent}% of them are taken. With room for urgent cases and holidays (eight in ten taken) it wants ${slotsWanted} a week.</p>
${
  queue.length === 0
    ? html`<p class="govuk-body">By this arithmetic nobody has to wait longer and longer.</p>`
    : html`<p class="govuk-body">The queue grows:</p><ul class="govuk-list govuk-list--bullet">${queue.map(
        each =>
          html`<li>after ${each.months} months about ${each.waiting} appointments are waited for, the last of them for ${each.weeks === 1 ? '1 week' : `${each.weeks} weeks`}</li>`,
      )}</ul>`
}`
}
