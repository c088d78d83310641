import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { MapGap } from '../../inventory/draw-up-map.ts'
import { layOutPicture, type PictureForm } from '../../picture/lay-out-picture.ts'
import type { MadePicture } from '../../picture/make-picture.ts'
import type { Picture, PictureNode } from '../../picture/picture-of-reach.ts'
import { legendView } from '../parts/legend-view.ts'
import { pictureView } from '../parts/picture-view.ts'
import { capital } from '../parts/picture-words-view.ts'

export type BeforeAndAfter = {
  readonly before: MadePicture
  readonly after: Picture
  readonly steps: number
  /** Whether it is the plan the client chose. */
  readonly isChosen: boolean
  readonly gaps: readonly MapGap[]
}

/** Two pictures with the same boxes in the same places, and in words what closes and what stays open. */
export function beforeAndAfterView(visit: CaseVisit, view: BeforeAndAfter): Html {
  const base = `/cases/${visit.caseId}/map`
  const { before, after, steps } = view
  return staffPage(visit, {
    title: 'Before and after the plan',
    wide: true,
    back: { href: `${base}/reach`, text: 'Back to what they reach' },
    body: html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">Before and after the plan</h1>
<p class="govuk-body">What the suspected person reaches as things stand, and what is left once ${steps === 1 ? 'the one step' : `the ${steps} steps`} still to do of the <a class="govuk-link" href="${base}/lock-out">${view.isChosen ? 'plan the client chose' : 'lock-out plan'}</a> ${steps === 1 ? 'is' : 'are'} taken. What was copied before stays copied. What nobody asked about is in neither picture.</p>
${view.gaps.map(gap => insetText({ text: gap.says }))}
${steps === 0 && insetText({ text: 'There is no step to take, so both pictures are the same. The lock-out plan says why.' })}
${legendView()}<p class="govuk-body-s">A thin box without lines is closed.</p>
<div class="reach-pair">${half('before', 'Today', before.picture, before)}${half('after', 'After the plan', after, before)}</div>
<h2 class="govuk-heading-m" id="what-changes">What changes</h2>
${changes('Information', before.picture, after, node => node.role === 'info')}
${changes('Things', before.picture, after, node => node.role === 'thing' || node.role === 'person')}`,
  })
}

/** One of the two, with its boxes where the picture of today has them. */
function half(id: string, heading: string, picture: Picture, frame: MadePicture): Html {
  const draw = (form: PictureForm, name: string): Html =>
    pictureView({
      id: name,
      form,
      title: `What they reach: ${heading.toLowerCase()}`,
      description: sayOpen(picture),
      inWords: 'what-changes',
      laid: layOutPicture(picture, frame.arrangement, form, frame.picture),
    })
  return html`<section aria-labelledby="${id}-heading"><h2 class="govuk-heading-m" id="${id}-heading">${heading}</h2>
<p class="govuk-body">${sayOpen(picture)}</p>
<div class="reach-wide">${draw('half', `${id}-half`)}</div><div class="reach-narrow">${draw('tall', `${id}-tall`)}</div></section>`
}

function sayOpen(picture: Picture): string {
  const infos = picture.nodes.filter(node => node.role === 'info')
  const open = infos.filter(node => node.belief !== null).length
  if (open === 0) return 'No kind of information is reached, as far as the answers go.'
  return open === 1 ? 'One kind of information is reached.' : `${open} kinds of information are reached.`
}

function changes(
  title: string,
  before: Picture,
  after: Picture,
  isOne: (node: PictureNode) => boolean,
): Html {
  const then = new Map(after.nodes.map(node => [node.id, node.belief]))
  const open = before.nodes.filter(node => isOne(node) && node.belief !== null)
  const closed = open.filter(node => !then.get(node.id))
  const left = open.filter(node => then.get(node.id))
  const list = (nodes: readonly PictureNode[], say: (node: PictureNode) => string): Html =>
    html`<ul class="govuk-list govuk-list--bullet">${nodes.map(node => html`<li><bdi>${capital(node.label)}</bdi>${say(node)}</li>`)}</ul>`
  return html`<h3 class="govuk-heading-s">${title}</h3>${
    closed.length > 0 &&
    html`<p class="govuk-body">Closed:</p>${list(closed, node => `, ${node.belief ?? ''} today`)}`
  }${
    left.length > 0
      ? html`<p class="govuk-body">Still open:</p>${list(left, node => `, ${then.get(node.id) ?? ''}`)}`
      : html`<p class="govuk-body">Nothing of it stays open.</p>`
  }`
}
