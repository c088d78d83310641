import { tag } from '../web/components/tag.ts'
import { type Html, html } from '../web/html.ts'
import { sayWay } from './say-channel.ts'
import { sayGround, sayUse, sayWhatItRestsOn, type WayToSay } from './say-way.ts'

/** The colours of a verdict. Green is the map's alone: what the client says is never shown as what is known. */
function colourOf({ verdict, ground }: WayToSay['verdict']): string {
  if (verdict === 'observable') return 'govuk-tag--red'
  if (verdict === 'unknown') return 'govuk-tag--yellow'
  return ground === 'client' ? 'govuk-tag--blue' : 'govuk-tag--green'
}

/** The verdict on a way with what it rests on, and whether it may be used now: beside every way that a page offers. */
export function wayVerdict(way: WayToSay, zone: string): Html {
  return html`${tag({ text: sayGround(way.verdict), classes: colourOf(way.verdict) })}<br><span class="govuk-body-s">${sayWhatItRestsOn(way, zone)} <strong>${sayUse(way)}</strong></span>`
}

/**
 * The ways to reach a client, each with its verdict and without its number.
 *
 * @param standing null where they are not in the sight of whoever looks
 */
export function waysWithVerdicts(
  standing: {
    readonly ways: readonly (WayToSay & { readonly channelId: string })[]
    readonly zone: string
  } | null,
): Html {
  if (!standing)
    return html`The ways to reach the client are not shared with your agency: do not ring or write. Ask a coordinator.`
  const { ways, zone } = standing
  if (ways.length === 0) return html`No way to reach the client has been agreed: do not ring or write.`
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${ways.map(
    way =>
      html`<li class="govuk-!-margin-bottom-2"><strong>${sayWay(way)}</strong>: ${wayVerdict(way, zone)}</li>`,
  )}</ul>`
}
