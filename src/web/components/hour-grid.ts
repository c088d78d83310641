import { writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'

export type HourGridOptions = {
  /** Unique on the page: title and description take their ids from it. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** Seven rows, each with a name and twenty-four counts, the first for the hour from midnight. */
  readonly days: readonly { readonly name: string; readonly counts: readonly number[] }[]
}

const cell = { width: 27, height: 24 }
const edge = { left: 48, top: 24 }
const hours = 24

/** Which of five shades a count gets: none, then quarters of the largest. */
function shadeOf(count: number, most: number): number {
  return count <= 0 ? 0 : Math.min(4, Math.max(1, Math.ceil((count / most) * 4)))
}

/** Days down, hours across, darker for more, drawn on the server; the count stands in each cell that has one. */
export function hourGrid(options: HourGridOptions): Html {
  const { id, days } = options
  const most = Math.max(1, ...days.flatMap(day => day.counts))
  const heads = Array.from({ length: hours / 3 }, (_, index) => index * 3).map(
    hour =>
      html`<text${writeAttributes({
        class: 'chart__label',
        x: edge.left + hour * cell.width,
        y: edge.top - 8,
      })}>${String(hour).padStart(2, '0')}</text>`,
  )
  const rows = days.map((day, row) => {
    const top = edge.top + row * cell.height
    const cells = Array.from({ length: hours }, (_, hour) => {
      const count = day.counts[hour] ?? 0
      const shade = shadeOf(count, most)
      const left = edge.left + hour * cell.width
      return html`<g><title>${`${day.name} ${String(hour).padStart(2, '0')}:00 to ${String(hour + 1).padStart(2, '0')}:00: ${count}`}</title><rect${writeAttributes(
        {
          class: `chart__cell chart__cell--${shade}`,
          x: left,
          y: top,
          width: cell.width,
          height: cell.height,
        },
      )}/>${
        count > 0 &&
        html`<text${writeAttributes({
          class: shade > 2 ? 'chart__label chart__label--on-dark' : 'chart__label',
          x: left + cell.width / 2,
          y: top + cell.height / 2 + 5,
          'text-anchor': 'middle',
        })}>${count}</text>`
      }</g>`
    })
    return html`<text${writeAttributes({
      class: 'chart__label',
      x: edge.left - 6,
      y: top + cell.height / 2 + 5,
      'text-anchor': 'end',
    })}>${day.name.slice(0, 3)}</text>${cells}`
  })
  const size = `0 0 ${edge.left + hours * cell.width + 4} ${edge.top + days.length * cell.height + 4}`
  return html`<svg${writeAttributes({
    class: 'chart',
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: size,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-description`,
  })}><title${writeAttributes({ id: `${id}-title` })}>${options.title}</title><desc${writeAttributes({
    id: `${id}-description`,
  })}>${options.description}</desc>${heads}${rows}</svg>`
}
