import type { FormProblem } from '../../../foundation/decision.ts'
import { findMissingReason } from '../../triage.ts'

const missingWords: Readonly<Record<NonNullable<ReturnType<typeof findMissingReason>>, string>> = {
  'known-control': 'Select at least one sign of a person who has control',
  'stranger-online': 'Select at least one sign of a stranger online',
  'one-of-each': 'Select at least one sign of each',
}

/** What is missing of the reasons for a type, as a problem of the form; null when nothing is. */
export function findMissingReasonProblem(...asked: Parameters<typeof findMissingReason>): FormProblem | null {
  const missing = findMissingReason(...asked)
  return missing && { field: 'typeReasons', message: missingWords[missing] }
}
