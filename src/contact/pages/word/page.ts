import type { FormProblem } from '../../../foundation/decision.ts'
import { decidePermission } from '../../../identity/permission.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { longestWordDays } from '../../client-word.ts'
import { endClientWords } from '../../operations/end-client-words.ts'
import { listChannels } from '../../operations/list-channels.ts'
import { writeClientWord } from '../../operations/write-client-word.ts'
import { readClientWord } from './form.ts'
import { wordView } from './view.ts'

async function write(
  { params }: PageRequest,
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const { channels, zone } = await visit.onCase(transaction => listChannels(clinic, transaction, caseId))
  const channel = channels.find(each => each.channelId === params['channel'])
  if (!channel) return showPage(problemPage(404), 404)
  const seesMap = decidePermission(staff.role, 'map', 'read')
  return showPage(
    wordView(visit, { channel, zone, seesMap, typed, problems }),
    problems.length > 0 ? 422 : 200,
  )
}

/** What counts of one channel, and the form that writes down what the client says of it. */
export function askForWord(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return write(request, visit, new Map(), [])
}

const refusals = {
  observable: {
    field: 'heard',
    message: 'This way can be observed: nothing that the client says lifts that',
  },
  over: { field: 'until-day', message: 'The last day on which it counts must be today or later' },
  'too-long': {
    field: 'until-day',
    message: `The last day on which it counts must be within ${longestWordDays} days`,
  },
} as const

/** Keeps what the client says of a channel, with how it was said and its last day. */
export async function takeWord(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form, params } = request
  const read = readClientWord(form)
  if (!read.ok) return write(request, visit, form, read.problems)
  const { clinic, caseId } = visit
  const word = { channelId: params['channel'] ?? '', ...read.value }
  const kept = await visit.onCase(transaction => writeClientWord(clinic, transaction, caseId, word))
  if (kept.allowed) return goTo(`/cases/${caseId}/contact`)
  return kept.because === 'no-such-channel'
    ? showPage(problemPage(404), 404)
    : write(request, visit, form, [refusals[kept.because]])
}

/** Ends what the client said of a channel, because they no longer say so. What waits on it is stopped. */
export async function takeWordBack({ params }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId } = visit
  const channelId = params['channel'] ?? ''
  const isThere = await visit.onCase(async transaction => {
    const { channels } = await listChannels(clinic, transaction, caseId)
    if (!channels.some(each => each.channelId === channelId)) return false
    await endClientWords(transaction, caseId, channelId, 'taken-back')
    return true
  })
  return isThere ? goTo(`/cases/${caseId}/contact`) : showPage(problemPage(404), 404)
}
