import { keyIdOf, type VerifierKey } from '../../evidence/checkpoint-key.ts'
import { type BundleParts, isHeadSignedBy, isStatementSignedBy } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

/** The key that the reader brought from outside signed the head of the log, and the statement where there is one. */
export function checkKey(brought: VerifierKey | undefined, parts: BundleParts): BundleCheck {
  if (!brought) return leaveOut('key', 'You brought no key (--key FILE or TEXT).')
  const name = `Key ${keyIdOf(brought)} of ${brought.name}`
  const wrong: string[] = []
  if (!parts.head)
    wrong.push('custody-head.txt: The head of the log cannot be read, so no key has signed it.')
  else if (!isHeadSignedBy(parts, brought)) wrong.push(`custody-head.txt: ${name} did not sign this log.`)
  if (parts.isStated && !isStatementSignedBy(parts, brought))
    wrong.push(`unwatched-statement.sig: ${name} did not sign this bundle.`)
  return judge('key', wrong, `${name} signed ${parts.isStated ? 'this bundle and its log' : 'this log'}.`)
}
