import { parseWallClock } from '../../../foundation/local-date.ts'
import { sayDate } from '../../../foundation/say-date.ts'
import { type SummaryRow, summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayActCode } from '../../act-codes.ts'
import type { IncidentRevision } from '../../incident.ts'
import { sayWhen } from '../../say-when.ts'
import { saySign } from '../../signs.ts'
import { sayTelling } from '../../telling.ts'
import { textView } from './text-view.ts'

/** What one revision tells, each thing under its name. */
export function incidentRevisionView(revision: IncidentRevision): Html {
  const row = (key: string, text: string): readonly SummaryRow[] =>
    text === '' ? [] : [{ key: { text: key }, value: { html: textView(text) } }]
  const noticed = revision.noticedOn === null ? null : parseWallClock(`${revision.noticedOn}T00:00`)
  return summaryList({
    rows: [
      ...row('What happened', revision.what),
      ...row('When', `${sayWhen(revision.when, revision.zone)} (${revision.zone})`),
      ...row('When it was noticed', noticed ? sayDate(noticed) : ''),
      ...row('Where, roughly', revision.whereCoarse),
      ...row('Platform or device', revision.platform),
      {
        key: { text: 'Acts associated with stalking' },
        value:
          revision.codes.length === 0
            ? { text: 'None selected' }
            : {
                html: html`<ul class="govuk-list">${revision.codes.map(code => html`<li>${sayActCode(code)}</li>`)}</ul>`,
              },
      },
      ...row('How the client felt', revision.clientWords),
      ...row('What changed', revision.changed),
      ...row('What it shows', (revision.shows ?? []).map(saySign).join('\n')),
      ...row('Who was told', sayTelling(revision.telling, revision.toldTo)),
    ],
  })
}
