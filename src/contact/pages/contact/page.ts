import { recordAct } from '../../../audit/operations/record-act.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { readWallClock, writeWallClock } from '../../../foundation/local-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { listChannels } from '../../operations/list-channels.ts'
import { listCaseTasks } from '../../operations/list-tasks.ts'
import { listMessages } from '../../operations/list-verdicts.ts'
import { loadContactPlan } from '../../operations/load-plan.ts'
import { markChannel } from '../../operations/mark-channel.ts'
import { sayChannel } from '../../say-channel.ts'
import { carriedOverFields } from './carried-view.ts'
import { verdictForm } from './form.ts'
import { contactView, type OpenedField } from './view.ts'

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  reveal?: string,
): Promise<Answer> {
  const { clinic, caseId } = visit
  const found = await visit.onCase(async transaction => {
    const { agreed, channels, zone } = await listChannels(clinic, transaction, caseId)
    const plan = agreed?.plan ?? null
    const opened = plan && reveal !== undefined ? openField(plan, reveal) : null
    // Showing a safe number is an act of its own (S6); which field, never what is in it.
    if (opened)
      await recordAct(transaction, {
        verb: 'contact-revealed',
        caseId,
        part: 'contact',
        detail: { field: reveal ?? '' },
      })
    return {
      plan,
      written: agreed && { revision: agreed.revision, at: agreed.at, by: agreed.by },
      zone,
      opened,
      channels,
      messages: await listMessages(transaction, caseId),
      tasks: await listCaseTasks(transaction, caseId),
      today: writeWallClock(readWallClock(transaction.now.getTime(), zone)).slice(0, 10),
    }
  })
  const mayChange = visit.sees('contact', 'write')
  const seesMap = visit.sees('map', 'read')
  const page = contactView(visit, { ...found, mayChange, seesMap, typed, problems })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

const openable = ['voicemailWords', 'weSay', 'theySay', 'ifAnotherAnswers', 'ifCutOff', 'trusted'] as const
const labels: Readonly<Record<(typeof openable)[number], string>> = {
  voicemailWords: 'Words for a message',
  weSay: 'We say',
  theySay: 'They say',
  ifAnotherAnswers: 'If somebody else answers',
  ifCutOff: 'If the call is cut off',
  trusted: 'Somebody both trust',
}

type Plan = NonNullable<Awaited<ReturnType<typeof loadContactPlan>>>['plan']

function openField(plan: Plan, name: string): OpenedField | null {
  const field = openable.find(each => each === name)
  if (field) return { field: labels[field], name: field, text: plan[field] }
  const answers = carriedOverFields.find(each => each.field === name)
  if (answers && plan.carriedOver) return { field: answers.label, name, text: plan.carriedOver[answers.name] }
  const channel = plan.channels.find(each => each.channelId === name && !each.isGone)
  return channel ? { field: sayChannel(channel), name: channel.channelId, text: channel.value } : null
}

/** How the client may be reached; no number and no word of it is on the page. */
export async function showSafeContact(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

/** Shows one sealed field after a click that is recorded (S6). A POST, so that no address and no reload shows it. */
export async function revealField({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [], fieldText(form, 'field'))
}

/** Keeps a person's word on whether a channel can be observed. */
export async function keepVerdict({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const read = readForm(verdictForm, form)
  if (!read.ok) return show(visit, form, read.problems)
  const { clinic, caseId } = visit
  const { channel: channelId, verdict, why } = read.value
  const marked = await visit.onCase(async transaction => {
    const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan
    if (!plan?.channels.some(each => each.channelId === channelId)) return null
    return markChannel(clinic, transaction, caseId, { channelId, verdict, why, fromMap: false })
  })
  if (marked?.allowed) return goTo(`/cases/${caseId}/contact`)
  return show(visit, form, [
    marked
      ? {
          field: 'verdict',
          message: 'The access map says that they can observe it. Change the map, with your reason',
        }
      : { field: 'channel', message: 'Select which way to reach them' },
  ])
}
