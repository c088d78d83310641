import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { LeakFindings, RankedLeakTest } from '../../leaks/leak-answer.ts'
import type { LeakLog, Ruling } from '../../leaks/leak-log.ts'
import { sayTells } from '../../leaks/say-leak.ts'

/** This many methods are shown; the others are folded away. */
const mostTests = 3

/** What to find out next: what tells most for its cost and risk first. Decoys are apart, and only with agreement. */
export function testsView(visit: CaseVisit, log: LeakLog, found: LeakFindings): Html {
  const rulingOf = (each: RankedLeakTest): Ruling | null => log.rulings[each.test.id] ?? null
  const done = found.tests.filter(each => ['showed', 'showed-nothing'].includes(rulingOf(each) ?? ''))
  const open = found.tests.filter(each => rulingOf(each) !== 'ruled-out' && !done.includes(each))
  const telling = open.filter(each => each.bits >= 0.001)
  const safe = telling.filter(each => each.method !== 'decoy')
  const allDecoys = telling.filter(each => each.method === 'decoy')
  const agreed = allDecoys.filter(each => rulingOf(each) === 'agreed')
  // The client may sit beside the screen: what nobody agreed to is not in sight.
  const decoys = allDecoys.filter(each => !agreed.includes(each)).slice(0, mostTests)
  const ruledOut = found.tests.filter(each => rulingOf(each) === 'ruled-out')
  const card = (each: RankedLeakTest, number: number | null): Html =>
    cardView(visit, found, each, { number, ruling: rulingOf(each) })
  return html`<h2 class="govuk-heading-m" id="tests">What to find out next</h2>
${
  safe.length === 0
    ? html`<p class="govuk-body">Nothing that could be looked at would tell these sources apart.</p>`
    : html`<p class="govuk-body">What tells most for its effort and its danger comes first. The client decides; nothing here is done for them.</p>${safe.slice(0, mostTests).map((each, index) => card(each, index + 1))}${
        safe.length > mostTests &&
        details({
          summary: { text: 'Other ways to find out more' },
          html: html`${safe.slice(mostTests).map((each, index) => card(each, mostTests + index + 1))}`,
        })
      }`
}
${
  agreed.length > 0 &&
  html`<h2 class="govuk-heading-m">Decoys that an adviser agreed to</h2>${agreed.map(each => card(each, null))}`
}
${
  decoys.length > 0 &&
  details({
    summary: { text: 'Decoys: only when an adviser has agreed' },
    html: html`<p class="govuk-body">A decoy is a made-up thing that one source alone would carry. Do not speak of one to the client before an adviser has agreed to it here.</p>${decoys.map(each => card(each, null))}`,
  })
}
${
  done.length > 0 &&
  html`<h2 class="govuk-heading-m">Looked at, and counted in</h2>${done.map(each => card(each, null))}`
}
${ruledOut.length > 0 && html`<h2 class="govuk-heading-m">Ruled out</h2>${ruledOut.map(each => card(each, null))}`}`
}

type CardOptions = { readonly number: number | null; readonly ruling: Ruling | null }

function cardView(
  visit: CaseVisit,
  found: LeakFindings,
  each: RankedLeakTest,
  { number, ruling }: CardOptions,
): Html {
  const { test } = each
  const label = (id: string): string => found.ranking.find(source => source.source === id)?.label ?? id
  const marks = [
    each.method === 'decoy' ? tag({ text: 'Decoy', classes: 'govuk-tag--red' }) : null,
    each.method === 'decoy' && ruling !== 'agreed'
      ? tag({ text: 'Not agreed to', classes: 'govuk-tag--orange' })
      : null,
    ruling === 'agreed' ? tag({ text: 'Agreed to', classes: 'govuk-tag--green' }) : null,
    ruling === 'ruled-out' ? tag({ text: 'Ruled out', classes: 'govuk-tag--grey' }) : null,
    ruling === 'showed' ? tag({ text: 'They use it', classes: 'govuk-tag--red' }) : null,
    ruling === 'showed-nothing' ? tag({ text: 'It showed nothing', classes: 'govuk-tag--grey' }) : null,
  ].filter(mark => mark !== null)
  return html`<section class="plan-card" aria-labelledby="${idOf(test.id)}"><h3 class="govuk-heading-s" id="${idOf(test.id)}">${number !== null && `${number}. `}<bdi>${each.do}</bdi></h3>${
    marks.length > 0 && html`<p class="govuk-body">${marks.map(mark => html`${mark} `)}</p>`
  }${
    (ruling === null || ruling === 'agreed') &&
    summaryList({
      classes: 'leak-facts',
      rows: [
        { key: { text: 'The danger' }, value: { text: each.danger } },
        { key: { text: 'Where to do it' }, value: { text: each.where } },
        { key: { text: 'Who notices' }, value: { text: each.notices } },
        { key: { text: 'How much it tells' }, value: { text: sayTells(each.bits) } },
        { key: { text: 'What it tells apart' }, value: { text: sayApart(each, found, label) } },
      ],
    })
  }${visit.sees('map', 'write') && rulingForm(visit, each, ruling)}</section>`
}

/** What is learnt from it, in a sentence. */
function sayApart(each: RankedLeakTest, found: LeakFindings, label: (id: string) => string): string {
  const [one = ''] = each.about
  if (each.method === 'check')
    return `Whether ${label(one)} is a leak. When it shows nothing, that makes it less likely and does not clear it.`
  if (each.method === 'decoy')
    return `If they know of it, ${label(one)} told them. If not, that makes it less likely and does not clear it. Enter the day afterwards, either way.`
  const inPlay = found.ranking.filter(source => source.knew > 0 && source.belief !== null)
  const carries = inPlay.filter(source => each.about.includes(source.source)).map(source => source.label)
  const silent = inPlay.filter(source => !each.about.includes(source.source)).map(source => source.label)
  return `If they know where the client went, a leak is likelier in ${listOf(carries)}; if not, in ${listOf(silent)}. Enter the day afterwards, either way.`
}

function rulingForm(visit: CaseVisit, each: RankedLeakTest, ruling: Ruling | null): Html {
  const action = `/cases/${visit.caseId}/map/leaks/tests`
  const one = (value: string, text: string): Html =>
    startForm(
      { action, csrfToken: visit.csrfToken, classes: 'leak-ruling' },
      html`<input type="hidden" name="test" value="${each.test.id}"><input type="hidden" name="ruling" value="${value}">`,
      button({
        html: html`${text}<span class="govuk-visually-hidden">: ${each.do}</span>`,
        classes: 'govuk-button--secondary',
        preventDoubleClick: true,
      }),
    )
  if (ruling === 'ruled-out') return one('open', 'Take it up again')
  if (ruling === 'showed' || ruling === 'showed-nothing') return one('open', 'Take this back')
  return html`${each.method === 'check' && html`${one('showed', 'Done: they use it')}${one('showed-nothing', 'Done: it showed nothing')}`}${each.method === 'decoy' && (ruling === 'agreed' ? one('open', 'Take the agreement back') : one('agreed', 'Agree to this decoy'))}${one('ruled-out', 'Rule it out')}`
}

const idOf = (testId: string): string => `test-${testId.replace(':', '-')}`

function listOf(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('')
  return `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}
