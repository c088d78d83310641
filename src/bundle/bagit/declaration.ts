import type { BagProblem } from './bag-problem.ts'
import { decodeTagText, isKnownEncoding, splitTagLines } from './tag-text.ts'

export const bagVersions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'] as const
export type BagVersion = (typeof bagVersions)[number]

/** What bagit.txt says. If it cannot be read, the strictest version and UTF-8, so that the rest is still checked. */
export type Declaration = {
  readonly version: BagVersion
  readonly encoding: string
  readonly problems: readonly BagProblem[]
}

/** Reads bagit.txt: two lines, in UTF-8, without a byte order mark. Null bytes mean that there is no such file. */
// RFC 8493, section 2.1.1
export function readDeclaration(bytes: Uint8Array | null): Declaration {
  const problems: BagProblem[] = []
  const say = (severity: BagProblem['severity'], code: BagProblem['code'], message: string) =>
    problems.push({ severity, code, place: 'bagit.txt', message })
  const fallback = { version: '1.0', encoding: 'UTF-8', problems } as const
  if (!bytes) {
    say('error', 'declaration-missing', 'There is no bagit.txt, so this is not a bag.')
    return fallback
  }
  const text = decodeTagText(bytes, 'UTF-8')
  if (text === null || (bytes[0] === 0xef && bytes[1] === 0xbb)) {
    say('error', 'declaration-wrong', 'bagit.txt must be UTF-8 text without a byte order mark.')
    return fallback
  }
  const lines = splitTagLines(text)
  const version = /^BagIt-Version(\s*):(\s*)(\d+\.\d+)(\s*)$/.exec(lines[0] ?? '')
  const encoding = /^Tag-File-Character-Encoding(\s*):(\s*)(\S+)(\s*)$/.exec(lines[1] ?? '')
  const known = bagVersions.find(each => each === version?.[3])
  if (!known) say('error', 'declaration-wrong', 'The first line must name a BagIt version from 0.93 to 1.0.')
  if (!encoding) say('error', 'declaration-wrong', 'The second line must name the encoding of the tag files.')
  if (lines.length > 2) say('error', 'declaration-wrong', 'bagit.txt must hold two lines and nothing more.')
  const spaces = [version, encoding].map(found => found && `${found[1]}|${found[2]}|${found[4]}`)
  if (known && encoding && spaces.some(each => each !== '| |')) {
    // RFC 8493, section 2.1.1 fixes the white space; the drafts before it left room
    const severity = known === '1.0' ? 'error' : 'warning'
    say(
      severity,
      'declaration-loose',
      'bagit.txt must have no space before a colon, one after it and none at the end.',
    )
  }
  const name = encoding?.[3] ?? 'UTF-8'
  const isKnown = isKnownEncoding(name)
  if (!isKnown) say('error', 'encoding-unknown', `The tag files cannot be read in the encoding "${name}".`)
  return { version: known ?? '1.0', encoding: isKnown ? name : 'UTF-8', problems }
}
