import { type DigestedFile, type ListName, listNames, writeList } from '../bag-lists.ts'
import { carriedFiles } from '../manifest.ts'
import type { BundleParts } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'
import { statedFiles } from './check-stated-files.ts'
import { beforeStatements } from './check-statement.ts'

/** Nobody signs a list, so each must be, letter for letter, what follows from the files it lists. */
export function checkStatedLists(parts: BundleParts): BundleCheck {
  if (!parts.isStated) return leaveOut('stated-lists', beforeStatements)
  if (!parts.statement) return leaveOut('stated-lists', 'The statement cannot be read.')
  const exact = findExactLists(parts)
  const wrong = listNames.filter(name => !exact.has(name))
  return judge(
    'stated-lists',
    wrong.map(name => `${name}: This list does not follow from the files that were signed.`),
    'Each list is exactly what follows from the files that were signed.',
  )
}

/** The lists that are exactly what the files come to. */
export function findExactLists({ reading, statement }: BundleParts): ReadonlySet<ListName> {
  if (!statement) return new Set()
  const paths = [...statedFiles(statement).keys(), ...carriedFiles]
  const files = paths.flatMap((path): DigestedFile[] => {
    const file = reading.files.get(path)
    const [sha256, sha512] = [file?.digests.get('sha256'), file?.digests.get('sha512')]
    return file && sha256 && sha512 ? [{ path, bytes: file.bytes, sha256, sha512 }] : []
  })
  const isExact = (name: ListName) => {
    const content = reading.files.get(name)?.content
    return content && Buffer.from(writeList(name, statement, files)).equals(content)
  }
  return new Set(listNames.filter(isExact))
}
