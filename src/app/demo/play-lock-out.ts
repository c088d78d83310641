import { findCard, findDone } from '../../access-map/lock-out/lock-out.ts'
import type { LockOutChange } from '../../access-map/lock-out/lock-out-change.ts'
import { changeLockOut } from '../../access-map/operations/change-lock-out.ts'
import { drawUpCase } from '../../access-map/operations/draw-up-case.ts'
import { planAgainAfter } from '../../access-map/operations/plan-again.ts'
import { planLockOutFor } from '../../access-map/operations/plan-lock-out.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { dayAt } from '../../foundation/calendar-day.ts'
import type { CardId, CaseId } from '../../foundation/ids.ts'
import { changePlan } from '../../plans/operations/change-plan.ts'
import { listCards } from '../../plans/operations/list-cards.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'

type Adviser = {
  readonly actor: Extract<Actor, { kind: 'person' }>
  readonly name: string
}

/** Of a change its parts, without what stood on the screen. */
type Unseen = LockOutChange extends infer Each
  ? Each extends LockOutChange
    ? Omit<Each, 'seen'>
    : never
  : never

/**
 * Lets an invented client choose a plan and take half its steps: what nobody notices is done, and the rest waits for an
 * evening to come; one step could not be done.
 */
export async function playLockOut(clinic: Clinic, adviser: Adviser, caseId: CaseId): Promise<void> {
  const hour = new Date(clinic.clock.now().getTime() + 2 * 86_400_000)
  hour.setUTCHours(18, 0, 0, 0)
  const drawn = await onMap(clinic, adviser, caseId, transaction => drawUpCase(clinic, transaction, caseId))
  if (!drawn || drawn.lockOut) return
  const { order } = (await planLockOutFor(clinic, drawn.map, [])).answer
  const moment = { mode: 'quiet', hour: hour.toISOString(), never: [] } as const
  await change(clinic, adviser, caseId, 'chosen', { kind: 'choose', order, ...moment })
  await takeSteps(clinic, adviser, caseId, order.length)
  await failOne(clinic, adviser, caseId)
  await addToPlan(clinic, adviser, caseId)
}

/** Takes steps in their order, at most so many, until one may not go ahead even with its evidence kept. */
async function takeSteps(clinic: Clinic, adviser: Adviser, caseId: CaseId, many: number): Promise<void> {
  const on = dayAt(new Date(clinic.clock.now().getTime() - 2 * 86_400_000), 'Europe/London')
  for (let round = 0; round < many; round += 1) {
    const drawn = await onMap(clinic, adviser, caseId, transaction => drawUpCase(clinic, transaction, caseId))
    const { lockOut } = drawn ?? {}
    if (!lockOut || findDone(lockOut).length >= many) return
    const step = lockOut.order[findDone(lockOut).length] ?? ''
    const card = findCard(lockOut, step)
    if (!card) return
    const { cardId } = card
    const kept = { kind: 'keep', cardId, how: 'kept', where: 'Photographs taken at the appointment' } as const
    await change(clinic, adviser, caseId, `${cardId}-kept`, kept)
    const done = { kind: 'mark', cardId, to: 'done', on } as const
    if (!(await change(clinic, adviser, caseId, `${cardId}-done`, done))) return
  }
}

/** The cameras could not be reached, and the rest was planned again. */
async function failOne(clinic: Clinic, adviser: Adviser, caseId: CaseId): Promise<void> {
  const drawn = await onMap(clinic, adviser, caseId, transaction => drawUpCase(clinic, transaction, caseId))
  const card = drawn?.lockOut?.cards.find(each => each.label.includes('Cameras'))
  if (!drawn || !card) return
  const cardId: CardId = card.cardId
  const failed = {
    kind: 'could-not',
    seen: drawn.revision,
    cardId,
    why: 'The cameras are at the house, and the client does not go there alone.',
    again: null,
  } as const
  const again = await planAgainAfter(clinic, drawn, failed, {
    now: clinic.clock.now(),
    zone: 'Europe/London',
  })
  await change(clinic, adviser, caseId, `${cardId}-failed`, { ...failed, again })
}

/** The next two steps are actions of the safety plan as well, for the client to do. */
async function addToPlan(clinic: Clinic, { actor }: Adviser, caseId: CaseId): Promise<void> {
  const dueOn = dayAt(new Date(clinic.clock.now().getTime() + 4 * 86_400_000), 'Europe/London')
  await withCase(clinic.database, actor, { caseId, part: 'plan', mode: 'write' }, async transaction => {
    const cards = (await listCards(clinic, transaction, caseId)) ?? []
    const actions = cards.slice(0, 2).map(({ cardId, label, plainWords }) => ({
      words: label,
      plainWords,
      mayShowWords: false,
      owner: { kind: 'client' } as const,
      dueOn,
      gates: [],
      readyWith: '',
      cardId,
    }))
    const added = { kind: 'add', actions } as const
    await changePlan(clinic, transaction, actor.personId, caseId, added, 'demo-lock-out-actions')
  })
}

async function change(
  clinic: Clinic,
  adviser: Adviser,
  caseId: CaseId,
  step: string,
  made: Unseen,
): Promise<boolean> {
  const result = await onMap(clinic, adviser, caseId, async transaction => {
    const { revision: seen } = await drawUpCase(clinic, transaction, caseId)
    const by = { personId: adviser.actor.personId, name: adviser.name }
    return changeLockOut(clinic, transaction, by, caseId, { ...made, seen }, `demo-lock-out-${step}`)
  })
  return result?.allowed ?? false
}

function onMap<Answer>(
  clinic: Clinic,
  { actor }: Adviser,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer | null> {
  return withCase(clinic.database, actor, { caseId, part: 'map', mode: 'write' }, work)
}
