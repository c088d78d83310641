import type { BagProblem } from './bag-problem.ts'
import type { BagVersion } from './declaration.ts'
import { decodePath } from './manifest-lines.ts'
import { splitTagLines } from './tag-text.ts'
import { whyUnsafe } from './unsafe-path.ts'

/** Reads fetch.txt: which files are still to be fetched. Nothing is ever fetched from here. */
// RFC 8493, section 2.2.3: a URL, a length or a hyphen, and a path of the payload
export function readFetchLines(
  text: string,
  version: BagVersion,
): { readonly paths: ReadonlySet<string>; readonly problems: readonly BagProblem[] } {
  const problems: BagProblem[] = []
  const paths = new Set<string>()
  splitTagLines(text).forEach((line, index) => {
    if (line.trim() === '') return
    const say = (code: BagProblem['code'], message: string) =>
      problems.push({ severity: 'error', code, place: `fetch.txt, line ${index + 1}`, message })
    const [, written] = /^\S+[ \t]+(?:\d+|-)[ \t]+(.+)$/.exec(line) ?? []
    if (written === undefined) {
      say('line-unreadable', 'Expected an address, a length or a hyphen, and a path.')
      return
    }
    const path = decodePath(written.replace(/^(\.\/)+/, ''), version)
    const unsafe = whyUnsafe(written) ?? whyUnsafe(path)
    if (unsafe) say('unsafe-path', `"${written}" is not followed: ${unsafe}.`)
    else if (!path.startsWith('data/')) say('outside-payload', `"${path}" is not in the folder data.`)
    else paths.add(path)
  })
  return { paths, problems }
}
