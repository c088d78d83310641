import { saySlot } from '../../../appointments/say-slot.ts'
import { type BundleState, purposeName } from '../../../bundle/bundle-request.ts'
import { sayUrgency } from '../../../cases/red-flags.ts'
import { sayCasePart } from '../../../cases/say-part.ts'
import { sayStalkerType } from '../../../cases/triage.ts'
import { meaningOfTimeLimits, sayTimeLimit } from '../../../chronology/say-time-limits.ts'
import type { TimeLimit } from '../../../chronology/time-limits.ts'
import { channelsWithVerdicts } from '../../../contact/channel-verdict-line.ts'
import { sayReadingCounts } from '../../../evidence/reading-status.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { findOrderState, sayOrderState } from '../../../orders/expiry.ts'
import { sayOrderKind } from '../../../orders/order-law.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { type SummaryRow, summaryList } from '../../../web/components/summary-list.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { NextThing } from '../../next-things.ts'
import type { CaseOverview } from '../../operations/load-overview.ts'

/** Who, what kind, how soon; what there is in each part; what to do next. */
export function overviewView(
  visit: CaseVisit,
  overview: CaseOverview,
  next: readonly NextThing[],
  now: Date,
): Html {
  const { line, consents, incidents } = overview
  const base = `/cases/${visit.caseId}`
  return html`${caseNavigation(visit, 'overview')}
<span class="govuk-caption-l">Case ${line.reference}</span>
<h1 class="govuk-heading-l"><bdi>${line.clientName}</bdi></h1>
${
  next.length > 0 &&
  html`<h2 class="govuk-heading-m">What to do next</h2><ul class="govuk-list govuk-list--bullet">${next.map(
    thing => html`<li><a class="govuk-link" href="${base}${thing.path}">${thing.words}</a></li>`,
  )}</ul>`
}
<h2 class="govuk-heading-m">The case</h2>
${summaryList({ rows: [...firstAccountRow(visit, overview, base), ...rowsOf(overview, base, { now, mayClose: visit.sees('triage', 'write'), seesTriage: visit.sees('triage', 'read') })] })}
${incidents && incidents.incidents.length > 0 && limitsPart(incidents.limits, base)}
${consents && partiesView(consents, overview.zone)}`
}

/** The first account, in short; the whole of it is on its own page. */
function firstAccountRow(
  visit: CaseVisit,
  { account: short }: CaseOverview,
  base: string,
): readonly SummaryRow[] {
  if (!visit.sees('referral', 'read')) return []
  return [
    {
      key: { text: 'First account' },
      value: {
        html: short
          ? html`${short.words !== '' && html`“<bdi>${short.words}</bdi>”<br>`}${short.facts.join('. ')}.<br><a class="govuk-link" href="${base}/first-account">What was told first</a>`
          : html`<a class="govuk-link" href="${base}/first-account">Nothing is held</a>`,
      },
    },
  ]
}

/** The limit that needs a choice, and every other that is known; all of them are on the page of incidents. */
function limitsPart(limits: readonly TimeLimit[], base: string): Html {
  const shown = limits.filter(each => each.id === 'summary' || each.kind === 'running').map(sayTimeLimit)
  return insetText({
    html: html`${shown.map(({ charges, words }) => html`<p class="govuk-body"><strong>${charges}.</strong> ${words}</p>`)}<p class="govuk-body">${meaningOfTimeLimits} <a class="govuk-link" href="${base}/incidents">Every time limit that may apply</a></p>`,
  })
}

function rowsOf(
  overview: CaseOverview,
  base: string,
  {
    now,
    mayClose,
    seesTriage,
  }: { readonly now: Date; readonly mayClose: boolean; readonly seesTriage: boolean },
): readonly SummaryRow[] {
  const { line, zone, evidence, incidents, bundles, appointments } = overview
  const row = (key: string, text: string): SummaryRow => ({ key: { text: key }, value: { text } })
  const linked = (key: string, text: string, path: string): SummaryRow => ({
    key: { text: key },
    value: { html: html`<a class="govuk-link" href="${base}${path}">${text}</a>` },
  })
  const latest = bundles?.reduce<(typeof bundles)[number] | null>(
    (one, other) => (one === null || other.askedAt > one.askedAt ? other : one),
    null,
  )
  return [
    seesTriage
      ? linked('Type', `${sayStalkerType(line.type)} (a working assumption that may change)`, '/triage')
      : row('Type', `${sayStalkerType(line.type)} (a working assumption that may change)`),
    row('Urgency', sayUrgency(line.urgency)),
    {
      key: { text: 'State' },
      value: { text: line.state === 'open' ? `Open since ${sayMoment(line.openedAt, zone)}` : 'Closed' },
      ...(mayClose
        ? {
            actions: {
              items: [
                {
                  href: `${base}/close`,
                  text: line.state === 'open' ? 'Close' : 'Open again',
                  visuallyHiddenText: 'the case',
                },
              ],
            },
          }
        : {}),
    },
    ...(overview.contactChannels
      ? [
          {
            key: { text: 'Ways to reach the client' },
            value: { html: channelsWithVerdicts(overview.contactChannels) },
            actions: {
              items: [
                { href: `${base}/contact`, text: 'Safe contact', visuallyHiddenText: 'of this client' },
              ],
            },
          },
        ]
      : []),
    ...(appointments ? [linked('Next appointment', sayNext(appointments, now, zone), '/appointments')] : []),
    ...(overview.map
      ? [
          linked('Access map', count(overview.map.things, 'thing'), '/map'),
          linked('Leak finder', count(overview.map.days, 'day'), '/map/leaks'),
        ]
      : []),
    ...(evidence
      ? [
          linked(
            'Evidence',
            evidence.items === 0
              ? 'No exhibits'
              : `${count(evidence.items, 'exhibit')}: ${sayReadingCounts(evidence)}`,
            '/evidence',
          ),
        ]
      : []),
    ...(incidents ? [linked('Incidents', count(incidents.incidents.length, 'incident'), '/incidents')] : []),
    ...(overview.plan ? [linked('Safety plan', sayPlan(overview.plan), '/plan')] : []),
    ...(overview.orders ? [linked('Orders', sayOrders(overview.orders), '/orders')] : []),
    ...(bundles
      ? [
          linked(
            'Latest bundle',
            latest
              ? `${purposeName(latest.purpose)}, asked for on ${sayMoment(latest.askedAt, zone)}: ${sayState(latest.state)}`
              : 'None yet',
            '/bundles',
          ),
        ]
      : []),
  ]
}

function sayPlan({ plan, next, due }: NonNullable<CaseOverview['plan']>): string {
  if (!plan) return 'None yet'
  if (plan.closing) return `Closed on ${sayDay(plan.closing.on)}`
  const open = `Open until ${sayDay(plan.endsOn)}`
  if (due.length > 0) return `${open}, a review is due`
  return next ? `${open}, next review on ${sayDay(next.on)}` : open
}

function sayOrders({ orders, openBreaches, today }: NonNullable<CaseOverview['orders']>): string {
  if (orders.length === 0) return 'None'
  const states = orders.map(
    ({ order }) =>
      `${sayOrderKind(order.kind)}: ${sayOrderState(findOrderState(order, today), order.kind).toLowerCase()}`,
  )
  const open = openBreaches.length
  return `${states.join('; ')}${open > 0 ? `. ${open === 1 ? '1 possible breach' : `${open} possible breaches`}` : ''}`
}

function sayNext(appointments: NonNullable<CaseOverview['appointments']>, now: Date, zone: string): string {
  const coming = appointments.filter(each => each.state === 'booked' && each.endsAt > now)
  // They come the latest first.
  const next = coming.at(-1)
  return next ? saySlot(next.startsAt, next.endsAt, zone) : 'None booked'
}

function partiesView(consents: NonNullable<CaseOverview['consents']>, zone: string): Html {
  const inForce = consents.filter(each => each.state === 'in-force')
  return html`<h2 class="govuk-heading-m">Who is party to this case</h2>${table({
    caption: 'Agencies with a consent in force now',
    captionClasses: 'govuk-visually-hidden',
    head: [{ text: 'Agency' }, { text: 'May see' }, { text: 'Until' }],
    rows: inForce.map(each => [
      { text: each.agencyName },
      {
        text: `${each.parts.map(sayCasePart).join(', ')}${each.basis === 'consent' ? '' : ' (without consent, by a lawful exception)'}`,
      },
      { text: each.inForceUntil ? sayMoment(each.inForceUntil, zone) : 'No end date' },
    ]),
  })}`
}

function sayState(state: BundleState): string {
  switch (state) {
    case 'asked':
      return 'waiting for a decision'
    case 'refused':
      return 'refused'
    case 'building':
      return 'being built'
    case 'ready':
      return 'ready'
    case 'failed':
      return 'could not be built'
  }
}

function count(number: number, thing: string): string {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`
}
