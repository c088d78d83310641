import type { CaseVisit } from '../../../identity/route.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { StatutoryGroundsOfCase } from '../../operations/load-statutory-grounds.ts'
import { sayLimb, sayStatutoryGround } from '../../spo-grounds.ts'

/**
 * The three statutory grounds, each with the incidents that support it, what else is known, and what is not marked
 * yet.
 */
export function statutoryGroundsView(visit: CaseVisit, { all, grounds }: StatutoryGroundsOfCase): Html {
  if (grounds === null)
    return html`<p class="govuk-body">The chronology is not shared with you, so the grounds cannot be shown.</p>`
  const linkOf = (number: number): Html => {
    const found = all.incidents.find(each => each.number === number)
    return html`<a class="govuk-link" href="/cases/${visit.caseId}/incidents/${found?.incidentId ?? ''}">Incident ${number}</a> `
  }
  return html`${grounds.map(({ ground, limbs }) =>
    table({
      caption: sayStatutoryGround(ground),
      captionClasses: 'govuk-table__caption--m',
      head: [{ text: 'What speaks for it' }, { text: 'In the file' }],
      rows: limbs.map(({ limb, incidents, known }) => [
        { text: sayLimb(limb) },
        {
          html: html`${incidents.map(linkOf)}${known.map(each => html`<div>${each}</div>`)}${
            incidents.length === 0 &&
            known.length === 0 &&
            'No incident is marked with this. Ask the client, and revise an incident that shows it'
          }`,
        },
      ]),
    }),
  )}`
}
