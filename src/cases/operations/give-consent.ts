import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type AgencyId, type CaseId, type ConsentId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { type ConsentMethod, findConsentState } from '../consent.ts'
import { consentEdition, writeConsentWords } from '../consent-words.ts'
import { addConsent, endConsent, loadConsents } from '../store.ts'
import { wordConsent } from './word-consent.ts'

/** What a client said yes to, for one agency. */
export type ConsentChoice = {
  readonly agencyId: AgencyId
  readonly parts: readonly CasePart[]
  readonly how: ConsentMethod
  readonly until: Date | null
}

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.enum(['already-in-force', 'end-is-past', 'no-parts']) }),
])
export type ConsentResult = Decision<object, 'already-in-force' | 'end-is-past' | 'no-parts'>

/**
 * Records a client's consent for one agency, on a case that is open for writing its consents. When two people do so at
 * once exactly one counts; the other is told that there is one in force. One that ran out by its end date makes room.
 */
export async function giveConsent(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: ConsentChoice,
  formToken: string | null,
): Promise<ConsentResult> {
  return doOnce(
    transaction,
    'give-consent',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const { now } = transaction
      if (choice.parts.length === 0) return { allowed: false, because: 'no-parts' }
      if (choice.until && choice.until <= now) return { allowed: false, because: 'end-is-past' }
      for (const consent of await loadConsents(transaction, caseId)) {
        if (consent.agencyId !== choice.agencyId || consent.withdrawnAt) continue
        if (findConsentState(consent, now) === 'ended' && consent.inForceUntil) {
          await endConsent(transaction, caseId, consent.consentId, consent.inForceUntil, null)
        }
      }
      const isAdded = await addConsent(transaction, caseId, {
        consentId: makeId<ConsentId>(now),
        agencyId: choice.agencyId,
        parts: choice.parts,
        basis: 'consent',
        how: choice.how,
        reason: '',
        recordedAt: now,
        recordedBy: by,
        inForceFrom: now,
        inForceUntil: choice.until,
        words: writeConsentWords(await wordConsent(transaction, choice)),
        wordsEdition: consentEdition,
      })
      if (!isAdded) return { allowed: false, because: 'already-in-force' }
      await recordAct(transaction, {
        verb: 'consent-given',
        caseId,
        part: 'consent',
        subject: choice.agencyId,
        detail: { parts: [...choice.parts], until: choice.until?.toISOString() ?? null },
      })
      return { allowed: true }
    },
  )
}
