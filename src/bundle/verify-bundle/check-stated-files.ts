import { carriedFiles } from '../manifest.ts'
import type { Statement } from '../statement.ts'
import type { BundleParts } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'
import { beforeStatements } from './check-statement.ts'

/**
 * The files are worked out from the statement and not from what is here: each file that it lists is here with its
 * bytes, and nothing else is here except the end of the log and the lists.
 */
export function checkStatedFiles({ reading, statement, isStated }: BundleParts): BundleCheck {
  if (!isStated) return leaveOut('stated-files', beforeStatements)
  if (!statement) return leaveOut('stated-files', 'The statement cannot be read.')
  const stated = statedFiles(statement)
  const wrong: string[] = []
  for (const { path, bytes, sha256 } of stated.values()) {
    const file = reading.files.get(path)
    if (!file) wrong.push(`${path}: It is in the statement and not in the bundle.`)
    else if (file.digests.get('sha256') !== sha256 || file.bytes !== bytes)
      wrong.push(`${path}: This is not the file that was signed.`)
  }
  for (const path of carriedFiles)
    if (!reading.files.has(path)) wrong.push(`${path}: It is not in the bundle.`)
  for (const path of reading.files.keys())
    if (!stated.has(path) && !carriedFiles.includes(path)) wrong.push(`${path}: It is not in the statement.`)
  const needed = new Set([...reading.files.keys()].flatMap(foldersOf))
  for (const { path, kind } of reading.entries) {
    if (kind === 'folder' && !needed.has(path))
      wrong.push(`${path}: This folder is empty, and is not in the statement.`)
  }
  return judge(
    'stated-files',
    wrong,
    `${stated.size} files are those that were signed, ${statement.exhibits.length} exhibits among them.`,
  )
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Every file of a statement by its path, exhibits and others. */
export function statedFiles({ exhibits, files }: Statement): ReadonlyMap<string, Statement['files'][number]> {
  return new Map([...exhibits, ...files].map(file => [file.path, file]))
}
