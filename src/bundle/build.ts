import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { listNames, writeList } from './bag-lists.ts'
import { digestAside } from './bagit/checksum.ts'
import { boundSize, placesOf } from './binding-lines.ts'
import type { BundleInput } from './bundle-input.ts'
import { writeExcerpt } from './custody-excerpt.ts'
import { makeExcerpt } from './make-excerpt.ts'
import { bundlePlaces, placeExhibits } from './manifest.ts'
import type { PreparedFile } from './prepared-file.ts'
import { readAhead } from './read-ahead.ts'
import { type Statement, writeStatement } from './statement.ts'
import { writeStoredZip, type ZippedFile } from './write-stored-zip.ts'

/** What the clinic signed of a bundle, and the log into which it was bound. */
export type SignedParts = {
  readonly statement: Statement
  /** The signed note over the statement's digest. */
  readonly signature: string
  /** The log from its first line to the last that binds the statement. */
  readonly texts: readonly string[]
  /** The signed head of exactly that log. */
  readonly checkpoint: string
}

type FileDigests = { readonly bytes: number; readonly sha256: string; readonly sha512: string }

/** The page that checks a bundle in a browser, as it goes into every bundle. */
export function readVerifyPage(): Uint8Array {
  return readFileSync(new URL('./verify-page/verify.html', import.meta.url))
}

/**
 * Writes a bundle as a zip: a BagIt 1.0 bag in one folder. Each file is read once, and its digests are taken while it is
 * copied, so memory use does not grow with the exhibits. Same input and same signed parts, same bytes. Fails when a
 * file's bytes are not those that were stated.
 */
// RFC 8493
export function buildBundle(
  input: BundleInput,
  files: readonly PreparedFile[],
  signed: SignedParts,
): AsyncGenerator<Uint8Array> {
  const { statement, texts } = signed
  if (texts.length !== boundSize(statement)) throw new RangeError('bundle: the log ends at another line')
  const written = new Map<string, FileDigests>()
  // Each file is opened only when it is written, so that the manifests say what was really written before them.
  const zipped = (path: string, open: () => AsyncIterable<Uint8Array>, stated?: Stated): ZippedFile => ({
    name: `${input.reference}/${path}`,
    open: () => digesting(path, open(), written, stated),
  })
  const text = (path: string, write: () => string | Uint8Array): ZippedFile =>
    zipped(path, async function* () {
      yield Buffer.from(write())
    })
  const prepared = (file: PreparedFile): ZippedFile => zipped(file.path, file.open, file)
  const isPayload = ({ path }: PreparedFile) => path.startsWith('data/')
  return writeStoredZip([
    ...files.filter(isPayload).map(prepared),
    text(bundlePlaces.excerpt, () =>
      writeExcerpt(makeExcerpt(texts, placesOf(statement), statement.log.heads)),
    ),
    ...readAhead(placeExhibits(input.exhibits), bytes => digestAside(bytes, ['sha256', 'sha512'])).map(
      ({ path, open, take, digest, bytes }): ZippedFile => {
        const stated = { sha256: digest, bytes }
        return {
          name: `${input.reference}/${path}`,
          open: async function* () {
            const earlier = await take()
            if (!earlier) {
              yield* digesting(path, open(), written, stated)
              return
            }
            yield earlier.bytes
            const of = (name: string) => earlier.seen.get(name) ?? ''
            const digests = { bytes: earlier.bytes.length, sha256: of('sha256'), sha512: of('sha512') }
            note(path, digests, written, stated)
          },
        }
      },
    ),
    ...files.filter(each => !isPayload(each)).map(prepared),
    text(bundlePlaces.statement, () => writeStatement(statement)),
    text(bundlePlaces.signature, () => signed.signature),
    text(bundlePlaces.checkpoint, () => signed.checkpoint),
    ...listNames.map(name =>
      text(name, () =>
        writeList(
          name,
          statement,
          [...written].map(([path, file]) => ({ path, ...file })),
        ),
      ),
    ),
  ])
}

type Stated = { readonly sha256: string; readonly bytes: number }

/** Passes a file on, and notes what it came to. Throws at its end when that is not what was stated. */
async function* digesting(
  path: string,
  source: AsyncIterable<Uint8Array>,
  written: Map<string, FileDigests>,
  stated: Stated | undefined,
): AsyncGenerator<Uint8Array> {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
  let bytes = 0
  for await (const part of source) {
    bytes += part.length
    sha256.update(part)
    sha512.update(part)
    yield part
  }
  note(path, { bytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }, written, stated)
}

function note(
  path: string,
  digests: FileDigests,
  written: Map<string, FileDigests>,
  stated: Stated | undefined,
): void {
  if (stated && (stated.sha256 !== digests.sha256 || stated.bytes !== digests.bytes))
    throw new Error(`bundle: ${path} is not what was stated in the custody log`)
  written.set(path, digests)
}
