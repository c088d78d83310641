import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { pagination } from '../../../web/components/pagination.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { subNavigation } from '../../../web/components/sub-navigation.ts'
import { table } from '../../../web/components/table.ts'
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
  return html`${toDo(base, items, counts)}
<p class="govuk-body">${sayCount(items.length, 'item', 'items')}: ${sayReadingCounts(counts)}.</p>
${filterLinks(base, counts, filter)}
${shown.items.length === 0 ? html`<p class="govuk-body">No item stands so now. <a class="govuk-link" href="${base}">Show all items</a></p>` : itemTable(visit, shown.items, zone, filter)}
${shown.pages > 1 && pageLinks(base, filter, shown)}
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

function pageLinks(
  base: string,
  filter: ItemFilter,
  { page, pages }: { readonly page: number; readonly pages: number },
): Html {
  const to = (number: number) => ({ href: `${base}${writeItemFilter({ ...filter, page: number })}` })
  return pagination({
    landmarkLabel: 'Pages of items',
    previous: page > 1 ? { ...to(page - 1), labelText: `${page - 1} of ${pages}` } : undefined,
    next: page < pages ? { ...to(page + 1), labelText: `${page + 1} of ${pages}` } : undefined,
  })
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
  return scrollingRegion({
    label: 'Items',
    html: table({
      caption: filter.order === 'worst-first' ? 'Items, worst first' : 'Items in the order they came',
      captionClasses: 'govuk-table__caption--m',
      head: ['Exhibit', 'Content', 'File', 'Size', 'Received'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows,
    }),
  })
}
