import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { MapChange } from '../../inventory/inventory-change.ts'
import { inventoryRevisions } from '../../operations/load-inventory.ts'

const changes: Readonly<Record<MapChange, string>> = {
  'things-added': 'Put things on the map',
  'answers-given': 'Answered questions about a thing',
  'thing-gone': 'Took a thing off that the client no longer has',
  'thing-back': 'Put a thing back',
  'words-written': 'Wrote down the client’s words',
  'channel-tied': 'Said what a way to reach the client goes through',
}

/** Every revision of the map: the map of any day can be shown again. */
export async function showMapHistory(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { lines, zone } = await visit.onCase(async transaction => ({
    lines: await inventoryRevisions.list(transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const base = `/cases/${visit.caseId}/map`
  const body = html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">Earlier states of the map</h1>
${
  lines.length === 0
    ? html`<p class="govuk-body">Nobody has begun this map yet.</p>`
    : scrollingRegion({
        label: 'States of the map',
        html: table({
          caption: 'The newest first',
          captionClasses: 'govuk-visually-hidden',
          head: ['State', 'When', 'Who', 'What was done'].map(text => ({ text })),
          rows: lines.map(line => [
            {
              html: html`<a class="govuk-link" href="${base}/history/${String(line.revision)}">State ${line.revision}</a>`,
            },
            { text: sayMoment(line.at, zone) },
            { html: html`<bdi>${line.byName}</bdi>` },
            { text: changes[line.change] },
          ]),
        }),
      })
}`
  return showPage(
    staffPage(visit, {
      title: 'Earlier states of the map',
      body,
      back: { href: base, text: 'Back to the map' },
    }),
  )
}
