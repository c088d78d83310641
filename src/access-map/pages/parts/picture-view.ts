import { type Belief, beliefs } from '../../../access-engine/reach/map.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Path } from '../../picture/find-path.ts'
import type { Box, LaidOut, PictureForm, Point } from '../../picture/lay-out-picture.ts'
import { fitText } from './fit-text.ts'

export type PictureOptions = {
  /** Unique on the page: title and description take their ids from it. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** The id of the lists that say the same in words. */
  readonly inWords: string
  readonly form: PictureForm
  readonly laid: LaidOut
  /** The path that is highlighted. Everything else is pale. */
  readonly path?: Path | null | undefined
}

const textSizes: Readonly<Record<PictureForm, number>> = { wide: 15, half: 14, tall: 13 }
const markSizes: Readonly<Record<PictureForm, number>> = { wide: 5.5, half: 4.5, tall: 3.6 }
const cornerSize = 5

/**
 * Who reaches what: boxes; lines that are solid when known, dashed when suspected and dotted when possible; and marks
 * of three shapes where a thing gives information away. Drawn on the server. The words beside it say the same, and so
 * does the picture without colour.
 */
export function pictureView(options: PictureOptions): Html {
  const { id, laid, form, path } = options
  const isLit = (line: { readonly from: string; readonly to: string }): boolean =>
    path?.lines.has(`${line.from} ${line.to}`) ?? false
  const between = laid.lines.filter(line => !line.to.startsWith('info-'))
  const lit = laid.lines.filter(isLit)
  return html`<svg class="reach-picture reach-picture--${form}${path ? ' reach-picture--way' : ''}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${laid.width} ${laid.height}" width="${laid.width}" height="${laid.height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description ${options.inWords}"><title id="${id}-title">${options.title}</title><desc id="${id}-description">${options.description}</desc>
<g class="reach-all">${laid.leads.length > 0 && html`<path class="reach-lead" d="${laid.leads.map(lead => pathOf(lead.points)).join('')}"/>`}${laid.rails.map(
    rail => html`<path class="reach-line reach-rail reach-line--${rail.belief}" d="${pathOf(rail.points)}"/>`,
  )}${[...beliefs].reverse().map(belief => {
    const own = between.filter(line => line.belief === belief)
    return own.map(line => html`<path class="reach-line reach-line--${belief}" d="${pathOf(line.points)}"/>`)
  })}${[...beliefs].reverse().map(belief => {
    const own = between.filter(line => line.belief === belief)
    return (
      own.length > 0 &&
      html`<path class="reach-arrow" d="${own.map(line => arrowOf(line.points)).join('')}"/>`
    )
  })}</g>${lit.map(line => html`<path class="reach-lit" d="${pathOf(line.points)}"/>`)}${
    lit.length > 0 &&
    html`<path class="reach-arrow reach-arrow--lit" d="${lit.map(line => arrowOf(line.points)).join('')}"/>`
  }${[...beliefs].reverse().map(belief => {
    const own = laid.marks.filter(mark => mark.belief === belief)
    const near = path ? own.filter(mark => mark.to === path.info) : own
    const far = path ? own.filter(mark => mark.to !== path.info) : []
    return html`${markPathView(far, belief, markSizes[form], ' reach-mark--far')}${markPathView(near, belief, markSizes[form])}`
  })}${laid.boxes.map(box => boxView(box, options))}</svg>`
}

function boxView({ node, x, y, width, height }: Box, { form, path }: PictureOptions): Html {
  const size = textSizes[form]
  const isOn = path ? path.boxes.has(node.id) : false
  const kind = `reach-box--${node.belief ?? 'closed'}${isOn ? ' reach-box--lit' : ''}${path && !isOn ? ' reach-box--far' : ''}`
  const capital = node.role === 'info' ? node.label.charAt(0).toUpperCase() + node.label.slice(1) : node.label
  const label = fitText(capital, width - 14, size)
  const round = node.role === 'info' ? height / 2 : node.role === 'thing' ? 3 : 9
  // A fold is drawn as what it is: more than one sheet.
  const under =
    node.folded.length > 0 &&
    html`<rect class="reach-box ${kind}" x="${x + 3}" y="${y - 3}" width="${width}" height="${height}" rx="${round}"/>`
  return html`<g>${under}<rect class="reach-box reach-box--${node.role} ${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/><text class="reach-label reach-label--${node.role}" x="${x + (node.role === 'info' ? 12 : 8)}" y="${y + height / 2 + size * 0.35}" font-size="${size}">${label}</text></g>`
}

/** Marks of one belief: filled is known, half filled suspected, empty possible. */
export function markPathView(
  marks: readonly Point[],
  belief: Belief,
  radius: number,
  far = '',
): Html | false {
  if (marks.length === 0) return false
  const ring = ({ x, y }: Point): string =>
    `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`
  const half = ({ x, y }: Point): string => `M${x} ${y - radius}a${radius} ${radius} 0 0 0 0 ${radius * 2}z`
  return html`<path class="reach-mark reach-mark--${belief}${far}" d="${marks.map(ring).join('')}"/>${
    belief === 'suspected' &&
    html`<path class="reach-mark reach-mark--half${far}" d="${marks.map(half).join('')}"/>`
  }`
}

/** A path through points, with rounded corners so that a corner is not taken for a crossing. */
function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (!before) return `M${point.x} ${point.y}`
      if (!after) return `L${point.x} ${point.y}`
      const near = towards(point, before)
      const far = towards(point, after)
      return `L${near.x} ${near.y}Q${point.x} ${point.y} ${far.x} ${far.y}`
    })
    .join('')
}

/** The place at a corner's size from a point, towards another. */
function towards(point: Point, other: Point): Point {
  const [across, down] = [other.x - point.x, other.y - point.y]
  const length = Math.abs(across) + Math.abs(down)
  const share = Math.min(cornerSize, length / 2) / Math.max(1, length)
  return { x: point.x + across * share, y: point.y + down * share }
}

/** An arrowhead where a line arrives, along its last piece. */
function arrowOf(points: readonly Point[]): string {
  const end = points.at(-1)
  const before = points.at(-2)
  if (!end || !before) return ''
  const side = Math.sign(end.x - before.x)
  return `M${end.x} ${end.y}l${-7 * side} -3.5v7z`
}
