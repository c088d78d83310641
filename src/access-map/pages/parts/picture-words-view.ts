import type { Belief } from '../../../access-engine/reach/map.ts'
import { details } from '../../../web/components/details.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import {
  compareIds,
  isSurer,
  type Picture,
  type PictureLine,
  type PictureNode,
} from '../../picture/picture-of-reach.ts'

const beliefWords: Readonly<Record<Belief, readonly [string, string]>> = {
  known: ['Known', 'govuk-tag--red'],
  suspected: ['Suspected', 'govuk-tag--orange'],
  possible: ['Possible', 'govuk-tag--yellow'],
}

/** A belief as a tag. The word says it; the colour only repeats it. */
export function beliefTagView(belief: Belief): Html {
  const [text, classes] = beliefWords[belief]
  return tag({ text, classes })
}

/** A label as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The picture in one sentence, for people who cannot see it. The lists after it say the rest. */
export function sayPicture(picture: Picture): string {
  const infos = picture.nodes.filter(node => node.role === 'info')
  const count = (belief: Belief): number => infos.filter(node => node.belief === belief).length
  const things = picture.nodes.filter(isRow)
  const size = (nodes: readonly PictureNode[]): number =>
    nodes.reduce((sum, node) => sum + Math.max(1, node.folded.length), 0)
  const open = size(things.filter(node => node.belief !== null))
  return `${open} of ${size(things)} things give something away. Kinds of information reached: ${count('known')} known, ${count('suspected')} suspected, ${count('possible')} possible.`
}

const isRow = (node: PictureNode): boolean => node.role === 'thing' || node.role === 'person'

const bySureness = (one: PictureLine, other: PictureLine): number =>
  one.belief === other.belief ? compareIds(one.from, other.from) : isSurer(one.belief, other.belief) ? -1 : 1

/**
 * The same as the picture, in nested lists: each piece of information with the things that give it away, and each
 * thing with the paths into it.
 *
 * @param pathHref the address that highlights the path to a piece of information
 */
export function reachWordsView(picture: Picture, pathHref?: (info: string) => string): Html {
  const labels = new Map(picture.nodes.map(node => [node.id, node.label]))
  const label = (id: string): string => (id === 'suspect' ? 'Straight from them' : (labels.get(id) ?? id))
  const into = (id: string): readonly PictureLine[] =>
    picture.lines.filter(line => line.to === id).sort(bySureness)
  const infos = picture.nodes.filter(node => node.role === 'info')
  const rows = picture.nodes.filter(node => isRow(node) && node.belief !== null)
  const closed = picture.nodes.filter(node => isRow(node) && node.belief === null)
  return html`<h3 class="govuk-heading-s">What they learn, and from what</h3>
<ul class="govuk-list reach-words">${infos.map(info => {
    const lines = into(info.id)
    return html`<li>${details({
      summary: {
        html: html`${capital(info.label)}: ${info.belief ?? ''}, from ${lines.length === 1 ? 'one thing' : `${lines.length} things`}`,
      },
      html: html`<ul class="govuk-list govuk-list--bullet">${lines.map(
        line => html`<li><bdi>${label(line.from)}</bdi>: ${line.belief}</li>`,
      )}</ul>${
        pathHref &&
        html`<p class="govuk-body"><a class="govuk-link" href="${pathHref(info.id)}">The path to it<span class="govuk-visually-hidden">: ${info.label}</span></a></p>`
      }`,
    })}</li>`
  })}</ul>
<h3 class="govuk-heading-s">How they get into each thing</h3>
${details({
  summary: { text: `The paths into ${rows.length === 1 ? 'one thing' : `${rows.length} things`}` },
  html: html`<ul class="govuk-list govuk-list--bullet">${rows.map(
    row =>
      html`<li><bdi>${row.label}</bdi>: ${row.belief ?? ''}<ul class="govuk-list govuk-list--bullet">${into(
        row.id,
      ).map(
        line =>
          html`<li>${line.from === 'suspect' ? 'Straight from them' : html`Through <bdi>${label(line.from)}</bdi>`}: ${line.belief}</li>`,
      )}</ul></li>`,
  )}</ul>`,
})}${
  closed.length > 0 &&
  html`<p class="govuk-body">On no path to information by the answers so far: ${closed.map((each, index) => html`${index > 0 && ', '}<bdi>${each.label}</bdi>`)}.</p>`
}`
}
