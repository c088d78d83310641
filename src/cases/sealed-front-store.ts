import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import { sealEvenNothing } from '../platform/seal-name.ts'
import type { FiledTriage } from './filed.ts'
import type { KeptAnswers, KeptDecision } from './referral.ts'

/** Seals a text of a file's front page: a name, or a referral answer. */
export const seal = (transaction: Transaction, caseId: CaseId, field: string, text: string): string =>
  fileTexts(transaction, caseId).seal(field, text)
/** Opens one, for anyone the row policies let see it. */
export const open = (transaction: Transaction, caseId: CaseId, field: string, kept: string): string =>
  fileTexts(transaction, caseId).open(field, kept)

/** Seals a name of a referral that is ours: whether there is one, and how long it is, does not show. */
export const sealAnyName = (transaction: Transaction, caseId: CaseId, field: string, name: string): string =>
  sealEvenNothing(transaction.clinicKey(), { clinicId: transaction.actor.clinicId, caseId, field }, name)

/** Answers as they are kept: in the open what was ticked, sealed what was said. */
export function sealAnswers(transaction: Transaction, caseId: CaseId, answers: KeptAnswers): string {
  const words = seal(transaction, caseId, 'words', answers.words)
  const howHeard = seal(transaction, caseId, 'how-heard', answers.howHeard)
  const agreedWords = seal(transaction, caseId, 'agreed-words', answers.agreedWords)
  return JSON.stringify({ ...answers, words, howHeard, agreedWords })
}

export function sealDecision(transaction: Transaction, caseId: CaseId, decision: KeptDecision): string {
  return JSON.stringify({ ...decision, note: seal(transaction, caseId, 'decision-note', decision.note) })
}

/** The result of the check of names: how many likenesses there are would tell who is a client already. */
export function sealConflicts(
  transaction: Transaction,
  caseId: CaseId,
  conflicts: FiledTriage['conflicts'],
): string {
  // Filled up to a fixed size, so that all look the same.
  const text = JSON.stringify(conflicts.slice(0, mostConflictsKept))
  return JSON.stringify(sealAnyName(transaction, caseId, 'triage-conflicts', text.padEnd(conflictsSize)))
}

const mostConflictsKept = 24
const conflictsSize = 1024
