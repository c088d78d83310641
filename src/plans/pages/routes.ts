import type { AnyRoute } from '../../identity/route.ts'
import { reviseAction, showAction, stepAction } from './action/page.ts'
import { askForActions, takeActions } from './actions/page.ts'
import { askForCards, takeCards } from './cards/page.ts'
import { askForPlanClosing, askForReopening, takePlanClosing, takeReopening } from './close/page.ts'
import { showEarlierPlan, showPlanHistory } from './history/page.ts'
import { makePlan, showPlan, tellChange } from './plan/page.ts'
import { showPrintedPlan } from './print/page.ts'
import { askForReview, takeReview } from './review/page.ts'
import { showReviewsDue } from './reviews/page.ts'

const reading = { kind: 'case', part: 'plan', mode: 'read' } as const
const work = { kind: 'case', part: 'plan', mode: 'write' } as const

/** What a plan is reviewed by: incidents, and who is party to the case. */
const beside = ['chronology', 'consent'] as const

/** The pages of safety plans, with who may see them. */
export const plansRoutes: readonly AnyRoute[] = [
  {
    kind: 'staff',
    who: ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'],
    method: 'GET',
    path: '/reviews',
    answer: showReviewsDue,
  },
  { ...reading, method: 'GET', path: '/cases/:case/plan', beside, answer: showPlan },
  { ...work, method: 'POST', path: '/cases/:case/plan', answer: makePlan },
  { ...work, method: 'POST', path: '/cases/:case/plan/changed', answer: tellChange },
  { ...work, method: 'GET', path: '/cases/:case/plan/actions', beside, answer: askForActions },
  { ...work, method: 'POST', path: '/cases/:case/plan/actions', answer: takeActions },
  { ...work, method: 'GET', path: '/cases/:case/plan/actions/:action', beside, answer: showAction },
  { ...work, method: 'POST', path: '/cases/:case/plan/actions/:action', answer: reviseAction },
  { ...work, method: 'POST', path: '/cases/:case/plan/actions/:action/step', answer: stepAction },
  {
    ...work,
    method: 'GET',
    path: '/cases/:case/plan/cards',
    beside: [...beside, 'map'],
    answer: askForCards,
  },
  { ...work, method: 'POST', path: '/cases/:case/plan/cards', answer: takeCards },
  { ...work, method: 'GET', path: '/cases/:case/plan/review', beside, answer: askForReview },
  { ...work, method: 'POST', path: '/cases/:case/plan/review', answer: takeReview },
  { ...work, method: 'GET', path: '/cases/:case/plan/close', beside, answer: askForPlanClosing },
  { ...work, method: 'POST', path: '/cases/:case/plan/close', answer: takePlanClosing },
  { ...work, method: 'GET', path: '/cases/:case/plan/reopen', beside, answer: askForReopening },
  { ...work, method: 'POST', path: '/cases/:case/plan/reopen', answer: takeReopening },
  { ...reading, method: 'GET', path: '/cases/:case/plan/print', answer: showPrintedPlan },
  { ...reading, method: 'GET', path: '/cases/:case/plan/history', beside, answer: showPlanHistory },
  { ...reading, method: 'GET', path: '/cases/:case/plan/history/:revision', beside, answer: showEarlierPlan },
]
