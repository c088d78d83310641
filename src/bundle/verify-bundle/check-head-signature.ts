import { keyIdOf } from '../../evidence/checkpoint-key.ts'
import { type BundleParts, isHeadSignedBy } from './bundle-parts.ts'
import { type BundleCheck, judge } from './check.ts'

/** The head is signed with the key that lies in the bundle. That the key is the clinic's, it cannot show. */
// C2SP signed-note
export function checkHeadSignature(parts: BundleParts): BundleCheck {
  const { head, key } = parts
  const wrong: string[] = []
  if (!head) wrong.push('custody-head.txt: The head of the log cannot be read.')
  if (!key) wrong.push('clinic-key.txt: The key cannot be read.')
  if (head && head.signatures.length !== 1)
    wrong.push(`custody-head.txt: It has ${head.signatures.length} signatures; a clinic puts one.`)
  else if (head && key && !isHeadSignedBy(parts, key))
    wrong.push('custody-head.txt: The key in the bundle did not sign this head.')
  const keyId = key ? keyIdOf(key) : ''
  return judge(
    'head-signature',
    wrong,
    `Signed by ${key?.name} with key ${keyId}. Whose key that is, the bundle cannot show.`,
  )
}
