import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { details } from '../../../web/components/details.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames } from '../../../web/read-date.ts'
import {
  findFirstDay,
  type SittingNames,
  sayEndOfSitting,
  sayFrom,
  saySittingLength,
  sayWaits,
  sayWhyLong,
} from '../../lock-out/say-sitting.ts'
import { findSittingNeeds } from '../../lock-out/sitting-needs.ts'
import type { Sitting } from '../../lock-out/sittings.ts'
import { notChecked } from '../../mechanism/act-facts.ts'
import type { PlanInSittings } from '../../operations/cut-plan.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { type CardRow, keyOfSource, labelOf, rowsInList, rowsOfCard, sayLeft } from '../parts/card-rows.ts'

export type SittingsView = {
  readonly drawn: DrawnCase
  readonly cut: PlanInSittings
  readonly today: CalendarDay
  /** Minutes of an appointment of the clinic. */
  readonly target: number
  /** Whether its steps can still be taken in their order. If not, nothing is said of how things are after them. */
  readonly isSound: boolean
  /** How many steps are done already. */
  readonly done: number
  /** What holds a whole sitting up, such as its hour; said once and not on each of its cards. */
  readonly sayHour: (sitting: Sitting) => string | null
  /** The card of a step: with its lines in the next sitting, and without them later. */
  readonly cardView: (
    step: string,
    place: {
      readonly number: number
      readonly isNext: boolean
      readonly level: 3
      readonly rows: readonly CardRow[] | null
    },
  ) => Html
  /** Whether the steps of later sittings are shown with their lines: as long as they have no cards of their own. */
  readonly isLaterWhole: boolean
}

/** The sitting that comes next, and those after it, folded. */
export function sittingsView(visit: CaseVisit, view: SittingsView): Html {
  const { sittings } = view.cut
  const [next, ...later] = sittings
  if (!next) return html``
  return html`<h2 class="govuk-heading-m" id="next-sitting">Next sitting: ${saySittingLength(next)}</h2>
${nextView(visit, view, next)}${
  later.length > 0 &&
  html`<h2 class="govuk-heading-m" id="later">Later: ${later.length === 1 ? '1 sitting' : `${String(later.length)} sittings`}</h2>
${later.map((sitting, index) => laterView(view, sitting, index + 2))}`
}<p class="govuk-body">The minutes are a guess of ours, by the kind of act. What looking again has to show counts as open on the map until somebody has looked.</p>`
}

function nextView(visit: CaseVisit, view: SittingsView, sitting: Sitting): Html {
  const { drawn, cut, done } = view
  const rows = sitting.steps.map(step =>
    rowsInList(rowsOfCard(drawn, step, cut.statesAfterSteps), !view.isLaterWhole),
  )
  const { once, perStep } = takeOutRepeats(rows, done + 1)
  const booked = bookLink(visit, view, sitting)
  return html`${summaryView(view, sitting, 1, once)}${booked}${sitting.steps.map((step, index) =>
    view.cardView(step, {
      number: done + index + 1,
      isNext: index === 0,
      level: 3,
      rows: perStep[index] ?? [],
    }),
  )}`
}

function laterView(view: SittingsView, sitting: Sitting, number: number): Html {
  const { drawn, cut, done, isLaterWhole } = view
  const before = cut.sittings.slice(0, number - 1).reduce((sum, { steps }) => sum + steps.length, done)
  const from = sayFrom(sitting, namesOf(view))
  const content = html`${summaryView(view, sitting, number, [])}${sitting.steps.map((step, index) =>
    view.cardView(step, {
      number: before + index + 1,
      isNext: false,
      level: 3,
      rows: isLaterWhole
        ? rowsInList(rowsOfCard(drawn, step, cut.statesAfterSteps), !view.isLaterWhole)
        : null,
    }),
  )}`
  return details({
    summary: {
      text: `Sitting ${String(number)}${sitting.isErrand ? ', an errand' : ''}: ${saySittingLength(sitting)}${from === null ? '' : `, ${from}`}`,
    },
    html: content,
    classes: 'plan-sitting',
  })
}

/** Things by what the client calls them, a part of one by the thing. */
function namesOf({ drawn, cut, today }: SittingsView): SittingNames {
  const labels = new Map<string, string>(drawn.inventory.things.map(({ thingId, label }) => [thingId, label]))
  return {
    today,
    labelOf: id => labels.get(drawn.cameFrom.get(id) ?? id) ?? labelOf(drawn, id),
    numberOf: step => cut.sittings.findIndex(({ steps }) => steps.includes(step)) + 1,
  }
}

/** What is said of a sitting as a whole. */
function summaryView(view: SittingsView, sitting: Sitting, number: number, once: readonly CardRow[]): Html {
  const { drawn, cut, target } = view
  const names = namesOf(view)
  const isNext = number === 1
  const { toBring, toReach, isElsewhere } = findSittingNeeds(drawn, sitting.steps)
  const state = cut.statesAfterSteps.find(each => each.step === sitting.steps.at(-1))
  const when = [isNext ? view.sayHour(sitting) : null, sayWaits(sitting, names)]
  const place = { before: cut.sittings[number - 2], isLast: number === cut.sittings.length }
  const row = (key: string, texts: readonly (string | null)[]) => {
    const said = texts.filter(text => text !== null && text !== '')
    return said.length === 0
      ? []
      : [
          {
            key: { text: key },
            value: { html: html`${said.map(text => html`<p class="govuk-body">${text}</p>`)}` },
          },
        ]
  }
  const list = (key: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : [
          {
            key: { text: key },
            value: {
              html: html`<ul class="govuk-list govuk-list--bullet">${items.map(item => html`<li><bdi>${item}</bdi></li>`)}</ul>`,
            },
          },
        ]
  return summaryList({
    rows: [
      ...row('When', when),
      ...row('Why so long', [sayWhyLong(sitting, target, names)]),
      ...row('Where', [
        isElsewhere
          ? 'Not all of it can be done at the clinic: some of it is done where the thing is, or at somebody’s office.'
          : null,
      ]),
      ...list('Have there', toBring),
      ...list('Whom to reach', toReach),
      ...row(
        'If the client stops after it',
        view.isSound
          ? sayEndOfSitting(sitting, place, names)
          : ['Not known: what is left of the plan can no longer be taken in its order.'],
      ),
      ...row('What is open after it', [
        view.isSound && (isNext || place.isLast) && state ? sayLeft(drawn, state) : null,
      ]),
      ...once.map(({ key, text }) => ({ key: { text: key }, value: { text } })),
    ],
    classes: 'plan-sitting-summary',
  })
}

/** A line that several cards of a sitting share is said once, with the numbers of its steps. */
function takeOutRepeats(
  rows: readonly (readonly CardRow[])[],
  first: number,
): { readonly once: readonly CardRow[]; readonly perStep: readonly (readonly CardRow[])[] } {
  const split = rows.map(lines => lines.flatMap(takeApart))
  const stepsOf = new Map<string, number[]>()
  for (const [index, lines] of split.entries())
    for (const { key, text } of lines) {
      const name = JSON.stringify([key, text])
      stepsOf.set(name, [...(stepsOf.get(name) ?? []), first + index])
    }
  const isShared = ({ key, text }: CardRow): boolean =>
    key !== keyOfSource && (stepsOf.get(JSON.stringify([key, text]))?.length ?? 0) > 1
  const once = [...stepsOf].flatMap(([name, steps]): CardRow[] => {
    const [key, text] = JSON.parse(name) as [string, string]
    if (steps.length < 2 || key === keyOfSource) return []
    return [{ key: `${key}, steps ${steps.join(', ')}`, text }]
  })
  return { once, perStep: split.map(lines => lines.filter(line => !isShared(line))) }
}

/** What is said of every act that nobody has read up is a line of its own. */
function takeApart(row: CardRow): readonly CardRow[] {
  if (!row.text.includes(notChecked)) return [row]
  const rest = row.text.replace(notChecked, '').trim()
  return [...(rest === '' ? [] : [{ ...row, text: rest }]), { key: row.key, text: notChecked }]
}

/** To book the sitting: the form of the case takes the first day, and nothing else of it. */
function bookLink(visit: CaseVisit, { today, target }: SittingsView, sitting: Sitting): Html {
  if (!visit.sees('appointment', 'write')) return html``
  const from = findFirstDay(sitting, today)
  const names = datePartNames('from')
  const [year = '', month = '', day = ''] = from?.split('-') ?? []
  const query =
    from === null
      ? ''
      : `?${new URLSearchParams({ [names.day]: String(Number(day)), [names.month]: String(Number(month)), [names.year]: year }).toString()}`
  return html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/appointments/new${query}">Book an appointment for it</a>${
    sitting.minutes > target &&
    `: it is longer than one appointment of ${String(target)} minutes, so agree on the rest of the time too`
  }.</p>`
}
