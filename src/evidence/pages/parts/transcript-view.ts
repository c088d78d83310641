import { parseWallClock } from '../../../foundation/local-date.ts'
import { sayDate, sayMoment, sayWallClock } from '../../../foundation/say-date.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { type LineAuthor, sayRegion, type TranscriptRevision } from '../../transcript.ts'

const whose: Readonly<Record<LineAuthor, string>> = {
  other: 'To the client',
  client: 'By the client',
  app: 'By the app',
  'not-known': 'Not known whose',
}

/** What was typed off a picture at one time: always with who typed it, and when. `path` is that of the exhibit. */
export function transcriptTableView(path: string, revision: TranscriptRevision, zone: string): Html {
  const { transcript, byName, at } = revision
  const row = (key: string, value: string) => ({
    key: { text: key },
    value: { html: html`<bdi>${value === '' ? 'Not said' : value}</bdi>` },
  })
  const lines = transcript.lines.map(line => [
    {
      html: line.region
        ? html`<a class="govuk-link" href="${path}/picture?line=${line.number}">${line.number}<span class="govuk-visually-hidden">, ${sayRegion(line.region)}</span></a>`
        : html`${line.number}`,
    },
    { html: html`<bdi class="keeps-lines">${line.text}</bdi>` },
    { html: html`${whose[line.author]}${line.speaker !== '' && html`, as <bdi>${line.speaker}</bdi>`}` },
    {
      html: html`${line.day !== null && sayLineTime(line.day, line.time)}${line.shownTime !== '' && html` (on the screen: <bdi>${line.shownTime}</bdi>)`}`,
    },
  ])
  return html`<p class="govuk-body">Typed by ${byName}, ${sayMoment(at, zone)}, revision ${revision.revision}.${transcript.reason !== '' && html` Why it was corrected: <bdi>${transcript.reason}</bdi>.`} The program has not read the picture.</p>
${summaryList({
  rows: [
    row('Whose device', transcript.device),
    row('Who took it', transcript.takenBy),
    row('App', transcript.app),
    row('Thread', transcript.thread),
    row('Clock in the picture', transcript.shownClock),
    row('When, as the client says', transcript.saidWhen),
  ],
})}
${lines.length > 0 && listTable({ caption: 'Line by line', head: ['Line', 'What it says', 'Whose words', 'When'], rows: lines })}`
}

function sayLineTime(day: string, time: string | null): string {
  const clock = parseWallClock(`${day}T${time ?? '00:00'}:00`)
  if (!clock) return ''
  return time === null ? `${sayDate(clock)}, time not known` : sayWallClock(clock)
}
