import { type ListLine, leaveAside, type UnreadLine } from './list-lines.ts'

/** One app, as a line of `pm list packages` gives it. What the line does not say is null. */
export type ListedPackage = {
  readonly line: number
  readonly name: string
  /** Where its file lies (`-f`). */
  readonly path: string | null
  /** Who put it there (`-i`); "null" as Android writes it when nobody is named. */
  readonly installer: string | null
}

// Android developers, "Configure the app module": at least two segments, each begins with a letter. Old and made-up
// names break that, so here a segment may begin with a digit or an underscore.
const packageName = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/

/**
 * Reads what `adb shell pm list packages` prints, in all its forms (`-f`, `-i`, `-U`, `--show-versioncode`), and
 * plain lists of package names. Any other line is left aside with its place.
 */
export function readPackages(lines: readonly ListLine[]): {
  readonly packages: readonly ListedPackage[]
  readonly unread: readonly UnreadLine[]
} {
  const packages: ListedPackage[] = []
  const unread: UnreadLine[] = []
  for (const { line, text } of lines) {
    const read = readLine(line, text)
    if (read) packages.push(read)
    else unread.push(leaveAside(line, text, 'not-a-package'))
  }
  return { packages, unread }
}

function readLine(line: number, text: string): ListedPackage | null {
  const isMarked = text.startsWith('package:')
  const [what = '', ...more] = (isMarked ? text.slice('package:'.length) : text).trim().split(/\s+/)
  const facts = new Map<string, string>()
  for (const fact of more) {
    const found = /^(installer|uid|versionCode)[=:](.*)$/.exec(fact)
    if (!found) return null
    facts.set(found[1] ?? '', found[2] ?? '')
  }
  // A path may hold the sign itself (`/data/app/~~aB==/…`), a name never does: the last one parts them.
  const sign = what.lastIndexOf('=')
  const path = sign < 0 ? null : what.slice(0, sign)
  const name = what.slice(sign + 1)
  if (path !== null && !path.startsWith('/')) return null
  if (name.length > 255 || !packageName.test(name)) return null
  // "android" is a package of its own; any other single word on a line without the mark is just a word.
  if (!isMarked && !name.includes('.')) return null
  return { line, name, path, installer: facts.get('installer') ?? null }
}
