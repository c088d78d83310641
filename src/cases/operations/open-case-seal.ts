import type { CaseId } from '../../foundation/ids.ts'
import { type CaseSeal, makeCaseSeal } from '../../platform/case-seal.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { makeCaseKey, unwrapCaseKey } from '../../platform/keys.ts'
import { loadFileKey } from '../store.ts'

/**
 * The seal of a case that is open in this transaction (for any part), or of a referral that waits for this person. Name
 * a field for its row (`plan-action <id>`), so that no two texts can be exchanged. Throws `case-key-missing` when the
 * case is not open to the person acting.
 */
export async function openCaseSeal(
  _clinic: Pick<Clinic, 'clinicId'>,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CaseSeal> {
  const seal = await sealIn(transaction, caseId)
  if (!seal) throw new Fault('case-key-missing', 'The key of a case is not to be had without opening it.')
  return seal
}

const opened = new WeakMap<Transaction, Map<CaseId, Promise<CaseSeal | null>>>()

/**
 * The same for lists: in a case that is not open every table reads as empty, so there is nothing to open, and the seal
 * then finds nothing and seals nothing.
 */
export async function caseSealOf(transaction: Transaction, caseId: CaseId): Promise<CaseSeal> {
  const seal = await sealIn(transaction, caseId)
  if (seal) return seal
  const {
    seal: _,
    sealNow: __,
    sealBytes: ___,
    ...finding
  } = makeCaseSeal(transaction.actor.clinicId, caseId, makeCaseKey())
  const refuse = (): never => {
    throw new Fault('case-key-missing', 'Nothing is sealed for a case that is not open.')
  }
  return { ...finding, seal: refuse, sealNow: refuse, sealBytes: refuse }
}

/** Opened once for each transaction. */
function sealIn(transaction: Transaction, caseId: CaseId): Promise<CaseSeal | null> {
  const seals = opened.get(transaction) ?? new Map<CaseId, Promise<CaseSeal | null>>()
  opened.set(transaction, seals)
  const seal = seals.get(caseId) ?? openSeal(transaction, caseId)
  seals.set(caseId, seal)
  return seal
}

async function openSeal(transaction: Transaction, caseId: CaseId): Promise<CaseSeal | null> {
  const { clinicId } = transaction.actor
  const wrapped = await loadFileKey(transaction, caseId)
  if (!wrapped) return null
  return makeCaseSeal(clinicId, caseId, unwrapCaseKey(transaction.clinicKey(), clinicId, caseId, wrapped))
}
