import { channelVerdictLine } from '../../../contact/channel-verdict-line.ts'
import { sayChannel } from '../../../contact/say-channel.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import type { Thing } from '../../inventory/inventory.ts'
import type { TiedChannel } from '../../operations/load-tied-channels.ts'
import { notOnMap } from './form.ts'

export type ChannelTieView = {
  readonly channel: TiedChannel
  readonly zone: string
  readonly things: readonly Thing[]
  readonly entries: ReadonlyMap<string, CatalogueEntry>
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

/** What one channel goes through: the number or mailbox itself first, then everything else on the map. */
export function channelTieView(visit: CaseVisit, view: ChannelTieView): Html {
  const { channel, problems, entries } = view
  const { tick } = fieldWriter(view.typed, problems)
  const base = `/cases/${visit.caseId}/map/channels`
  const title = `What ${sayChannel(channel)} goes through`
  const isWay = (thing: Thing): boolean => entries.get(thing.entry)?.channel !== undefined
  const there = view.things.filter(each => !each.isGone)
  const gone = channel.through.filter(each => each.isGone)
  const choices = [...there.filter(isWay), ...there.filter(each => !isWay(each))].map(thing => {
    const kind = entries.get(thing.entry)?.title
    return {
      value: thing.thingId,
      text: thing.label,
      ...(kind !== undefined && kind !== thing.label ? { hint: kind } : {}),
    }
  })
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: base, text: 'Back to the ways to reach the client' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">${title}</h1>
${insetText({ html: channelVerdictLine(channel, view.zone) })}
${gone.map(thing => insetText({ html: html`It went through <bdi>${thing.label}</bdi>, which the client no longer has.` }))}
${startForm(
  { action: `${base}/${channel.channelId}`, csrfToken: visit.csrfToken, once: view.once },
  html`<input type="hidden" name="seen" value="${channel.through.map(each => each.thingId).join(' ')}">`,
  tick(
    'through',
    'What does it go through?',
    [
      ...choices,
      {
        value: notOnMap,
        text: 'Nothing on the map',
        hint: 'Then the map knows nothing of it. If it went through something before, no message leaves by it until it does again.',
      },
    ],
    {
      hint: 'The number or mailbox itself, and every device on which it is read or rings. For a letter, the home to which it goes. Of all that you select, the worst counts.',
    },
  ),
  button({ text: 'Save', preventDoubleClick: true }),
)}</div></div>`,
  })
}
