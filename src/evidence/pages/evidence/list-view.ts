import { mostCounted } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { listAddress, listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { subNavigation } from '../../../web/components/sub-navigation.ts'
import { type Html, html } from '../../../web/html.ts'
import type { ListedItem } from '../../item.ts'
import { type ItemFilter, writeItemFilter } from '../../list-filter.ts'
import type { EvidenceList } from '../../operations/list-evidence.ts'
import {
  isSetAside,
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
import { smallPictureView } from '../parts/small-picture-view.ts'

type ListView = { readonly evidence: EvidenceList; readonly zone: string; readonly filter: ItemFilter }

/** What was brought: what a person has to do about it, how many stand how, and the items, worst first. */
export function itemListView(visit: CaseVisit, { evidence, zone, filter }: ListView): Html {
  const { list, counts, isPart } = evidence
  if (counts.items === 0 && list.after === null)
    return html`<p class="govuk-body">Nothing has been brought yet.</p>`
  const base = `/cases/${visit.caseId}/evidence`
  const pages = { list, one: 'item', many: 'items', address: base, chosen: writeItemFilter(filter) }
  const among = isPart || list.after !== null
  return html`${toDo(base, evidence)}
<p class="govuk-body">${isPart && 'More than '}${sayCount(counts.items, 'item', 'items')}${list.after !== null && ', further on in the list'}: ${among && 'of these '}${sayReadingCounts(counts)}.</p>
${isPart && html`<p class="govuk-body">${mostCounted.toLocaleString('en-GB')} items are gone through at a time${filter.order === 'worst-first' && list.after === null && ': those that could not be read and those with a question are among them first'}.</p>`}
${filterLinks(base, counts, filter)}
${list.count === 0 ? html`<p class="govuk-body">No item ${among && 'among these '}stands so now. <a class="govuk-link" href="${base}">Show all items</a></p>${listPages(pages)}` : html`${listCount(pages)}${itemTable(visit, list.lines, zone, filter)}${listPages(pages)}`}
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

function toDo(base: string, { counts, nameless }: EvidenceList): Html {
  const lines: Html[] = []
  for (const status of readingStatuses) {
    if (status === 'read' || counts[status] === 0) continue
    const href = listAddress(base, writeItemFilter({ show: status, order: 'worst-first' }))
    lines.push(html`<a class="govuk-link" href="${href}">${pressing[status](counts[status])}</a>`)
  }
  const { many, first } = nameless
  if (first)
    lines.push(
      html`<a class="govuk-link" href="${base}/${first.item.itemId}">${many === 1 ? 'One chat' : `${many} chats`} could be from several programs</a>: say which${many === 1 ? '' : `, beginning with ${first.item.exhibitRef}`}`,
    )
  if (lines.length === 0) return html``
  return html`<h2 class="govuk-heading-m">What a person has to do</h2>
<ul class="govuk-list govuk-list--bullet">${lines.map(line => html`<li>${line}</li>`)}</ul>`
}

function filterLinks(base: string, counts: ReadingCounts, filter: ItemFilter): Html {
  const link = (show: ItemFilter['show'], text: string) => ({
    text,
    href: listAddress(base, {
      ...writeItemFilter({ ...filter, show }),
      after: filter.place.after ?? '',
    }),
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
  return html`<a class="govuk-link" href="${listAddress(base, writeItemFilter({ ...filter, order }))}">${text}</a>`
}

function itemTable(visit: CaseVisit, items: readonly ListedItem[], zone: string, filter: ItemFilter): Html {
  const rows = items.map(({ item, originalName: name, arrivals, reading, hasPicture }) => [
    {
      html: html`<a class="govuk-link" href="/cases/${visit.caseId}/evidence/${item.itemId}">${item.exhibitRef}</a>${hasPicture && !isSetAside(reading) && smallPictureView(visit.caseId, item)}`,
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
