import { stepQuestion, unnoticedQuestion } from '../access-map/operations/ask-what-if.ts'
import { planComparison } from '../access-map/operations/compare-plans.ts'
import { lockOutPlanning } from '../access-map/operations/plan-lock-out.ts'
import { leakRanking } from '../access-map/operations/rank-leaks.ts'
import { questionValuing } from '../access-map/operations/value-questions.ts'
import type { Calculation } from '../platform/calculation.ts'

/** Everything that is worked out in a process of its own while somebody waits for it. */
export const calculations: readonly Calculation<never, unknown>[] = [
  lockOutPlanning,
  planComparison,
  stepQuestion,
  unnoticedQuestion,
  questionValuing,
  leakRanking,
]
