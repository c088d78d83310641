import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { subNavigation } from '../../../web/components/sub-navigation.ts'
import { type Html, html } from '../../../web/html.ts'
import type { ListedItem } from '../../item.ts'
import { chooseItems, type ItemFilter, writeItemFilter } from '../../list-filter.ts'
import {
  countReadingStatuses,
  mayNameProgram,
  type ReadingCounts,
  type ReadingStatus,
  readingStatuses,
  sayReadingCounts,
  sayReadingStatus,
} from '../../reading-status.ts'
import { sayCount, saySize } from '../../say-account.ts'
import { sayArrivals } from '../../say-reading.ts'
import { originalName } from '../parts/original-name.ts'
import { readingTagView } from '../parts/reading-tag-view.ts'

type ListView = { readonly items: readonly ListedItem[]; readonly zone: string; readonly filter: ItemFilter }

/** What was brought: what a person has to do about it, how many stand how, and the items, worst first. */
export function itemListView(visit: CaseVisit, { items, zone, filter }: ListView): Html {
  if (items.length === 0) return html`<p class="govuk-body">Nothing has been brought yet.</p>`
  const base = `/cases/${visit.caseId}/evidence`
  const counts = countReadingStatuses(items)
  const shown = chooseItems(items, filter)
  const chosen = {
    show: filter.show === 'all' ? '' : filter.show,
    order: filter.order === 'worst-first' ? '' : filter.order,
  }
  const pages = { list: shown, one: 'item', many: 'items', address: base, chosen }
  return html`${toDo(base, items, counts)}
<p class="govuk-body">${sayCount(items.length, 'item', 'items')}: ${sayReadingCounts(counts)}.</p>
${filterLinks(base, counts, filter)}
${shown.count === 0 ? html`<p class="govuk-body">No item stands so now. <a class="govuk-link" href="${base}">Show all items</a></p>` : html`${listCount(pages)}${itemTable(visit, shown.lines, zone, filter)}${listPages(pages)}`}
<p class="govuk-body">${orderLink(base, filter)}</p>`
}

const pressing: Readonly<Record<Exclude<ReadingStatus, 'read'>, (count: number) => string>> = {
  failed: count =>
    `${count === 1 ? 'One item could not be read. Open it' : `${count} items could not be read. Open each`}, and try again or get the file again`,
  unread: count =>
    `${count === 1 ? 'One item is kept and not read' : `${count} items are kept and not read`}: look at what ${count === 1 ? 'it' : 'each'} is, and whether something better can be brought`,
  asking: count =>
    `${count === 1 ? 'One item has a question' : `${count} items have questions`} that a person has to answer first`,
  'in-doubt': count =>
    `${count === 1 ? 'One item was read in part or in doubt' : `${count} items were read in part or in doubt`}: look at what is missing before relying on it`,
  'being-read': count =>
    `${count === 1 ? 'One item is' : `${count} items are`} still being read: load this page again`,
}

function toDo(base: string, items: readonly ListedItem[], counts: ReadingCounts): Html {
  const lines: Html[] = []
  for (const status of readingStatuses) {
    if (status === 'read' || counts[status] === 0) continue
    const href = `${base}${writeItemFilter({ show: status, order: 'worst-first', page: 1 })}`
    lines.push(html`<a class="govuk-link" href="${href}">${pressing[status](counts[status])}</a>`)
  }
  const nameless = items.filter(({ reading }) => mayNameProgram(reading))
  const [first] = nameless
  if (first)
    lines.push(
      html`<a class="govuk-link" href="${base}/${first.item.itemId}">${nameless.length === 1 ? 'One chat' : `${nameless.length} chats`} could be from several programs</a>: say which${nameless.length === 1 ? '' : `, beginning with ${first.item.exhibitRef}`}`,
    )
  if (lines.length === 0) return html``
  return html`<h2 class="govuk-heading-m">What a person has to do</h2>
<ul class="govuk-list govuk-list--bullet">${lines.map(line => html`<li>${line}</li>`)}</ul>`
}

function filterLinks(base: string, counts: ReadingCounts, filter: ItemFilter): Html {
  const link = (show: ItemFilter['show'], text: string) => ({
    text,
    href: `${base}${writeItemFilter({ ...filter, show, page: 1 })}`,
    active: filter.show === show,
  })
  return subNavigation({
    label: 'Which items',
    items: [
      link('all', `All (${counts.items.toLocaleString('en-GB')})`),
      ...readingStatuses
        .filter(status => counts[status] > 0 || filter.show === status)
        .map(status =>
          link(status, `${sayReadingStatus(status)} (${counts[status].toLocaleString('en-GB')})`),
        ),
    ],
  })
}

function orderLink(base: string, filter: ItemFilter): Html {
  const order = filter.order === 'worst-first' ? 'as-they-came' : 'worst-first'
  const text = order === 'as-they-came' ? 'Show in the order they came' : 'Show the worst first'
  return html`<a class="govuk-link" href="${base}${writeItemFilter({ ...filter, order, page: 1 })}">${text}</a>`
}

function itemTable(visit: CaseVisit, items: readonly ListedItem[], zone: string, filter: ItemFilter): Html {
  const rows = items.map(({ item, originalName: name, arrivals, reading }) => [
    {
      html: html`<a class="govuk-link" href="/cases/${visit.caseId}/evidence/${item.itemId}">${item.exhibitRef}</a>`,
    },
    // How it stands comes before its name: on a phone the rest is out of sight.
    { html: readingTagView(reading) },
    { html: html`${originalName(name)}${arrivals > 1 && html`<br>${sayArrivals(arrivals)}`}` },
    { text: saySize(item.size) },
    { text: sayMoment(item.receivedAt, zone) },
  ])
  return listTable({
    caption: filter.order === 'worst-first' ? 'Items, worst first' : 'Items in the order they came',
    head: ['Exhibit', 'Content', 'File', 'Size', 'Received'],
    rows,
  })
}
