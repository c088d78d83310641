import { withCase } from '../../audit/operations/access-case.ts'
import { addMonths, dayAt } from '../../foundation/calendar-day.ts'
import type { AgencyId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import type { ActionState, ActionWords } from '../../plans/action.ts'
import { changePlan } from '../../plans/operations/change-plan.ts'
import { loadPlan } from '../../plans/operations/load-plan.ts'
import type { PlanChange } from '../../plans/plan-change.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CaseStory } from './case-story.ts'
import { withEarlierClinic } from './earlier-clinic.ts'

/** Who acts in the demo, by role. */
type Members = {
  readonly memberOf: (role: Role) => { readonly personId: PersonId; readonly agencyId: AgencyId }
}

type StoryAction = ActionWords & { readonly steps: readonly ActionState[] }

const zone = 'Europe/London'
const day = 86_400_000

/** Makes the plan of an invented case twelve days ago, holds its first review, and takes its actions some way on. */
export async function playPlans(
  clinic: Clinic,
  cast: Members,
  story: CaseStory,
  caseId: CaseId,
): Promise<void> {
  const now = clinic.clock.now()
  const dayFromNow = (days: number): string => dayAt(new Date(now.getTime() + days * day), zone)
  const actions = inventActions(cast.memberOf('cyber-adviser').agencyId, dayFromNow)
  const change = (at: Clinic, transaction: Transaction, made: PlanChange, step: string) =>
    changePlan(
      at,
      transaction,
      cast.memberOf('idva').personId,
      caseId,
      made,
      `demo-${story.key}-plan-${step}`,
    )
  await withEarlierClinic(clinic, 12, earlier =>
    onPlan(earlier, cast, caseId, async transaction => {
      const startsOn = dayFromNow(-12)
      const plan = { startsOn, endsOn: addMonths(startsOn, 4), safetyAtStart: 2 }
      await change(earlier, transaction, { kind: 'make', ...plan }, 'made')
      await change(earlier, transaction, { kind: 'add', actions }, 'actions')
    }),
  )
  await withEarlierClinic(clinic, 4, earlier =>
    onPlan(earlier, cast, caseId, async transaction => {
      for (const [index, { steps }] of actions.entries()) {
        for (const to of steps) {
          const found = await loadPlan(earlier, transaction, caseId)
          const actionId = found?.plan.actions[index]?.actionId
          if (!found || !actionId) return
          const seen = found.revision
          await change(earlier, transaction, { kind: 'step', seen, actionId, to }, `${index}-${to}`)
        }
      }
      const seen = (await loadPlan(earlier, transaction, caseId))?.revision ?? 0
      const note =
        'The first week: looked at what was done and what waits. No new signs that anybody noticed.'
      await change(earlier, transaction, { kind: 'review', seen, note, extendTo: null }, 'reviewed')
    }),
  )
}

function onPlan<Answer>(
  clinic: Clinic,
  cast: Members,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer | null> {
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: cast.memberOf('idva').personId,
  } as const
  return withCase(clinic.database, actor, { caseId, part: 'plan', mode: 'write' }, work)
}

/** One that is done, one that goes ahead, and one that waits for its evidence and its moment. */
function inventActions(adviser: AgencyId, dayFromNow: (days: number) => string): readonly StoryAction[] {
  const base = { mayShowWords: false, readyWith: '', gates: [] } as const
  return [
    {
      ...base,
      words: 'Open a new mailbox on a device nobody else has touched',
      plainWords: 'Open a new account',
      owner: { kind: 'client' },
      dueOn: dayFromNow(-6),
      gates: [{ kind: 'ready-with', isMet: true }],
      readyWith: 'a borrowed laptop',
      steps: ['scheduled', 'done'],
    },
    {
      ...base,
      words: 'Ask the phone company for a password on the number',
      plainWords: 'Ring the phone company',
      owner: { kind: 'client' },
      dueOn: dayFromNow(5),
      gates: [{ kind: 'safe-moment-agreed', isMet: true }],
      steps: ['scheduled'],
    },
    {
      ...base,
      words: 'Sign the suspected person out of the old mailbox',
      plainWords: 'Go through the old mailbox together',
      owner: { kind: 'agency', agencyId: adviser },
      dueOn: dayFromNow(16),
      gates: [
        { kind: 'evidence-captured', isMet: false },
        { kind: 'safe-moment-agreed', isMet: false },
      ],
      steps: ['safety-gated'],
    },
  ]
}
