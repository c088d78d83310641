import type { AnyRoute, CaseRoute } from '../../identity/route.ts'
import { askForChannel, takeChannel } from './channel/page.ts'
import { takeChannelOut } from './channel-gone/page.ts'
import { keepVerdict, revealField, showSafeContact } from './contact/page.ts'
import { askForPlan, openPlan, takeContactPlan } from './plan/page.ts'
import { takeTaskDone } from './task-done/page.ts'
import { showTasks } from './tasks/page.ts'
import { askForWord, takeWord, takeWordBack } from './word/page.ts'

const access = { kind: 'case', part: 'contact', mode: 'read' } as const
const work = { kind: 'case', part: 'contact', mode: 'write' } as const
const routes: readonly CaseRoute[] = [
  { ...access, method: 'GET', path: '/cases/:case/contact', answer: showSafeContact },
  { ...access, method: 'POST', path: '/cases/:case/contact/reveal', answer: revealField },
  { ...work, method: 'POST', path: '/cases/:case/contact/verdict', answer: keepVerdict },
  { ...work, method: 'GET', path: '/cases/:case/contact/plan', answer: askForPlan },
  { ...work, method: 'POST', path: '/cases/:case/contact/plan', answer: takeContactPlan },
  { ...work, method: 'POST', path: '/cases/:case/contact/plan/open', answer: openPlan },
  { ...work, method: 'GET', path: '/cases/:case/contact/channels/:channel', answer: askForChannel },
  { ...work, method: 'POST', path: '/cases/:case/contact/channels/:channel', answer: takeChannel },
  { ...work, method: 'POST', path: '/cases/:case/contact/channels/:channel/gone', answer: takeChannelOut },
  { ...work, method: 'GET', path: '/cases/:case/contact/channels/:channel/word', answer: askForWord },
  { ...work, method: 'POST', path: '/cases/:case/contact/channels/:channel/word', answer: takeWord },
  {
    ...work,
    method: 'POST',
    path: '/cases/:case/contact/channels/:channel/word/taken-back',
    answer: takeWordBack,
  },
  { ...work, method: 'POST', path: '/cases/:case/tasks/:task', answer: takeTaskDone },
]

/** The pages of safe contact and of tasks, with who may see them. */
export const contactRoutes: readonly AnyRoute[] = [
  ...routes,
  {
    kind: 'staff',
    who: ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'],
    method: 'GET',
    path: '/tasks',
    answer: showTasks,
  },
]
