import type { CaseId } from '../../../foundation/ids.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { channelsWithVerdicts } from '../../channel-verdict-line.ts'
import type { SafeChannel } from '../../contact-plan.ts'
import { changeContactPlan } from '../../operations/change-plan.ts'
import { type CurrentChannel, listChannels } from '../../operations/list-channels.ts'
import { listMessages } from '../../operations/list-verdicts.ts'
import { loadContactPlan } from '../../operations/load-plan.ts'
import { sayChannel } from '../../say-channel.ts'

/** Takes a channel out of the plan, after a page that says what follows. */
export async function takeChannelOut({ params, form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const name = params['channel'] ?? ''
  const { clinic, caseId } = visit
  return visit.onCase(async transaction => {
    const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan
    const channel = plan?.channels.find(each => each.channelId === name)
    if (!plan || !channel) return showPage(problemPage(404), 404)
    if (channel.isGone) return goTo(`/cases/${caseId}/contact`)
    const waiting = (await listMessages(transaction, caseId)).filter(
      each => each.channelId === name && each.state === 'waiting',
    ).length
    const { channels, zone } = await listChannels(clinic, transaction, caseId)
    const left = { channels: channels.filter(each => each.channelId !== name), zone }
    const page = findActCheck(visit, form, takingOut(caseId, channel, left, waiting))
    if (page) return page
    await changeContactPlan(clinic, transaction, caseId, kept => ({
      ...kept,
      channels: kept.channels.map(each => (each.channelId === name ? { ...each, isGone: true } : each)),
    }))
    return goTo(`/cases/${caseId}/contact`)
  })
}

function takingOut(
  caseId: CaseId,
  channel: SafeChannel,
  left: { readonly channels: readonly CurrentChannel[]; readonly zone: string },
  waiting: number,
): ActCheck {
  return {
    title: `Take ${sayChannel(channel)} out of the plan?`,
    follows: [
      'Nothing is sent on it any more, and nobody is to use it.',
      waiting === 0
        ? 'No message waits on it.'
        : `${waiting === 1 ? 'The message that waits' : `${waiting} messages that wait`} on it will not leave, and a task is raised for each.`,
      left.channels.length > 0
        ? html`What is left, and what is known of each:${channelsWithVerdicts(left)}`
        : 'No way is left: we could then not reach them at all. Agree on another with them first, if you can.',
    ],
    undo: 'Enter the same number or address again as a way to reach them: it comes back as the same way, with what the map said of it. Whether it is safe is asked again.',
    action: `/cases/${caseId}/contact/channels/${channel.channelId}/gone`,
    fields: {},
    button: 'Take it out',
    back: { href: `/cases/${caseId}/contact/channels/${channel.channelId}`, text: 'Back to this way' },
  }
}
