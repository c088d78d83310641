import { writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'

export type BarChartOptions = {
  /** Unique on the page: title and description take their ids from it. */
  readonly id: string
  readonly title: string
  /** What the picture shows, in words: the reader who cannot see it gets this and the caller's table. */
  readonly description: string
  readonly bars: readonly {
    /** Under the bar; leave it empty to label only some. */
    readonly label: string
    readonly count: number
    /** The bar in words: "Week of 3 March: 12". */
    readonly words: string
  }[]
}

const width = 720
const height = 260
const edge = { left: 48, right: 8, top: 12, bottom: 40 }

/** The next round number at or above a count, in steps a person reads easily. */
function roundUp(count: number): number {
  if (count <= 5) return 5
  const size = 10 ** Math.floor(Math.log10(count))
  const step = [1, 2, 2.5, 5, 10].find(each => each * size >= count) ?? 10
  return Math.ceil(step * size)
}

const at = (value: number): number => Math.round(value * 10) / 10

/** Bars in a row, drawn on the server: no script, no inline style, and each bar says its count. */
export function barChart(options: BarChartOptions): Html {
  const { id, bars } = options
  const most = roundUp(Math.max(0, ...bars.map(bar => bar.count)))
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom }
  const step = inner.width / Math.max(1, bars.length)
  const floor = edge.top + inner.height
  const lines = [0, 0.5, 1].map(share => {
    const y = at(floor - share * inner.height)
    return html`<line${writeAttributes({
      class: share === 0 ? 'chart__axis' : 'chart__grid',
      x1: edge.left,
      x2: width - edge.right,
      y1: y,
      y2: y,
    })}/><text${writeAttributes({
      class: 'chart__label',
      x: edge.left - 6,
      y: at(y + 4),
      'text-anchor': 'end',
    })}>${Number.isInteger(most * share) && most * share}</text>`
  })
  const isLast = (middle: number): boolean => middle > width - 34
  const drawn = bars.map((bar, index) => {
    const tall = (bar.count / most) * inner.height
    const left = edge.left + index * step
    return html`<g><title>${bar.words}</title><rect${writeAttributes({
      class: 'chart__bar',
      x: at(left + step * 0.1),
      y: at(floor - tall),
      width: at(step * 0.8),
      height: at(tall),
    })}/>${
      bar.label &&
      html`<text${writeAttributes({
        class: 'chart__label',
        // the last label ends where the picture does, so that nothing of it is cut
        x: isLast(left + step / 2) ? width - edge.right : at(left + step / 2),
        y: floor + 18,
        'text-anchor': isLast(left + step / 2) ? 'end' : 'middle',
      })}>${bar.label}</text>`
    }</g>`
  })
  return html`<svg${writeAttributes({
    class: 'chart',
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-description`,
  })}><title${writeAttributes({ id: `${id}-title` })}>${options.title}</title><desc${writeAttributes({
    id: `${id}-description`,
  })}>${options.description}</desc>${lines}${drawn}</svg>`
}
