import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { projectFolder } from './source-files.ts'

/** A file of the project, as text. */
export const readText = (path: string): string => readFileSync(join(projectFolder, path), 'utf8')

/** Fails with one sentence for each thing that is wrong. */
export const asList = (problems: readonly string[]): string => problems.join('\n')

const leftOut = new Set(['node_modules', '.git', 'dist'])

/** Every file and folder of the project but what is installed or built, by path below its root; a folder ends in `/`. */
export function listProject(): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(projectFolder, folder), { withFileTypes: true })) {
      if (leftOut.has(entry.name)) continue
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      found.add(entry.isDirectory() ? `${path}/` : path)
    }
  }
  walk('')
  return found
}

/** The documents that people start from: those at the root, in `docs` and in `decisions`, and every README. */
export function listDocuments(project: ReadonlySet<string>): readonly string[] {
  const atRoot = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'RULES.md', 'SECURITY.md']
  const others = [...project].filter(
    path => /^(docs|decisions)\/[^/]+\.md$/.test(path) || /^(src|database)\/(.+\/)?README\.md$/.test(path),
  )
  return [...atRoot, ...others.sort()].filter(path => existsSync(join(projectFolder, path)))
}

export type Named = {
  readonly document: string
  readonly line: number
  /** What stands between the backticks. */
  readonly token: string
  /** In the first column of a table of files, where a name stands without its ending. */
  readonly isInFileTable: boolean
}

/** Everything that stands in backticks in a document, outside its blocks of code. */
export function findNamed(document: string, text: string): readonly Named[] {
  const found: Named[] = []
  let [isCode, isFileTable, wasRow] = [false, false, false]
  text.split('\n').forEach((line, index) => {
    if (line.startsWith('```')) isCode = !isCode
    if (isCode || line.startsWith('```')) return
    const isRow = line.startsWith('|')
    if (isRow && !wasRow) isFileTable = /^\|\s*(File|Where)\s*\|/.test(line)
    wasRow = isRow
    const firstCell = isRow && isFileTable ? (line.split('|')[1] ?? '') : ''
    for (const match of line.matchAll(/`([^`]+)`/g)) {
      const isInFileTable = (match.index ?? 0) < firstCell.length + 1 && firstCell !== ''
      found.push({ document, line: index + 1, token: match[1] ?? '', isInFileTable })
    }
  })
  return found
}
