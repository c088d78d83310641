import { readBagInfo, readOxum } from './bag-info.ts'
import type { BagProblem, BagProblemCode } from './bag-problem.ts'
import { checksumDigits } from './checksum.ts'
import { type Declaration, readDeclaration } from './declaration.ts'
import { readFetchLines } from './fetch-lines.ts'
import { findListed } from './find-listed.ts'
import { type ManifestLine, readManifestLines } from './manifest-lines.ts'
import type { BagReading } from './read-bag.ts'
import { decodeTagText } from './tag-text.ts'
import { whyUnsafe } from './unsafe-path.ts'

type Severity = BagProblem['severity']
type Manifest = BagReading['manifests'][number] & { readonly lines: readonly ManifestLine[] }

/** Checks a bag against the version that it declares and lists everything wrong, each with its place. */
// RFC 8493, sections 2 and 3; the drafts 0.93 to 0.97 before it
export function verifyBag(reading: BagReading): readonly BagProblem[] {
  const declaration = readDeclaration(reading.files.get('bagit.txt')?.content ?? null)
  const problems: BagProblem[] = [...declaration.problems]
  const say = (severity: Severity, code: BagProblemCode, place: string, message: string) =>
    void problems.push({ severity, code, place, message })
  verifyEntries(reading, say)
  const read = (file: string) => readTagFile(reading, declaration, file, say)
  const manifests = reading.manifests.map((manifest): Manifest => {
    const digits = manifest.algorithm && checksumDigits(manifest.algorithm)
    const text = digits ? read(manifest.file) : null
    if (!digits)
      say(
        'warning',
        'algorithm-unknown',
        manifest.file,
        'This manifest uses a checksum that is not known here.',
      )
    if (!digits || text === null) return { ...manifest, lines: [] }
    const found = readManifestLines(manifest.file, text, { version: declaration.version, digits })
    problems.push(...found.problems)
    return { ...manifest, lines: found.lines }
  })
  if (!manifests.some(each => each.isPayload && each.algorithm)) {
    say(
      'error',
      'payload-manifest-missing',
      'manifest',
      'There is no payload manifest with a known checksum.',
    )
  }
  const fetchText = reading.files.has('fetch.txt') ? read('fetch.txt') : null
  const fetch = fetchText === null ? null : readFetchLines(fetchText, declaration.version)
  problems.push(...(fetch?.problems ?? []))
  for (const manifest of manifests) verifyListed(reading, manifest, fetch?.paths ?? new Set(), say)
  const systemFilesGone = new Set(
    manifests
      .flatMap(({ lines }) => lines.map(({ path }) => path))
      .filter(path => {
        const found = findListed(reading.files, path)
        return found.kind === 'missing' && found.isSystemFile
      }),
  ).size
  verifyAllListed(reading, declaration, manifests, say)
  for (const [path, { failure }] of reading.files) {
    // A file whose digest differs was already named, so a difference in its packing is not reported again.
    const isNamed = problems.some(
      ({ code, message }) => code === 'digest-differs' && message.startsWith(`"${path}"`),
    )
    if (failure && !isNamed)
      say('error', 'file-unreadable', path, `This file cannot be read to its end: ${failure}`)
  }
  verifyOxum(reading, reading.files.has('bag-info.txt') ? read('bag-info.txt') : null, systemFilesGone, say)
  return problems
}

type Say = (severity: Severity, code: BagProblemCode, place: string, message: string) => void

function verifyEntries(reading: BagReading, say: Say): void {
  const seen = new Map<string, string>()
  for (const { path, kind } of reading.entries) {
    const unsafe = whyUnsafe(path)
    if (unsafe) say('error', 'unsafe-path', path, `This name is not followed: ${unsafe}.`)
    if (kind === 'link')
      say('error', 'not-a-file', path, 'This is a link. A bag holds files; links are not followed.')
    if (kind === 'other') say('error', 'not-a-file', path, 'This is neither a file nor a folder.')
    if (kind === 'folder') continue
    const folded = path.normalize('NFC').toLowerCase()
    const before = seen.get(folded)
    if (before === path)
      say('error', 'name-used-twice', path, 'Two files have this name; which one counts cannot be known.')
    else if (before !== undefined) {
      say(
        'warning',
        'differs-by-case-or-form',
        path,
        `On some machines this is the same name as "${before}".`,
      )
    }
    seen.set(folded, path)
  }
  if (
    !reading.entries.some(
      ({ path, kind }) => path.startsWith('data/') || (path === 'data' && kind === 'folder'),
    )
  ) {
    say('error', 'payload-folder-missing', 'data', 'There is no folder data.')
  }
}

function readTagFile(reading: BagReading, { encoding }: Declaration, file: string, say: Say): string | null {
  const content = reading.files.get(file)?.content
  const text = content ? decodeTagText(content, encoding) : null
  if (text === null)
    say('error', 'tag-file-unreadable', file, `This file cannot be read as ${encoding} text.`)
  return text
}

function verifyListed(reading: BagReading, manifest: Manifest, fetch: ReadonlySet<string>, say: Say): void {
  for (const { path, digest, place } of manifest.lines) {
    const found = findListed(reading.files, path)
    if (found.kind === 'like') {
      say('warning', 'differs-by-case-or-form', place, `"${path}" is in the bag as "${found.path}".`)
    }
    if (found.kind === 'missing') {
      if (fetch.has(path)) say('error', 'not-fetched', place, `"${path}" must still be fetched.`)
      // Systems make and remove these by themselves. Nobody's document is lost with them.
      else if (found.isSystemFile)
        say('warning', 'system-file-missing', place, `"${path}" is listed but not there.`)
      else say('error', 'file-missing', place, `"${path}" is listed but not there.`)
      continue
    }
    const actual = reading.files.get(found.path)?.digests.get(manifest.algorithm ?? '')
    if (actual !== undefined && actual !== digest) {
      say('error', 'digest-differs', place, `"${found.path}" should have digest ${digest} and has ${actual}.`)
    }
  }
}

function verifyAllListed(
  reading: BagReading,
  { version }: Declaration,
  manifests: readonly Manifest[],
  say: Say,
): void {
  const payload = manifests.filter(each => each.isPayload && each.algorithm)
  const listed = payload.map(
    ({ file, lines }) =>
      ({
        file,
        paths: new Set(
          lines
            .map(({ path }) => findListed(reading.files, path))
            .flatMap(found => (found.kind === 'missing' ? [] : [found.path])),
        ),
      }) as const,
  )
  for (const path of reading.files.keys()) {
    if (!path.startsWith('data/')) continue
    const without = listed.filter(each => !each.paths.has(path))
    // RFC 8493, section 3: every payload file in every payload manifest; in the drafts before it, in one of them
    const isMissing = version === '1.0' ? without.length > 0 : without.length === listed.length
    if (isMissing && listed.length > 0) {
      say(
        'error',
        'file-not-listed',
        path,
        `This file is not listed in ${without.map(each => each.file).join(', ')}.`,
      )
    }
  }
}

function verifyOxum(reading: BagReading, info: string | null, systemFilesGone: number, say: Say): void {
  const values =
    info === null ? [] : readBagInfo(info).filter(([name]) => name.toLowerCase() === 'payload-oxum')
  const sizes = [...reading.files].filter(([path]) => path.startsWith('data/')).map(([, file]) => file.bytes)
  const actual = { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length }
  for (const [, value] of values) {
    const oxum = readOxum(value)
    if (!oxum)
      say('warning', 'oxum-unreadable', 'bag-info.txt', `Payload-Oxum "${value}" is not bytes and files.`)
    else if (oxum.bytes !== actual.bytes || oxum.files !== actual.files) {
      const message = `Payload-Oxum says ${value}; the payload is ${actual.bytes}.${actual.files}.`
      const isExplained = systemFilesGone > 0 && oxum.files === actual.files + systemFilesGone
      const severity = isExplained && oxum.bytes >= actual.bytes ? 'warning' : 'error'
      say(severity, 'size-differs', 'bag-info.txt', message)
    }
  }
}
