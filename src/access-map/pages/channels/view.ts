import { channelVerdictLine } from '../../../contact/channel-verdict-line.ts'
import { sayChannel, sayObservable } from '../../../contact/say-channel.ts'
import { readWallClock } from '../../../foundation/local-date.ts'
import { sayDate } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { TiedChannel, TiedChannels } from '../../operations/load-tied-channels.ts'

export type ChannelsView = {
  /** Null for somebody who may not see the contact. */
  readonly tied: TiedChannels | null
  readonly zone: string
  readonly mayChange: boolean
}

const tags = {
  observable: 'govuk-tag--red',
  unknown: 'govuk-tag--yellow',
  'not-observable': 'govuk-tag--green',
} as const

/** The channels, each with what it goes through and what the map says of it. */
export function channelsView(visit: CaseVisit, view: ChannelsView): Html {
  const { caseId } = visit
  const title = 'Ways to reach the client'
  return staffPage(visit, {
    title,
    back: { href: `/cases/${caseId}/map`, text: 'Back to the map' },
    body: html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Say what each goes through, and the map says whether the suspected person can observe it: what is said on it, or that there was contact at all. Every change of the map counts at once. What was not gone through for three months counts as not known.</p>
${view.tied ? tiedView(visit, view, view.tied.channels) : html`<p class="govuk-body">Your agency sees the map of this client and not how to reach them. What the map says of it counts all the same.</p>`}`,
  })
}

function tiedView(visit: CaseVisit, view: ChannelsView, channels: readonly TiedChannel[]): Html {
  const contact = `/cases/${visit.caseId}/contact`
  const link = html`<p class="govuk-body"><a class="govuk-link" href="${contact}">Safe contact</a></p>`
  if (channels.length === 0)
    return html`<p class="govuk-body">No way to reach the client has been agreed yet.</p>${link}`
  return html`${channels.map(channel => channelView(visit, view, channel))}${link}`
}

function channelView(visit: CaseVisit, { zone, mayChange }: ChannelsView, channel: TiedChannel): Html {
  const name = sayChannel(channel)
  const change = {
    items: [
      {
        href: `/cases/${visit.caseId}/map/channels/${channel.channelId}`,
        text: 'Change',
        visuallyHiddenText: `what ${name} goes through`,
      },
    ],
  }
  return html`<h2 class="govuk-heading-m">${name}</h2>${summaryList({
    rows: [
      {
        key: { text: 'Goes through' },
        value: { html: throughView(visit, channel) },
        ...(mayChange ? { actions: change } : {}),
      },
      { key: { text: 'What the map says' }, value: { html: verdictView(channel, zone) } },
      { key: { text: 'Whether it may be used' }, value: { html: channelVerdictLine(channel, zone) } },
    ],
  })}`
}

function throughView(visit: CaseVisit, { through }: TiedChannel): Html {
  if (through.length === 0) return html`Nothing on the map`
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${through.map(
    thing =>
      html`<li><a class="govuk-link" href="/cases/${visit.caseId}/map/things/${thing.thingId}"><bdi>${thing.label}</bdi></a></li>`,
  )}</ul>`
}

function verdictView({ byMap: verdict, isMapOld }: TiedChannel, zone: string): Html {
  if (isMapOld && verdict?.lapse)
    return html`${tag({ text: sayObservable('unknown'), classes: tags.unknown })}<br>${
      verdict.lapse === 'not-its-kind'
        ? 'What it goes through cannot carry it: a letter goes to a home, a call or a message to a device. Change what it goes through.'
        : `It was last calculated on ${sayDate(readWallClock(verdict.at.getTime(), zone))}, by what the program knew then, and not since. Open “Change” and save it again: then it is calculated.`
    }`
  if (isMapOld)
    return html`${tag({ text: sayObservable('unknown'), classes: tags.unknown })}<br>It is too long since somebody went through the answers about what it goes through. Save each of those pages again once it was asked.`
  if (!verdict)
    return html`${tag({ text: sayObservable('unknown'), classes: tags.unknown })}<br>It is not tied to anything on the map yet.`
  const until = verdict.countsUntil
    ? ` It counts until ${sayDate(readWallClock(verdict.countsUntil.getTime(), zone))}; then what it rests on is to be asked again.`
    : ''
  return html`${tag({ text: sayObservable(verdict.verdict), classes: tags[verdict.verdict] })}<br><bdi>${verdict.why}</bdi>${until}`
}
