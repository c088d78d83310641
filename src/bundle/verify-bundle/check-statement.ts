import { keyIdOf } from '../../evidence/checkpoint-key.ts'
import { bundlePlaces } from '../manifest.ts'
import { type BundleParts, isStatementSignedBy } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

export const beforeStatements =
  'This bundle was made before bundles were signed whole. No signature covers its chronology or its lists.'

/** The statement can be read, speaks of the log whose head is here, and is signed with the key in the bundle. */
export function checkStatement(parts: BundleParts): BundleCheck {
  if (!parts.isStated) {
    // Only exhibits of such a bundle can be proved, so one without any proves nothing: it may have been stripped.
    if (parts.description && parts.description.exhibits.length > 0)
      return leaveOut('statement', beforeStatements)
    const nothing = `${bundlePlaces.statement}: It is not there, and no exhibit either: nothing here is signed.`
    return judge('statement', [nothing], '')
  }
  const { statement, reading, head, key } = parts
  const wrong: string[] = []
  if (!statement) {
    const isThere = reading.files.has(bundlePlaces.statement)
    wrong.push(
      `${bundlePlaces.statement}: ${isThere ? 'This is not, letter for letter, a statement of a bundle.' : 'There is no signed statement.'}`,
    )
  }
  if (!reading.files.has(bundlePlaces.signature))
    wrong.push(`${bundlePlaces.signature}: There is no signature.`)
  else if (statement && key && !isStatementSignedBy(parts, key))
    wrong.push(
      `${bundlePlaces.statement}: The key in the bundle did not sign this, by what stands in ${bundlePlaces.signature}.`,
    )
  if (statement && head && statement.log.origin !== head.checkpoint.origin)
    wrong.push(`${bundlePlaces.statement}: It speaks of another log than ${bundlePlaces.checkpoint}.`)
  return judge(
    'statement',
    wrong,
    `Signed with key ${key ? keyIdOf(key) : ''}. Whose key that is, the bundle cannot show.`,
  )
}
