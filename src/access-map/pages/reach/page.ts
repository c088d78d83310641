import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { DrawnMap } from '../../draw-up-map.ts'
import { sayPath } from '../../explain.ts'
import { findDone } from '../../lock-out.ts'
import type { Belief } from '../../map.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { foldReach } from '../../picture-of-reach.ts'
import { findReach, type Reached } from '../../reach.ts'
import { pictureView } from './picture-view.ts'

const tags: Readonly<Record<Belief, readonly [string, string]>> = {
  known: ['Known', 'govuk-tag--red'],
  suspected: ['Suspected', 'govuk-tag--orange'],
  possible: ['Possible', 'govuk-tag--yellow'],
}

/** What the suspected person reaches, drawn and in sentences, from the answers and the steps done as they are now. */
export async function showReach(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const done = drawn.lockOut ? findDone(drawn.lockOut).length : 0
  const reached = findReach(drawn.map, 'possible')
  const infos = reached.filter(each => each.node.startsWith('info:'))
  const base = `/cases/${visit.caseId}/map`
  const body = html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">What they reach</h1>
<p class="govuk-body">Reckoned from the answers on the <a class="govuk-link" href="${base}">access map</a>. What is not known counts as possible. Nobody can prove that a device is clean, and this is no proof of what was done.</p>
${done > 0 && html`<p class="govuk-body">With ${done === 1 ? 'the one step' : `the ${String(done)} steps`} of the <a class="govuk-link" href="${base}/lock-out">lock-out plan</a> that ${done === 1 ? 'is' : 'are'} done.</p>`}
${drawn.gaps.map(gap => insetText({ text: gap.says }))}
${
  infos.length === 0
    ? html`<p class="govuk-body">By the answers so far, nothing. That is not the same as safe: it says what was asked and answered.</p>`
    : html`<div class="scrolls-sideways" tabindex="0" role="region" aria-label="What the suspected person reaches">${pictureView(foldReach(drawn, drawn.inventory, reached))}</div>
<p class="govuk-body-s">A whole line is known, a dashed one suspected, a dotted one possible.</p>
<h2 class="govuk-heading-m">By which way</h2>${infos.map(each => wayView(drawn, each))}`
}
<p class="govuk-body"><a class="govuk-link" href="${base}/lock-out">${drawn.lockOut ? 'Go on with the lock-out plan' : 'Plan the lock-out'}</a></p>`
  return showPage(
    staffPage(visit, {
      title: 'What they reach',
      body,
      wide: true,
      back: { href: base, text: 'Back to the map' },
    }),
  )
}

function wayView(drawn: DrawnMap, reached: Reached): Html {
  const label = drawn.map.nodes.find(node => node.id === reached.node)?.label ?? reached.node
  const [text, classes] = tags[reached.belief]
  const sentences = sayPath(drawn.map, reached, 'The suspected person')
  return html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${capital(label)} ${tag({ text, classes })}</h3>${details(
    {
      summary: { text: 'The shortest way' },
      html: html`<ol class="govuk-list govuk-list--number">${sentences.map(sentence => html`<li><bdi>${sentence}</bdi></li>`)}</ol>`,
    },
  )}`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
