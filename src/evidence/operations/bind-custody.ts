import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { signCheckpoint } from '../checkpoint-key.ts'
import { clinicSigner, custodyOrigin } from '../clinic-signer.ts'
import { lockHead } from '../custody-store.ts'
import { hashLeaf } from '../merkle.ts'
import { buildMerkleTree, rootOfTree } from '../merkle-tree.ts'
import { appendCustody, type CustodyTouch } from './append-custody.ts'
import { loadCustody } from './load-custody.ts'

/** A log as it lies still: nobody can add a line to it until the transaction has ended. */
export type LockedLog = {
  readonly origin: string
  readonly texts: readonly string[]
  readonly receiptSizes: readonly number[]
}

/**
 * Reads the custody log of an open case while nobody else can write to it, writes the lines that are decided from what
 * it holds, and answers the log up to the size asked for, with its head signed at that size. Heads that were signed
 * once are signed again letter for letter, so an older one can be had at any time.
 */
export async function bindCustody<Decided extends { readonly size: number }>(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
  decide: (log: LockedLog) => Decided & { readonly touches: readonly CustodyTouch[] },
): Promise<{ readonly decided: Decided; readonly texts: readonly string[]; readonly checkpoint: string }> {
  await lockHead(transaction, caseId)
  const origin = custodyOrigin(clinic.clinicId, caseId)
  const before = await loadCustody(transaction, caseId)
  const decided = decide({ origin, texts: before.texts, receiptSizes: before.receiptSizes })
  const added = await appendCustody(clinic, transaction, caseId, decided.touches)
  const texts = [...before.texts, ...added.texts].slice(0, decided.size)
  const root = rootOfTree(buildMerkleTree(texts.map(hashLeaf)))
  const signer = clinicSigner(clinic.key, clinic.clinicId)
  return { decided, texts, checkpoint: signCheckpoint({ origin, size: texts.length, root }, signer) }
}
