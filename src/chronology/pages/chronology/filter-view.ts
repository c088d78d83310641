import { appFacts } from '../../../evidence/importers/importer.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { input } from '../../../web/components/input.ts'
import { select } from '../../../web/components/select.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { actCodes, sayActCode } from '../../act-codes.ts'
import type { Timeline, TimelineChoice } from '../../operations/list-timeline.ts'
import { factNames } from '../../say-writer.ts'
import {
  type KindGroup,
  kindGroups,
  type TimelineFilter,
  wholeTimeline,
  writeFilter,
} from '../../timeline-filter.ts'

const kindNames: Readonly<Record<KindGroup, string>> = {
  messages: 'Messages',
  calls: 'Calls',
  'pictures-and-files': 'Pictures and files',
  'app-lines': 'Lines that the app wrote, or may have',
  'not-understood': 'Not understood or kept apart',
}

/** What to look for and what to narrow the timeline down to. One form; it is sent, so that words stay out of the URL. */
export function filterFormView(visit: CaseVisit, timeline: Timeline, filter: TimelineFilter): Html {
  const isNarrowed = filter.words !== '' || writeFilter(filter) !== ''
  const form = startForm(
    { action: `/cases/${visit.caseId}/chronology`, csrfToken: visit.csrfToken },
    input({
      id: 'words',
      name: 'words',
      label: { text: 'Words' },
      hint: {
        text: 'All of them must be there, in any form: stalk also finds stalking. Put words that belong together, or one exact word, in “quotation marks”; tele* finds how words begin; -word leaves out what has the word',
      },
      value: filter.words,
      classes: 'govuk-input--width-20',
      autocomplete: 'off',
      attributes: { dir: 'auto', maxlength: 200 },
    }),
    choose('show', 'Show', 'Records and incidents', filter.show === 'everything' ? null : filter.show, [
      { key: 'records', name: 'Records only' },
      { key: 'incidents', name: 'Incidents only' },
    ]),
    choose(
      'kind',
      'Kind of record',
      'Every kind',
      filter.kind,
      kindGroups.map(key => ({ key, name: kindNames[key] })),
    ),
    choose('fact', 'What the app reports', 'Anything or nothing', filter.fact, [
      { key: 'any', name: 'Anything it reports' },
      ...appFacts.map(key => ({ key, name: factNames[key] })),
    ]),
    choose('sender', 'Sent by', 'Anybody', filter.sender, timeline.senders),
    choose('platform', 'Platform', 'Every platform', filter.platform, timeline.platforms),
    input({
      id: 'exhibit-reference',
      name: 'exhibit-reference',
      label: { text: 'Exhibit' },
      hint: { text: 'Its reference, such as ABC/1' },
      value: timeline.exhibit ?? '',
      classes: 'govuk-input--width-10',
      autocomplete: 'off',
      attributes: { maxlength: 40 },
    }),
    choose(
      'code',
      'Act of stalking',
      'Any or none',
      filter.code,
      actCodes.map(({ code }) => ({ key: code, name: sayActCode(code) })),
    ),
    day('from', 'From', filter.from),
    day('until', 'Until', filter.until),
    choose('order', 'Order', 'Oldest first', filter.order === 'newest' ? 'newest' : null, [
      { key: 'newest', name: 'Newest first' },
    ]),
    button({ text: 'Apply' }),
    isNarrowed
      ? html` <a class="govuk-link" href="/cases/${visit.caseId}/chronology">Show the whole line</a>`
      : html``,
  )
  return details({
    summary: { text: 'Search and narrow down' },
    html: form,
    open: isNarrowed,
    id: 'narrow-down',
  })
}

/** The filter as hidden fields, for a form that goes on from where a page of a search ended. */
export function filterFieldsView(filter: TimelineFilter): Html {
  const values: Readonly<Record<string, string | null>> = {
    words: filter.words,
    show: filter.show === wholeTimeline.show ? null : filter.show,
    kind: filter.kind,
    fact: filter.fact,
    sender: filter.sender,
    platform: filter.platform,
    exhibit: filter.exhibit,
    code: filter.code,
    from: filter.from,
    until: filter.until,
    time: filter.time === 'unknown' ? filter.time : null,
    order: filter.order === 'newest' ? filter.order : null,
  }
  return html`${Object.entries(values).map(([name, value]) => value !== null && html`<input type="hidden" name="${name}" value="${value}">`)}`
}

function choose(
  name: string,
  text: string,
  all: string,
  value: string | null,
  choices: readonly TimelineChoice[],
): Html {
  return select({
    id: name,
    name,
    label: { text },
    items: [
      { value: '', text: all },
      ...choices.map(choice => ({ value: choice.key, text: [...choice.name].slice(0, 80).join('') })),
    ],
    value: value ?? undefined,
  })
}

function day(name: string, text: string, value: string | null): Html {
  return input({
    id: name,
    name,
    type: 'date',
    label: { text },
    value: value ?? '',
    classes: 'govuk-input--width-10',
  })
}
