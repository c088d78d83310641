import type { BundleId, CaseId, ItemId, MessageId, PhraseUseId } from './ids.ts'

/**
 * Every kind of work the program does by itself, and what each is given: references only, never personal data, since the
 * queue's tables are read by operators. A change that adds one also says how the administrator reads of it.
 */
export type JobPayloads = {
  readonly 'read-item': { readonly caseId: CaseId; readonly itemId: ItemId }
  readonly 'make-safe-copy': { readonly caseId: CaseId; readonly itemId: ItemId }
  readonly 'merge-records': { readonly caseId: CaseId }
  readonly 'build-bundle': { readonly caseId: CaseId; readonly bundleId: BundleId }
  readonly 'send-message': { readonly caseId: CaseId; readonly messageId: MessageId }
  readonly 'carry-over-contact': { readonly caseId: CaseId }
  /** About a use of the second phrase, or about a note in the file that it opens. */
  readonly 'tell-on-call': { readonly useId: PhraseUseId } | { readonly fileId: CaseId }
  readonly 'review-due': { readonly caseId: CaseId }
  /** Of the names of all files; whether they are written again from the referrals. */
  readonly 'keep-names': { readonly again: 'yes' | 'no' }
}

/** Two or three words in kebab-case. */
export type JobName = keyof JobPayloads
