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
import { makeCaseKey, wrapCaseKey } from '../../platform/keys.ts'
import { sealTextPadded } from '../../platform/seal-text.ts'
import { decideEligibility } from '../eligibility.ts'
import { tellsDanger } from '../flood.ts'
import { addPublicForm } from '../pile-store.ts'
import { makeReference } from '../reference.ts'
import {
  findKeptAnswers,
  findKeptDecision,
  findReachability,
  findSealedFields,
  leastAnswers,
  type ReferralAnswers,
  reaches,
} from '../referral.ts'
import { addFileKey, addReferral, addSealedField } from '../store.ts'
import { decideUrgency } from '../triage.ts'
import { barLikeNames } from './match-names.ts'
import { placeForm } from './place-form.ts'

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
 * Takes in a referral, by phone (the actor is the person who took the call) or from the public form. Decides whose it
 * is, and keeps it under a key of its own with every channel sealed. On the phone, any member of staff whose name is
 * like the suspected person's is barred at once. A form waits for that until somebody opens it, so that nothing is left
 * in the open that depends on a name. When it is not ours, only that somebody asked and why is kept: no name, no words.
 * With an `address` it is a public form, which a flood sets aside.
 */
export async function receiveReferral(
  clinic: Clinic,
  actor: Actor,
  answers: ReferralAnswers,
  formToken: string,
  address: string | null = null,
): Promise<ReferralReceipt> {
  return clinic.database.transaction(actor, transaction =>
    doOnce(
      transaction,
      'referral',
      formToken,
      kept => receiptSchema.parse(kept),
      () => receive(clinic, transaction, answers, formToken, address),
    ),
  )
}

async function receive(
  clinic: Clinic,
  transaction: Transaction,
  answers: ReferralAnswers,
  formToken: string,
  address: string | null,
): Promise<ReferralReceipt> {
  const eligibility = decideEligibility(answers, await loadProfile(transaction))
  const isOurs = eligibility.outcome !== 'not-ours'
  const danger = isOurs && tellsDanger(answers)
  const groups = address === null ? null : await placeForm(clinic, transaction, address, { isOurs, danger })
  const caseId = makeId<CaseId>(transaction.now)
  const reference = makeReference(randomBytes)
  const names = {
    client: isOurs ? answers.clientName : '',
    suspect: isOurs ? answers.suspectName : '',
  }
  const isByPhone = transaction.actor.kind === 'person'
  await addReferral(transaction, {
    caseId,
    reference,
    formToken,
    receivedBy: isByPhone ? 'phone' : 'public-form',
    isMatched: isByPhone,
    // Of one that is not ours nothing is kept that says more than that somebody asked.
    urgency: isOurs ? decideUrgency(answers.flags, answers.dangerNow, 'routine').urgency : 'routine',
    state: isOurs ? (groups ? 'set-aside' : 'waiting') : 'not-ours',
    clientName: names.client,
    suspectName: names.suspect,
    answers: isOurs ? findKeptAnswers(answers) : { ...leastAnswers, filledBy: answers.filledBy },
    decision: findKeptDecision(eligibility),
  })
  if (groups) await addPublicForm(transaction, { ...groups, caseId, danger })
  await recordAct(transaction, {
    verb: isOurs ? 'referral-received' : 'referral-not-ours',
    caseId,
    detail: { outcome: eligibility.outcome },
  })
  if (isOurs) {
    await keepSealed(clinic, transaction, caseId, answers)
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
    reach: findReachability(answers),
  }
}

async function keepSealed(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  answers: ReferralAnswers,
): Promise<void> {
  const { clinicId } = clinic
  const caseKey = makeCaseKey()
  await addFileKey(transaction, caseId, wrapCaseKey(clinic.key, clinicId, caseId, caseKey))
  for (const { kind, text } of findSealedFields(answers)) {
    await addSealedField(
      transaction,
      caseId,
      kind,
      sealTextPadded(caseKey, { clinicId, caseId, field: kind }, text),
    )
  }
}
