import { sayVerdict, sayWay } from '../../../contact/say-channel.ts'
import { readWallClock } from '../../../foundation/local-date.ts'
import { sayDate } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { TiedChannel, TiedChannels } from '../../operations/load-tied-channels.ts'

export type ChannelsView = {
  /** Null for whom the contact is not. */
  readonly tied: TiedChannels | null
  readonly zone: string
  readonly mayChange: boolean
}

const tags = {
  observable: 'govuk-tag--red',
  unknown: 'govuk-tag--yellow',
  'not-observable': 'govuk-tag--green',
} as const

/** The ways to reach the client, each with what it goes through and what the map says of it. */
export function channelsView(visit: CaseVisit, view: ChannelsView): Html {
  const { caseId } = visit
  const title = 'Ways to reach the client'
  return staffPage(visit, {
    title,
    wide: true,
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
  return html`${scrollingRegion({
    label: 'Ways to reach the client',
    html: table({
      caption: 'Ways to reach the client',
      captionClasses: 'govuk-visually-hidden',
      head: ['Way', 'Goes through', 'What the map says'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows: channels.map(channel => [
        {
          html: view.mayChange
            ? html`<a class="govuk-link" href="/cases/${visit.caseId}/map/channels/${channel.channelId}">${sayWay(channel)}</a>`
            : html`${sayWay(channel)}`,
        },
        { html: throughView(visit, channel) },
        { html: verdictView(channel, view.zone) },
      ]),
    }),
  })}${link}`
}

function throughView(visit: CaseVisit, { through }: TiedChannel): Html {
  if (through.length === 0) return html`Nothing on the map`
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${through.map(
    thing =>
      html`<li><a class="govuk-link" href="/cases/${visit.caseId}/map/things/${thing.thingId}"><bdi>${thing.label}</bdi></a></li>`,
  )}</ul>`
}

function verdictView({ verdict }: TiedChannel, zone: string): Html {
  if (!verdict) return html`${tag({ text: sayVerdict('unknown'), classes: tags.unknown })}`
  const until = verdict.countsUntil
    ? ` It counts until ${sayDate(readWallClock(verdict.countsUntil.getTime(), zone))}; then what it rests on is to be asked again.`
    : ''
  return html`${tag({ text: sayVerdict(verdict.verdict), classes: tags[verdict.verdict] })}<br><span class="govuk-body-s"><bdi>${verdict.why}</bdi>${until}</span>`
}
