import type { ListedPackage } from './android-packages.ts'
import type { IndicatorFile } from './indicator-file.ts'
import type { UnreadLine } from './list-lines.ts'

/** A line of the list that an indicator file knows: by its package, or only by the name on it. */
export type Match = {
  readonly line: number
  readonly what: string
  readonly by: 'package' | 'name'
  readonly family: string
  readonly type: string
  readonly file: string
}

/**
 * Finds which lines of a list are in the indicator files. Packages match without regard to capitals. A line that is
 * no package can match by the name of an app. That is weaker, and is marked as such.
 */
export function matchPackages(
  packages: readonly ListedPackage[],
  others: readonly UnreadLine[],
  files: readonly IndicatorFile[],
): readonly Match[] {
  const byPackage = new Map<string, Omit<Match, 'line' | 'what'>[]>()
  const byName = new Map<string, Omit<Match, 'line' | 'what'>[]>()
  for (const { name: file, families } of files) {
    for (const { name, names, type, packages: known } of families) {
      const found = { family: name, type, file }
      for (const each of new Set(known.map(fold))) push(byPackage, each, { ...found, by: 'package' })
      for (const each of new Set([name, ...names].map(fold))) push(byName, each, { ...found, by: 'name' })
    }
  }
  const matches: Match[] = []
  for (const { line, name } of packages)
    for (const found of byPackage.get(fold(name)) ?? []) matches.push({ line, what: name, ...found })
  for (const { line, text, because } of others) {
    if (because !== 'not-a-package') continue
    for (const found of byName.get(fold(text)) ?? []) matches.push({ line, what: text, ...found })
  }
  return matches.sort((one, other) => one.line - other.line)
}

const fold = (text: string): string => text.trim().toLowerCase()

function push<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const there = index.get(key)
  if (there) there.push(value)
  else index.set(key, [value])
}
