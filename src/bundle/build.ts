import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PassThrough, Readable, Transform } from 'node:stream'
import yazl from 'yazl'
import { listNames, writeList } from './bag-lists.ts'
import { boundSize, placesOf } from './binding-lines.ts'
import type { BundleInput } from './bundle-input.ts'
import { writeExcerpt } from './custody-excerpt.ts'
import { makeExcerpt } from './make-excerpt.ts'
import { bundlePlaces, placeExhibits } from './manifest.ts'
import type { PreparedFile } from './prepared-file.ts'
import { type Statement, writeStatement } from './statement.ts'

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
 * Writes a bundle as a zip: a BagIt 1.0 bag in one folder. It is streamed, so memory use does not grow with the
 * exhibits. Same input and same signed parts, same bytes: fixed times, fixed order, nothing compressed. The stream
 * fails when a file's bytes are not those that were stated.
 */
// RFC 8493
export function buildBundle(
  input: BundleInput,
  files: readonly PreparedFile[],
  signed: SignedParts,
): Readable {
  const { statement, texts } = signed
  if (texts.length !== boundSize(statement)) throw new RangeError('bundle: the log ends at another line')
  const zip = new yazl.ZipFile()
  const out = new PassThrough()
  const written = new Map<string, FileDigests>()
  const folder = input.reference
  const fail = (problem: unknown) =>
    void out.destroy(problem instanceof Error ? problem : new Error(String(problem)))
  zip.on('error', fail)

  // Each file is opened only when it is written, so that the manifests say what was really written before them.
  const add = (path: string, open: () => AsyncIterable<Uint8Array>, stated?: Stated) => {
    zip.addReadStreamLazy(`${folder}/${path}`, entryOptions, give => {
      const counted = Readable.from(open(), { objectMode: false }).on('error', fail)
      give(null, counted.pipe(countFile(path, written, stated)).on('error', fail))
    })
  }
  const addText = (path: string, write: () => string | Uint8Array) =>
    add(path, async function* () {
      yield Buffer.from(write())
    })

  const isPayload = ({ path }: PreparedFile) => path.startsWith('data/')
  for (const file of files.filter(isPayload)) add(file.path, file.open, file)
  addText(bundlePlaces.excerpt, () =>
    writeExcerpt(makeExcerpt(texts, placesOf(statement), statement.log.heads)),
  )
  for (const exhibit of placeExhibits(input.exhibits)) {
    add(exhibit.path, exhibit.open, { sha256: exhibit.digest, bytes: exhibit.bytes })
  }
  for (const file of files.filter(each => !isPayload(each))) add(file.path, file.open, file)
  addText(bundlePlaces.statement, () => writeStatement(statement))
  addText(bundlePlaces.signature, () => signed.signature)
  addText(bundlePlaces.checkpoint, () => signed.checkpoint)
  for (const name of listNames) {
    addText(name, () =>
      writeList(
        name,
        statement,
        [...written].map(([path, file]) => ({ path, ...file })),
      ),
    )
  }
  zip.end()
  zip.outputStream.on('error', fail).pipe(out)
  return out
}

// The clock and zone of the machine must not show in the bytes: the first moment a zip can hold, as local time
const entryOptions = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  compress: false,
  forceDosTimestamp: true,
} as const

type Stated = { readonly sha256: string; readonly bytes: number }

function countFile(path: string, written: Map<string, FileDigests>, stated: Stated | undefined): Transform {
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
      const isSame = !stated || (stated.sha256 === digests.sha256 && stated.bytes === bytes)
      done(isSame ? null : new Error(`bundle: ${path} is not what was stated in the custody log`))
    },
  })
}
