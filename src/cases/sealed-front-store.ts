import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import { nameIndexOf } from '../platform/seal-name.ts'
import { findNameKeys } from './conflict.ts'
import type { KeptAnswers, KeptDecision } from './referral.ts'

/** Seals a text of a file's front page: a name, or what was told. */
export const seal = (transaction: Transaction, caseId: CaseId, field: string, text: string): string =>
  fileTexts(transaction, caseId).seal(field, text)
/** Opens one, for whoever the row policies let see it. */
export const open = (transaction: Transaction, caseId: CaseId, field: string, kept: string): string =>
  fileTexts(transaction, caseId).open(field, kept)

/** The keys under which a name is compared, as tokens that say nothing without the clinic's key. */
export const nameTokens = (transaction: Transaction, name: string): readonly string[] =>
  findNameKeys(name).map(nameIndexOf(transaction.clinicKey()).tokenOf)

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
