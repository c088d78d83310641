import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { readWallClock, writeWallClock } from '../../../foundation/local-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { keepChannel } from '../../keep-channel.ts'
import { changeContactPlan } from '../../operations/change-plan.ts'
import { type CurrentChannels, listChannels } from '../../operations/list-channels.ts'
import { loadContactPlan } from '../../operations/load-plan.ts'
import { readChannelForm } from './form.ts'
import { channelView, fillFromChannel } from './view.ts'

const loadChannels = (visit: CaseVisit): Promise<CurrentChannels> =>
  visit.onCase(transaction => listChannels(visit.clinic, transaction, visit.caseId))

function write(
  visit: CaseVisit,
  name: string,
  { channels, zone }: CurrentChannels,
  typed: FormFields,
  problems: readonly FormProblem[],
): Answer {
  const channel = channels.find(each => each.channelId === name) ?? null
  const page = channelView(visit, name, { channel, zone }, typed, problems)
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** The form for a new channel, or for one that is there. */
export async function askForChannel({ params }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const name = params['channel'] ?? ''
  const current = await loadChannels(visit)
  if (name === 'new') return write(visit, name, current, new Map(), [])
  const channel = current.agreed?.plan.channels.find(each => each.channelId === name && !each.isGone)
  return channel ? write(visit, name, current, fillFromChannel(channel), []) : showPage(problemPage(404), 404)
}

/** Keeps a channel as a new revision of the plan; what was said of it is confirmed from now. */
export async function takeChannel({ params, form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const name = params['channel'] ?? ''
  const { clinic, caseId } = visit
  const { today, before } = await visit.onCase(async transaction => {
    const zone = (await loadProfile(transaction)).timeZone
    const found = await loadContactPlan(clinic, transaction, caseId)
    return {
      today: writeWallClock(readWallClock(transaction.now.getTime(), zone)).slice(0, 10),
      before: found?.plan.channels.find(each => each.channelId === name && !each.isGone)?.value ?? null,
    }
  })
  const read = readChannelForm(form, today, before)
  if (!read.ok) return write(visit, name, await loadChannels(visit), form, read.problems)
  const answers = read.value
  const kept = await visit.onCase(async transaction => {
    const confirmedAt = transaction.now.toISOString()
    let decision: ReturnType<typeof keepChannel> | null = null
    await changeContactPlan(clinic, transaction, caseId, plan => {
      decision = keepChannel(plan, name === 'new' ? null : name, answers, confirmedAt)
      return decision.allowed ? decision.plan : null
    })
    return decision as ReturnType<typeof keepChannel> | null
  })
  if (kept?.allowed) return goTo(`/cases/${caseId}/contact`)
  return kept?.because === 'in-the-plan'
    ? write(visit, name, await loadChannels(visit), form, [
        { field: 'value', message: 'This number or address is in the plan already' },
      ])
    : showPage(problemPage(404), 404)
}
