import { tag } from '../web/components/tag.ts'
import { type Html, html } from '../web/html.ts'
import { sayChannel } from './say-channel.ts'
import { type ChannelToSay, sayUse, sayVerdictBasis, sayWhatItRestsOn } from './say-verdict.ts'

/** The colours of a verdict. Green is the map's alone: what the client says is never shown as what is known. */
function colourOf({ verdict, basis }: ChannelToSay['verdict']): string {
  if (verdict === 'observable') return 'govuk-tag--red'
  if (verdict === 'unknown') return 'govuk-tag--yellow'
  return basis === 'client' ? 'govuk-tag--blue' : 'govuk-tag--green'
}

/**
 * The verdict on a channel with what it rests on, and whether it may be used now: beside every channel that a page
 * offers.
 */
export function channelVerdictLine(channel: ChannelToSay, zone: string): Html {
  return html`${tag({ text: sayVerdictBasis(channel.verdict), classes: colourOf(channel.verdict) })}<br><span class="govuk-body-s">${sayWhatItRestsOn(channel, zone)} <strong>${sayUse(channel)}</strong></span>`
}

/**
 * The client's channels, each with its verdict and without its number.
 *
 * @param current null where the person looking may not see them
 */
export function channelsWithVerdicts(
  current: {
    readonly channels: readonly (ChannelToSay & { readonly channelId: string })[]
    readonly zone: string
  } | null,
): Html {
  if (!current)
    return html`The ways to reach the client are not shared with your agency: do not ring or write. Ask a coordinator.`
  const { channels, zone } = current
  if (channels.length === 0) return html`No way to reach the client has been agreed: do not ring or write.`
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${channels.map(
    channel =>
      html`<li class="govuk-!-margin-bottom-2"><strong>${sayChannel(channel)}</strong>: ${channelVerdictLine(channel, zone)}</li>`,
  )}</ul>`
}
