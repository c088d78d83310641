import { parseWallClock } from '../../../foundation/local-date.ts'
import { sayDate } from '../../../foundation/say-date.ts'
import { keepLately } from '../../../platform/kept-lately.ts'
import { barChart } from '../../../web/components/bar-chart.ts'
import { details } from '../../../web/components/details.ts'
import { hourGrid } from '../../../web/components/hour-grid.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { ClockPattern } from '../../clock-pattern.ts'
import type { Timeline } from '../../operations/list-timeline.ts'
import type { Tempo } from '../../tempo.ts'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

// Fixed wording (rule S14): what these counts do and do not show
const caveat =
  'What is told twice is counted once. What has no known time is not counted. An uneventful week is not evidence of safety.'

/** Pictures drawn lately, by all the counts that are in them, so that one is of these counts and no others; characters in all. */
const lately = keepLately<Html>(16 * 1024 * 1024)

/** Counts per week and by hour of the week, each with the same numbers as a table; drawn once while the counts stay the same. */
export function picturesView(pictures: NonNullable<Timeline['pictures']>): Html {
  const counts = JSON.stringify(pictures)
  const before = lately.get(counts)
  if (before) return before
  const drawn = drawPictures(pictures)
  lately.set(counts, drawn, counts.length + drawn.markup.length)
  return drawn
}

function drawPictures(pictures: NonNullable<Timeline['pictures']>): Html {
  const { records, recordHours, incidents } = pictures
  if (records.weeks.length === 0 && incidents.weeks.length === 0) return html``
  return html`<section aria-labelledby="pictures-heading"><h2 class="govuk-heading-m" id="pictures-heading">How often, and at what hour</h2>
<p class="govuk-body">${caveat} <a class="govuk-link" href="#line">Go to the timeline</a></p>
${records.weeks.length > 0 && weeksView('records', 'Records each week', records)}
${records.weeks.length > 0 && hoursView(recordHours)}
${incidents.weeks.length > 0 && weeksView('incidents', 'Incidents each week', incidents)}</section>`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** "1 Sep 25": short enough to stand under a bar beside its neighbours. */
function shortDay(day: string): string {
  return `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(2, 4)}`
}

function weeksView(id: string, title: string, tempo: Tempo): Html {
  const every = Math.max(1, Math.ceil(tempo.weeks.length / 8))
  const total = tempo.weeks.reduce((sum, week) => sum + week.counted, 0)
  const most = tempo.weeks.reduce((one, other) => (other.counted > one.counted ? other : one))
  const last = tempo.weeks.at(-1)?.monday ?? ''
  const description = `${total} from the week of ${sayDay(tempo.weeks[0]?.monday ?? '')} to the week of ${sayDay(last)}. The most in a week is ${most.counted}, in the week of ${sayDay(most.monday)}.${tempo.unknown > 0 ? ` ${tempo.unknown} more ${tempo.unknown === 1 ? 'has' : 'have'} no known time.` : ''}`
  return html`<h3 class="govuk-heading-s">${title}</h3><p class="govuk-body">${description}</p>
<div class="scrolls-sideways" tabindex="0" role="region" aria-label="${title}">${barChart({
    id: `${id}-weeks`,
    title,
    description,
    bars: tempo.weeks.map(({ monday, counted }, index) => ({
      label: index % every === 0 ? shortDay(monday) : '',
      count: counted,
      words: `Week of ${sayDay(monday)}: ${counted}`,
    })),
  })}</div>${details({
    summary: { text: `${title}, as a table` },
    html: table({
      caption: title,
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Week of' }, { text: 'Count', format: 'numeric' }],
      rows: tempo.weeks.map(week => [
        { text: sayDay(week.monday) },
        { text: String(week.counted), format: 'numeric' },
      ]),
      firstCellIsHeader: true,
    }),
  })}`
}

function hoursView({ grid }: ClockPattern): Html {
  const title = 'Records by hour of the week'
  const total = grid.flat().reduce((sum, count) => sum + count, 0)
  const night = grid.reduce((sum, row) => sum + row.slice(0, 6).reduce((one, other) => one + other, 0), 0)
  const description = `${night} of ${total} were between midnight and 6am, by the clock that each source shows.`
  return html`<h3 class="govuk-heading-s">${title}</h3><p class="govuk-body">${description}</p>
<div class="scrolls-sideways" tabindex="0" role="region" aria-label="${title}">${hourGrid({
    id: 'record-hours',
    title,
    description,
    days: grid.map((counts, day) => ({ name: days[day] ?? '', counts })),
  })}</div>${details({
    summary: { text: `${title}, as a table` },
    html: html`<div class="scrolls-sideways" tabindex="0" role="region" aria-label="${title}, as a table">${table(
      {
        caption: title,
        captionClasses: 'govuk-visually-hidden',
        head: [
          { text: 'Day' },
          ...Array.from({ length: 24 }, (_, hour) => ({
            text: String(hour).padStart(2, '0'),
            format: 'numeric' as const,
          })),
        ],
        rows: grid.map((counts, day) => [
          { text: days[day] ?? '' },
          ...counts.map(count => ({ text: String(count), format: 'numeric' as const })),
        ]),
        firstCellIsHeader: true,
      },
    )}</div>`,
  })}`
}

function sayDay(date: string): string {
  const clock = parseWallClock(`${date}T00:00`)
  return clock ? sayDate(clock) : date
}
