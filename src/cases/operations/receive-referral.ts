import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { areaDoubts } from '../../directory/area.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { needs } from '../../directory/profile.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { deriveSecret, makeCaseKey, wrapCaseKey } from '../../platform/keys.ts'
import { sealTextPadded } from '../../platform/seal-text.ts'
import { decideEligibility } from '../eligibility.ts'
import { decidePlace, type FormOrigin, findOrigin, tellsDanger } from '../flood.ts'
import { addPublicForm, countForms } from '../pile-store.ts'
import { makeReference } from '../reference.ts'
import {
  findJewels,
  findKeptAnswers,
  findKeptDecision,
  findReach,
  leastAnswers,
  reaches,
  type ToldReferral,
} from '../referral.ts'
import { addFileKey, addJewel, addReferral } from '../store.ts'
import { barLikeNames } from './match-names.ts'

const receiptSchema = z.object({
  reference: z.string(),
  outcome: z.enum(['ours', 'ask', 'not-ours']),
  ask: z.array(z.enum(['adult', 'area', 'cyberstalked'])),
  areaDoubt: z.enum(areaDoubts).nullable().default(null),
  because: z.array(z.enum(['under-age', 'other-area', 'not-cyberstalking'])),
  needs: z.array(z.enum(needs)),
  emergencyFirst: z.boolean(),
  reach: z.enum(reaches).default('not-said'),
})

/** What somebody who made a referral is told. The same form sent again gets the same receipt. */
export type ReferralReceipt = z.output<typeof receiptSchema>

/**
 * Takes in a referral, by phone (the actor is who took the call) or from the public form: decides whose it is, keeps
 * it under a key of its own with every way to reach her sealed. On the phone, any member of staff whose name is like the
 * suspected person's is barred at once; a form waits for that until somebody opens it, so that nothing is left in the
 * open that depends on a name. When it is not ours, only that somebody asked and why is kept: no name, no words.
 * With an `address` it is a public form, which a flood sets aside.
 */
export async function receiveReferral(
  clinic: Clinic,
  actor: Actor,
  told: ToldReferral,
  formToken: string,
  address: string | null = null,
): Promise<ReferralReceipt> {
  return clinic.database.transaction(actor, transaction =>
    doOnce(
      transaction,
      'referral',
      formToken,
      kept => receiptSchema.parse(kept),
      () => receive(clinic, transaction, told, formToken, address),
    ),
  )
}

/** Thrown when not even the pile takes another public form: nothing of it is kept. */
export class PileIsFull extends Error {}

/** Where a public form came from and goes; a call handler's never comes this way, so no flood stops a call (S13). */
async function place(
  clinic: Clinic,
  transaction: Transaction,
  address: string,
): Promise<FormOrigin & { readonly setAside: boolean }> {
  const origin = findOrigin(deriveSecret(clinic.key, 'form-origins'), address)
  const found = decidePlace(await countForms(transaction, origin))
  if (found === 'full') throw new PileIsFull()
  return { ...origin, setAside: found === 'set-aside' }
}

async function receive(
  clinic: Clinic,
  transaction: Transaction,
  told: ToldReferral,
  formToken: string,
  address: string | null,
): Promise<ReferralReceipt> {
  const placed = address === null ? null : await place(clinic, transaction, address)
  const eligibility = decideEligibility(told, await loadProfile(transaction))
  const isOurs = eligibility.outcome !== 'not-ours'
  const caseId = makeId<CaseId>(transaction.now)
  const reference = makeReference(randomBytes)
  const names = {
    client: isOurs ? told.clientName : '',
    suspect: isOurs ? told.suspectName : '',
  }
  const isByPhone = transaction.actor.kind === 'person'
  await addReferral(transaction, {
    caseId,
    reference,
    formToken,
    door: isByPhone ? 'phone' : 'public-form',
    isMatched: isByPhone,
    state: isOurs ? (placed?.setAside ? 'set-aside' : 'waiting') : 'not-ours',
    clientName: names.client,
    suspectName: names.suspect,
    answers: isOurs ? findKeptAnswers(told) : { ...leastAnswers, filledBy: told.filledBy },
    decision: findKeptDecision(eligibility),
  })
  if (placed)
    await addPublicForm(transaction, {
      ...placed,
      caseId,
      setAside: isOurs && placed.setAside,
      danger: isOurs && tellsDanger(told),
    })
  await recordAct(transaction, {
    verb: isOurs ? 'referral-received' : 'referral-not-ours',
    caseId,
    detail: { outcome: eligibility.outcome },
  })
  if (isOurs) {
    await keepSealed(clinic, transaction, caseId, told)
    if (isByPhone) await barLikeNames(transaction, caseId, names.suspect)
  }
  return {
    reference,
    outcome: eligibility.outcome,
    ask: eligibility.outcome === 'ask' ? [...eligibility.ask] : [],
    areaDoubt: eligibility.area.where === 'unknown' ? eligibility.area.because : null,
    because: eligibility.outcome === 'not-ours' ? [...eligibility.because] : [],
    needs: eligibility.outcome === 'not-ours' ? [...eligibility.needs] : [],
    emergencyFirst: eligibility.emergencyFirst,
    reach: findReach(told),
  }
}

async function keepSealed(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  told: ToldReferral,
): Promise<void> {
  const { clinicId } = clinic
  const caseKey = makeCaseKey()
  await addFileKey(transaction, caseId, wrapCaseKey(clinic.key, clinicId, caseId, caseKey))
  for (const { kind, text } of findJewels(told)) {
    await addJewel(
      transaction,
      caseId,
      kind,
      sealTextPadded(caseKey, { clinicId, caseId, field: kind }, text),
    )
  }
}
