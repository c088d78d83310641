import type { SignedCheckpoint } from '../../evidence/checkpoint.ts'
import { isSignedBy, keyIdOf, type VerifierKey } from '../../evidence/checkpoint-key.ts'
import { type Check, judge, leaveOut } from './check.ts'

/** The key that the reader brought from outside signed the head of the log. */
export function checkKey(brought: VerifierKey | undefined, head: SignedCheckpoint | null): Check {
  if (!brought) return leaveOut('key', 'You brought no key (--key FILE or TEXT).')
  const wrong: string[] = []
  if (!head) wrong.push('The head of the log cannot be read, so no key has signed it.')
  else if (!isSignedBy(head, brought))
    wrong.push(`Key ${keyIdOf(brought)} of ${brought.name} did not sign this log.`)
  return judge('key', wrong, `Key ${keyIdOf(brought)} of ${brought.name} signed this log.`)
}
