import type { CaseId } from '../../../foundation/ids.ts'
import { button } from '../../../web/components/button.ts'
import { type TableCell, table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayActCode } from '../../act-codes.ts'
import type { Incident } from '../../incident.ts'
import { type TimelineRecord, writeRecordRef } from '../../record.ts'
import { sayFormat, sayRecordKind } from '../../say-record-kind.ts'
import { sayRecordTime, sayRecordZone } from '../../say-record-time.ts'
import { sayWhen } from '../../say-when.ts'
import { sayFromOrTo } from '../../say-writer.ts'
import type { TimelineEntry } from '../../timeline.ts'
import { recordTagsView } from '../parts/record-tags-view.ts'
import { recordHref, sourceView } from '../parts/source-view.ts'
import { clipText, textView } from '../parts/text-view.ts'

/** The entries of one page of the timeline, with a tick beside each record for those who may make incidents. */
export function entriesTableView(
  caseId: CaseId,
  entries: readonly TimelineEntry[],
  mayMakeIncidents: boolean,
): Html {
  const head: readonly TableCell[] = [
    ...(mayMakeIncidents ? [{ text: 'Choose' }] : []),
    { text: 'When' },
    { text: 'What' },
    { text: 'Who and where' },
    { text: 'Source' },
  ]
  const rows = entries.map(entry =>
    entry.kind === 'record'
      ? recordRow(caseId, entry.record, mayMakeIncidents)
      : incidentRow(caseId, entry.incident, mayMakeIncidents),
  )
  const lines = html`<div class="scrolls-sideways" tabindex="0" role="region" aria-label="Timeline" id="line">${table(
    {
      caption: 'Timeline',
      captionClasses: 'govuk-visually-hidden',
      head,
      rows,
    },
  )}</div>`
  if (!mayMakeIncidents || !entries.some(entry => entry.kind === 'record')) return lines
  return html`<form method="get" action="/cases/${caseId}/incidents/new">${lines}${button({ text: 'Make an incident from these' })}</form>`
}

function recordRow(caseId: CaseId, record: TimelineRecord, mayMakeIncidents: boolean): readonly TableCell[] {
  const when = sayRecordTime(record)
  const ref = writeRecordRef(record.ref)
  return [
    ...(mayMakeIncidents ? [{ html: tick(ref, `${sayRecordKind(record.kind)}, ${when}`) }] : []),
    {
      html: html`${when}<br><span class="govuk-hint govuk-!-font-size-16">${record.zone === null ? 'Zone not known' : sayRecordZone(record)}</span>`,
    },
    { html: whatView(caseId, record) },
    {
      html: html`<bdi>${nameOf(record)}</bdi><br><span class="govuk-hint govuk-!-font-size-16">${sayFormat(record.format)}</span>`,
    },
    { html: sourceView(caseId, record) },
  ]
}

/** The name as exported; that nobody is named is said of words, which somebody must have written. */
function nameOf(record: TimelineRecord): string {
  const who = sayFromOrTo(record)
  return who === '' && record.writtenByApp !== null ? 'Nobody is named' : clipText(who, 80).text
}

function whatView(caseId: CaseId, record: TimelineRecord): Html {
  const clipped = clipText(record.body, 500)
  const isWhole = clipped.isWhole && record.body.length >= record.bodyLength
  return html`${recordTagsView(record)}${
    record.sameAs &&
    html`<p class="govuk-body-s govuk-!-margin-bottom-1">${tag({ text: 'Told twice', classes: 'govuk-tag--yellow' })} Not counted again: <a class="govuk-link" href="${recordHref(caseId, record.sameAs)}">the same message in another source</a></p>`
  }${textView(clipped.text)}${
    !isWhole &&
    html`<p class="govuk-body-s">… <a class="govuk-link" href="${recordHref(caseId, record.ref)}">Show all ${record.bodyLength} characters</a></p>`
  }${record.attachments.length > 0 && html`<p class="govuk-body-s">With: <bdi>${record.attachments.map(name => clipText(name, 120).text).join(', ')}</bdi></p>`}`
}

function incidentRow(
  caseId: CaseId,
  { incidentId, number, newest }: Incident,
  mayMakeIncidents: boolean,
): readonly TableCell[] {
  const clipped = clipText(newest.what, 500)
  const href = `/cases/${caseId}/incidents/${incidentId}`
  return [
    ...(mayMakeIncidents ? [{ text: '' }] : []),
    {
      html: html`${sayWhen(newest.when, newest.zone)}<br><span class="govuk-hint govuk-!-font-size-16">${newest.zone}</span>`,
    },
    {
      html: html`<p class="govuk-body govuk-!-margin-bottom-1">${tag({ text: `Incident ${number}`, classes: 'govuk-tag--blue' })}</p>${textView(clipped.text)}${!clipped.isWhole && html`<p class="govuk-body-s">… <a class="govuk-link" href="${href}">Show all</a></p>`}${newest.codes.length > 0 && html`<ul class="govuk-list govuk-list--bullet govuk-!-font-size-16">${newest.codes.map(code => html`<li>${sayActCode(code)}</li>`)}</ul>`}`,
    },
    { html: html`<bdi>${newest.platform}</bdi>` },
    {
      html: html`<a class="govuk-link" href="${href}">Incident ${number}</a><br><span class="govuk-hint govuk-!-font-size-16">${newest.records.length === 0 ? 'Told by the client' : newest.records.length === 1 ? 'From 1 record' : `From ${newest.records.length} records`}</span>`,
    },
  ]
}

function tick(ref: string, what: string): Html {
  return html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="record-${ref}" name="record" value="${ref}"><label class="govuk-label govuk-checkboxes__label" for="record-${ref}"><span class="govuk-visually-hidden">Choose: ${what}</span></label></div></div>`
}
