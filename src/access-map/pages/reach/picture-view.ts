import { type Html, html } from '../../../web/html.ts'
import type { Belief } from '../../map.ts'
import type { Picture } from '../../picture-of-reach.ts'

const width = 960
const row = 34
const top = 30
const left = 330
const right = 640

const clip = (text: string, most: number): string =>
  [...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text

const classes: Readonly<Record<Belief, string>> = {
  known: 'map-line map-line--known',
  suspected: 'map-line map-line--suspected',
  possible: 'map-line map-line--possible',
}

/**
 * Things on the left, what they give away on the right, a line for each way: whole where it is known, dashed where it
 * is suspected, dotted where it is possible. Drawn on the server; the table beside it says the same in words.
 */
export function pictureView(picture: Picture): Html {
  const rows = Math.max(picture.things.length, picture.infos.length, 1)
  const height = top + rows * row + 10
  const yOf = (index: number): number => top + index * row + row / 2
  const thingAt = new Map(picture.things.map((each, index) => [each.thingId, yOf(index)]))
  const infoAt = new Map(picture.infos.map((each, index) => [each.id, yOf(index)]))
  return html`<svg class="chart access-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-labelledby="map-title map-description"><title id="map-title">What the suspected person reaches</title><desc id="map-description">Things the client has on the left, what they give away on the right. The table below says the same.</desc>
<text class="chart__label" x="0" y="14">What the client has</text><text class="chart__label" x="${String(right)}" y="14">What it gives away</text>${picture.lines.map(
    line => {
      const [from, to] = [thingAt.get(line.thingId), infoAt.get(line.info)]
      if (from === undefined || to === undefined) return html``
      const middle = (left + right) / 2
      return html`<path class="${classes[line.belief]}" d="M${String(left)} ${String(from)} C${String(middle)} ${String(from)} ${String(middle)} ${String(to)} ${String(right - 8)} ${String(to)}"/>`
    },
  )}${picture.things.map(
    (each, index) =>
      html`<g><rect class="${each.belief === null ? 'map-box' : `map-box map-box--${each.belief}`}" x="0" y="${String(yOf(index) - 13)}" width="${String(left)}" height="26" rx="3"/><text class="map-label" x="8" y="${String(yOf(index) + 5)}">${clip(each.label, 38)}</text></g>`,
  )}${picture.infos.map(
    (each, index) =>
      html`<g><rect class="map-box map-box--${each.belief}" x="${String(right - 8)}" y="${String(yOf(index) - 13)}" width="${String(width - right + 8)}" height="26" rx="3"/><text class="map-label" x="${String(right)}" y="${String(yOf(index) + 5)}">${clip(each.label, 40)}</text></g>`,
  )}</svg>`
}
