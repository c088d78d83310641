import type { BagProblem, BagProblemCode } from './bag-problem.ts'
import type { BagVersion } from './declaration.ts'
import { splitTagLines } from './tag-text.ts'
import { whyUnsafe } from './unsafe-path.ts'

export type ManifestLine = { readonly path: string; readonly digest: string; readonly place: string }
export type ManifestLines = {
  readonly lines: readonly ManifestLine[]
  readonly problems: readonly BagProblem[]
}

/**
 * Reads a manifest: a digest in hexadecimal, white space, a path; one line for each file. Lines that cannot be used
 * are problems, and the rest is still read.
 *
 * @param digits how many hexadecimal digits a digest of this algorithm has
 */
// RFC 8493, sections 2.1.3 and 2.2.1
export function readManifestLines(
  file: string,
  text: string,
  { version, digits }: { readonly version: BagVersion; readonly digits: number },
): ManifestLines {
  const problems: BagProblem[] = []
  const found = new Map<string, ManifestLine>()
  const isPayload = file.startsWith('manifest-')
  splitTagLines(text).forEach((text, index) => {
    if (text.trim() === '') return
    const place = `${file}, line ${index + 1}`
    const say = (severity: BagProblem['severity'], code: BagProblemCode, message: string) =>
      problems.push({ severity, code, place, message })
    const [, digest = '', star = '', written = ''] = /^([0-9a-fA-F]+)[ \t]+(\*?)(.+)$/.exec(text) ?? []
    if (digest.length !== digits) {
      say(
        'error',
        'line-unreadable',
        `Expected a digest of ${digits} hexadecimal digits, a space and a path.`,
      )
      return
    }
    // md5sum and similar tools put a star before the name of a file they read as bytes.
    if (star) say('warning', 'made-by-md5sum', 'The path has a star before it, as checksum tools write it.')
    const path = decodePath(written.replace(/^(\.\/)+/, ''), version)
    if (written.startsWith('./')) say('warning', 'leading-dot-slash', 'The path starts with "./".')
    const unsafe = whyUnsafe(written) ?? whyUnsafe(path)
    if (unsafe) {
      say('error', 'unsafe-path', `"${written}" is not followed: ${unsafe}.`)
      return
    }
    if (isPayload && !path.startsWith('data/')) {
      say('error', 'outside-payload', `"${path}" is not in the folder data.`)
      return
    }
    if (!isPayload && path.startsWith('data/')) {
      say('warning', 'outside-payload', `"${path}" is payload; a tag manifest lists tag files.`)
    }
    const line = { path, digest: digest.toLowerCase(), place }
    const before = found.get(path)
    if (!before) found.set(path, line)
    else if (before.digest !== line.digest) {
      say('error', 'listed-twice-differently', `"${path}" is listed twice, with different digests.`)
    } else {
      // RFC 8493, section 2.1.3: a path may stand in a manifest once; the drafts before it did not say so
      const severity = version === '1.0' ? 'error' : 'warning'
      say(severity, 'listed-twice', `"${path}" is listed twice, with the same digest.`)
    }
  })
  return { lines: [...found.values()], problems }
}

/** Undoes the escapes of line ends in a path. Version 1.0 escapes the percent sign as well. */
// RFC 8493, section 2.1.3; drafts up to 0.97 leave every other percent sign as it stands
export function decodePath(path: string, version: BagVersion): string {
  const escapes = version === '1.0' ? /%(0[AaDd]|25)/g : /%(0[AaDd])/g
  return path.replace(escapes, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** A path as version 1.0 writes it in a manifest. */
// RFC 8493, section 2.1.3
export function encodePath(path: string): string {
  return path.replace(
    /[%\r\n]/g,
    character => ({ '%': '%25', '\r': '%0D', '\n': '%0A' })[character] ?? character,
  )
}
