import type { VerifierKey } from '../../evidence/checkpoint-key.ts'
import { checksumDigits } from '../bagit/checksum.ts'
import { readManifestLines } from '../bagit/manifest-lines.ts'
import type { BagReading } from '../bagit/read-bag.ts'
import { bundlePlaces, carriedFiles } from '../manifest.ts'
import { type BundleParts, isBundleSignedBy } from './bundle-parts.ts'
import type { BundleCheck, CheckId } from './check.ts'
import { listExhibits } from './check-exhibits.ts'
import { statedFiles } from './check-stated-files.ts'
import { findExactLists } from './check-stated-lists.ts'

/**
 * What vouches for a file: a signature; a list in the bundle alone, which anybody can write; or nothing. A file that
 * should be here and is not is missing.
 */
export type FileStatus = 'signed' | 'listed' | 'unvouched' | 'missing'
export type FileWithStatus = { readonly path: string; readonly status: FileStatus }

/**
 * What vouches for each file, by the keys the reader brought; without one, by the key in the bundle, of which nobody
 * knows whose it is.
 */
export function findFileStatuses(
  parts: BundleParts,
  checks: readonly BundleCheck[],
  brought: readonly VerifierKey[],
): readonly FileWithStatus[] {
  const keys = brought.length > 0 ? brought : parts.key ? [parts.key] : []
  const isHeld = keys.length > 0 && keys.every(key => isBundleSignedBy(parts, key))
  const { reading } = parts
  const signed = isHeld ? findSigned(parts, checks) : new Set<string>()
  const listed = findListedFiles(reading)
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { path, kind } of reading.entries) {
    if (kind !== 'folder' && seen.has(path)) twice.add(path)
    seen.add(path)
  }
  const here = [...reading.files.keys()].map((path): FileWithStatus => {
    // If two files have one name, nobody knows which was checked.
    if (twice.has(path)) return { path, status: 'unvouched' }
    if (signed.has(path)) return { path, status: 'signed' }
    return { path, status: listed.has(path) ? 'listed' : 'unvouched' }
  })
  const others = reading.entries.filter(({ kind }) => kind === 'link' || kind === 'other')
  const missing = expectedFiles(parts).filter(path => !reading.files.has(path))
  return [
    ...here,
    ...others.map(({ path }): FileWithStatus => ({ path, status: 'unvouched' })),
    ...missing.map((path): FileWithStatus => ({ path, status: 'missing' })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function findSigned(parts: BundleParts, checks: readonly BundleCheck[]): ReadonlySet<string> {
  const { reading, statement, isStated, excerpt } = parts
  const passes = (...ids: readonly CheckId[]) =>
    ids.every(id => checks.find(check => check.id === id)?.result === 'pass')
  const isLogProved = passes('custody-chain', 'custody-proofs')
  if (!isStated || !statement) {
    const items = new Set(isLogProved && passes('exhibits-in-custody') && excerpt ? listExhibits(parts) : [])
    return new Set([bundlePlaces.checkpoint, ...[...items].map(({ path }) => path)])
  }
  const stated = [...statedFiles(statement).values()].filter(({ path, bytes, sha256 }) => {
    const file = reading.files.get(path)
    return file?.bytes === bytes && file.digests.get('sha256') === sha256
  })
  return new Set([
    ...stated.map(({ path }) => path),
    ...[bundlePlaces.statement, bundlePlaces.signature, bundlePlaces.checkpoint],
    ...(isLogProved && passes('stated-custody') ? [bundlePlaces.excerpt] : []),
    ...findExactLists(parts),
  ])
}

function expectedFiles(parts: BundleParts): readonly string[] {
  if (!parts.isStated) return listExhibits(parts).map(({ path }) => path)
  return [...(parts.statement ? statedFiles(parts.statement).keys() : []), ...carriedFiles]
}

/** The files whose bytes come to the digest that some list in the bag has for them. */
function findListedFiles(reading: BagReading): ReadonlySet<string> {
  return new Set(
    reading.manifests.flatMap(({ file, algorithm }) => {
      const content = reading.files.get(file)?.content
      const digits = algorithm && checksumDigits(algorithm)
      if (!content || !digits) return []
      const { lines } = readManifestLines(file, new TextDecoder().decode(content), { version: '1.0', digits })
      return lines
        .filter(({ path, digest }) => reading.files.get(path)?.digests.get(algorithm) === digest)
        .map(({ path }) => path)
    }),
  )
}
