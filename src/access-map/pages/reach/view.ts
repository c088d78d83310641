import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DrawnMap } from '../../inventory/draw-up-map.ts'
import type { Path } from '../../picture/find-path.ts'
import { type Folding, foldings } from '../../picture/fold-picture.ts'
import { layOutPicture } from '../../picture/lay-out-picture.ts'
import type { MadePicture } from '../../picture/make-picture.ts'
import { legendView } from '../parts/legend-view.ts'
import { pictureView } from '../parts/picture-view.ts'
import { beliefTagView, capital, reachWordsView, sayPicture } from '../parts/picture-words-view.ts'
import { type ReachAddress, writeReachAddress } from './picture-wish.ts'

export type ReachView = {
  readonly drawn: DrawnMap
  readonly made: MadePicture
  readonly path: Path | null
  readonly address: ReachAddress
  /** How many steps of the lock-out plan are done; null while there is no plan. */
  readonly done: number | null
}

/** The picture of what is reached, the path to one piece of information, and the same in words. */
export function reachView(visit: CaseVisit, view: ReachView): Html {
  const { drawn, made, done } = view
  const base = `/cases/${visit.caseId}/map`
  const hasInfo = made.picture.nodes.some(node => node.role === 'info')
  return staffPage(visit, {
    title: 'What they reach',
    wide: true,
    back: { href: base, text: 'Back to the map' },
    body: html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">What they reach</h1>
<p class="govuk-body">Calculated from the answers on the <a class="govuk-link" href="${base}">access map</a>. What is not known counts as possible. Nobody can prove that a device is clean, and this is no proof of what was done.</p>
${done !== null && done > 0 && html`<p class="govuk-body">With ${done === 1 ? 'the one step' : `the ${done} steps`} of the <a class="govuk-link" href="${base}/lock-out">lock-out plan</a> that ${done === 1 ? 'is' : 'are'} done.</p>`}
${drawn.gaps.map(gap => insetText({ text: gap.says }))}
${
  hasInfo
    ? pictureWithWords(base, view)
    : html`<p class="govuk-body">By the answers so far, nothing. That is not the same as safe: it says what was asked and answered.</p>`
}
<h2 class="govuk-heading-m">What to do with it</h2>
<ul class="govuk-list govuk-list--bullet"><li><a class="govuk-link" href="${base}/lock-out">${done === null ? 'Plan the lock-out' : 'Go on with the lock-out plan'}</a></li><li><a class="govuk-link" href="${base}/before-and-after">Before and after the plan, side by side</a></li><li><a class="govuk-link" href="${base}/print">A sheet to print for the client</a>, which does not say what it is about; and the picture for the file</li></ul>`,
  })
}

function pictureWithWords(base: string, view: ReachView): Html {
  const { made, path, address } = view
  const { picture, arrangement } = made
  const here = `${base}/reach`
  const href = (change: Partial<ReachAddress>): string => writeReachAddress(here, address, change)
  const infos = arrangement.infos.flatMap(id => picture.nodes.find(node => node.id === id) ?? [])
  const title = 'What the suspected person reaches'
  const common = { title, description: sayPicture(picture), inWords: 'in-words', path }
  return html`<h2 class="govuk-heading-m" id="ways">Show the path to</h2>
<ul class="govuk-list reach-choices">${infos.map(
    info =>
      html`<li><a class="govuk-link" href="${href({ info: info.id, last: null })}#picture"${path?.info === info.id && html` aria-current="true"`}>${capital(info.label)}</a></li>`,
  )}${path && html`<li><a class="govuk-link" href="${href({ info: null })}#picture">All paths at once</a></li>`}</ul>
<div class="${path ? 'reach-beside' : 'reach-alone'}" id="picture">${path && pathView(path, href)}
<div class="reach-pictures">${legendView()}<div class="reach-wide">${pictureView({ ...common, id: 'wide', form: 'wide', laid: layOutPicture(picture, arrangement, 'wide') })}</div>
<div class="reach-narrow">${pictureView({ ...common, id: 'narrow', form: 'tall', laid: layOutPicture(picture, arrangement, 'tall') })}</div></div></div>
${foldsView(made, href)}
<h2 class="govuk-heading-m">The same in words</h2>
<p class="govuk-body" id="in-words">${sayPicture(picture)}</p>
${reachWordsView(picture, info => `${href({ info: info, last: null })}#picture`)}`
}

function pathView(path: Path, href: (change: Partial<ReachAddress>) => string): Html {
  const others = path.givers.filter(giver => giver.id !== path.last)
  return html`<section class="reach-way" aria-labelledby="way-heading"><h3 class="govuk-heading-m" id="way-heading">${capital(path.label)} ${beliefTagView(path.belief)}</h3>
<ol class="govuk-list govuk-list--number">${path.sentences.map(sentence => html`<li><bdi>${sentence}</bdi></li>`)}</ol>
${
  others.length > 0 &&
  html`<h4 class="govuk-heading-s">${others.length === 1 ? 'One more path' : `${others.length} more paths`} to it</h4><ul class="govuk-list">${others.map(
    giver =>
      html`<li><a class="govuk-link" href="${href({ info: path.info, last: giver.id })}#picture"><span class="govuk-visually-hidden">Through </span><bdi>${giver.label}</bdi></a>, ${giver.belief}</li>`,
  )}</ul>`
}</section>`
}

const foldingWords: Readonly<Record<Folding, string>> = {
  thing: 'each thing by itself',
  kind: 'things of one kind together',
  holder: 'things reached by the same path together',
}

function foldsView({ by, folds }: MadePicture, href: (change: Partial<ReachAddress>) => string): Html {
  const open = new Set(folds.filter(fold => fold.isOpen).map(fold => fold.id))
  return html`<h2 class="govuk-heading-m" id="folds">How it is folded</h2>
<p class="govuk-body">Show ${foldings.map((each, index) => html`${index > 0 && ', '}${each === by ? html`<strong>${foldingWords[each]}</strong>` : html`<a class="govuk-link" href="${href({ by: each, open: new Set() })}#picture">${foldingWords[each]}</a>`}`)}.</p>
${
  folds.length > 0 &&
  html`<ul class="govuk-list reach-choices">${folds.map(fold => {
    const next = new Set(open)
    if (fold.isOpen) next.delete(fold.id)
    else next.add(fold.id)
    return html`<li><a class="govuk-link" href="${href({ open: next })}#picture">${fold.isOpen ? 'Fold' : 'Unfold'} <bdi>${fold.label}</bdi> (${fold.count})</a></li>`
  })}</ul>`
}`
}
