import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
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

/** A page of the revisions of the map: the map of any day can be shown again. */
export async function showMapHistory({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const { list, zone } = await visit.onCase(async transaction => ({
    list: await inventoryRevisions.list(transaction, visit.caseId, place),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const base = `/cases/${visit.caseId}/map`
  const pages = { list, one: 'state', many: 'states', address: `${base}/history` }
  const body = html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">Earlier states of the map</h1>
${
  list.count === 0
    ? html`<p class="govuk-body">Nobody has begun this map yet.</p>`
    : html`${listCount(pages)}${listTable({
        caption: 'States of the map, the newest first',
        head: ['State', 'When', 'Who', 'What was done'],
        rows: list.lines.map(line => [
          {
            html: html`<a class="govuk-link" href="${base}/history/${String(line.revision)}">State ${line.revision}</a>`,
          },
          { text: sayMoment(line.at, zone) },
          { html: html`<bdi>${line.byName}</bdi>` },
          { text: changes[line.change] },
        ]),
      })}${listPages(pages)}`
}`
  return showPage(
    staffPage(visit, {
      title: 'Earlier states of the map',
      body,
      back: { href: base, text: 'Back to the map' },
    }),
  )
}
