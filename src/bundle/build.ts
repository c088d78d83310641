import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PassThrough, Readable, Transform } from 'node:stream'
import yazl from 'yazl'
import { writeVerifierKey } from '../evidence/checkpoint-key.ts'
import { canonicalJson } from '../foundation/canonical-json.ts'
import { encodePath } from './bagit/manifest-lines.ts'
import type { BundleInput } from './bundle-input.ts'
import { writeExcerpt } from './custody-excerpt.ts'
import { bundlePlaces, placeExhibits, writeDescription } from './manifest.ts'
import { writeReadMeFirst } from './read-me-first.ts'
import { writeChronologyCsv, writeExhibitListCsv, writeNotIncludedCsv } from './tables.ts'

type FileDigests = { readonly bytes: number; readonly sha256: string; readonly sha512: string }

/**
 * Writes a bundle as a zip: a BagIt 1.0 bag in one folder, streamed, so that memory stays level however large the
 * exhibits are. Same input and same report, same bytes: fixed times, fixed order, nothing compressed.
 * The stream fails when an exhibit's bytes do not come to the digest that the custody log holds.
 *
 * @param report the chronology as a PDF, made beforehand
 */
// RFC 8493
export function buildBundle(input: BundleInput, report: Uint8Array): Readable {
  const zip = new yazl.ZipFile()
  const out = new PassThrough()
  const written = new Map<string, FileDigests>()
  const folder = input.reference
  const fail = (problem: unknown) =>
    void out.destroy(problem instanceof Error ? problem : new Error(String(problem)))
  zip.on('error', fail)

  // Each file is opened when its turn comes, so the manifests can be written from what really went before them.
  const add = (path: string, open: () => AsyncIterable<Uint8Array>, digest?: string) => {
    zip.addReadStreamLazy(`${folder}/${path}`, entryOptions, give => {
      const counted = Readable.from(open(), { objectMode: false }).on('error', fail)
      give(null, counted.pipe(countFile(path, written, digest)).on('error', fail))
    })
  }
  const addText = (path: string, write: () => string | Uint8Array) =>
    add(path, async function* () {
      yield Buffer.from(write())
    })

  addText('data/READ-ME-FIRST.txt', () => writeReadMeFirst(input))
  addText('data/chronology.pdf', () => report)
  addText('data/chronology.csv', () => writeChronologyCsv(input.chronology))
  addText('data/exhibit-list.csv', () => writeExhibitListCsv(input.exhibits))
  addText('data/not-included.csv', () => writeNotIncludedCsv(input.notIncluded))
  addText(bundlePlaces.description, () => writeDescription(input))
  addText(bundlePlaces.excerpt, () => `${canonicalJson(writeExcerpt(input.custody))}\n`)
  for (const exhibit of placeExhibits(input.exhibits)) add(exhibit.path, exhibit.open, exhibit.digest)

  addText('bagit.txt', () => 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  addText('bag-info.txt', () => writeBagInfo(input, [...written]))
  addText(bundlePlaces.checkpoint, () => input.checkpoint)
  addText(bundlePlaces.clinicKey, () => `${writeVerifierKey(input.clinicKey)}\n`)
  addText('verify.html', () => readFileSync(new URL('./verify-page/verify.html', import.meta.url)))
  for (const algorithm of ['sha256', 'sha512'] as const) {
    addText(`manifest-${algorithm}.txt`, () =>
      writeManifest([...written], algorithm, path => path.startsWith('data/')),
    )
  }
  for (const algorithm of ['sha256', 'sha512'] as const) {
    const isListed = (path: string) => !path.startsWith('data/') && !path.startsWith('tagmanifest-')
    addText(`tagmanifest-${algorithm}.txt`, () => writeManifest([...written], algorithm, isListed))
  }
  zip.end()
  zip.outputStream.on('error', fail).pipe(out)
  return out
}

// The clock of the machine and its zone must not show in the bytes: the first moment a zip can hold, as local time
const entryOptions = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  compress: false,
  forceDosTimestamp: true,
} as const

function countFile(path: string, written: Map<string, FileDigests>, expected: string | undefined): Transform {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      sha256.update(chunk)
      sha512.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      const digests = { bytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
      written.set(path, digests)
      const isSame = expected === undefined || expected === digests.sha256
      done(isSame ? null : new Error(`bundle: ${path} does not come to the digest in the custody log`))
    },
  })
}

function writeManifest(
  written: readonly (readonly [string, FileDigests])[],
  algorithm: 'sha256' | 'sha512',
  isListed: (path: string) => boolean,
): string {
  const lines = written
    .filter(([path]) => isListed(path))
    .map(([path, file]) => `${file[algorithm]}  ${encodePath(path)}\n`)
  return lines.join('')
}

// RFC 8493, section 2.2.2
function writeBagInfo(input: BundleInput, written: readonly (readonly [string, FileDigests])[]): string {
  const payload = written.filter(([path]) => path.startsWith('data/'))
  const bytes = payload.reduce((sum, [, file]) => sum + file.bytes, 0)
  const entries = [
    ['Source-Organization', input.clinicName],
    ['External-Identifier', input.reference],
    ['External-Description', `${input.purpose}, case ${input.caseReference}`],
    ['Bagging-Date', input.madeAt.slice(0, 10)],
    ['Payload-Oxum', `${bytes}.${payload.length}`],
    ['Bag-Software-Agent', 'Unwatched'],
  ] as const
  return entries.map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}\n`).join('')
}
