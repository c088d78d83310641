import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { type CardId, type CaseId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import type { CardBlock } from '../lock-out/card-gate.ts'
import type { LockOut } from '../lock-out/lock-out.ts'
import {
  decideLockOutChange,
  type LockOutChange,
  type LockOutRefusal,
  lockOutRefusals,
} from '../lock-out/lock-out-change.ts'
import { lockMap } from '../store.ts'
import { drawUpCase } from './draw-up-case.ts'
import { lockOutRevisions } from './load-lock-out.ts'
import { updateChannelVerdicts } from './update-channel-verdicts.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), revision: z.number() }),
  z.object({ allowed: z.literal(false), because: z.enum(lockOutRefusals) }),
])

export type LockOutResult =
  | { readonly allowed: true; readonly revision: number }
  | {
      readonly allowed: false
      readonly because: LockOutRefusal
      /** What keeps the card from going ahead. Not said again when the same form is sent twice. */
      readonly blocks: readonly CardBlock[]
    }

const codes: Readonly<Record<LockOutChange['kind'], string>> = {
  choose: 'plan-chosen',
  moment: 'moment-chosen',
  mark: 'step-marked',
  'could-not': 'step-could-not',
  reacted: 'reaction-told',
  keep: 'evidence-kept',
}

/**
 * Changes the lock-out plan of a case that is open for writing its map, as a new revision. Two people who change it
 * at once follow one another; the second one is told. The map counts the steps that are done from that moment on, and
 * so does its verdict on the client's channels (rule S1).
 */
export async function changeLockOut(
  clinic: Clinic,
  transaction: Transaction,
  by: { readonly personId: PersonId; readonly name: string },
  caseId: CaseId,
  change: LockOutChange,
  formToken: string | null,
): Promise<LockOutResult> {
  let blocks: readonly CardBlock[] = []
  const result = await doOnce(
    transaction,
    'change-lock-out',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await lockMap(transaction, caseId)
      const drawn = await drawUpCase(clinic, transaction, caseId)
      const { whole, map: before, inventory, revision, lockOut } = drawn
      const { now } = transaction
      const { timeZone: zone } = await loadProfile(transaction)
      const decision = decideLockOutChange(lockOut, change, {
        map: whole,
        revision,
        now,
        byName: by.name,
        zone,
        makeCardId: () => makeId<CardId>(now),
      })
      if (!decision.allowed) {
        blocks = decision.blocks
        return resultSchema.parse(decision)
      }
      const next = revision + 1
      const row = { revision: next, change: codes[change.kind], kept: decision.lockOut }
      const cards = findCardStates(decision.lockOut)
      await lockOutRevisions.add(clinic, transaction, by.personId, caseId, row, { cards })
      await recordAct(transaction, {
        verb: 'lock-out-changed',
        caseId,
        part: 'map',
        detail: { change: codes[change.kind], revision: next },
      })
      const asItIs = { inventory, lockOut: decision.lockOut }
      await updateChannelVerdicts(clinic, transaction, caseId, asItIs, { before, what: null })
      return { allowed: true as const, revision: next }
    },
  )
  return result.allowed ? result : { ...result, blocks }
}

/** The status of each card, for an action of the safety plan to follow. A card that left the plan is not in it. */
function findCardStates({ cards, order }: LockOut): Readonly<Record<string, string>> {
  return Object.fromEntries(
    cards.map(({ cardId, step, state }) => [cardId, order.includes(step) ? state.is : 'out']),
  )
}
