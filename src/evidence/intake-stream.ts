import { createHash } from 'node:crypto'
import { addAbortSignal, Readable } from 'node:stream'
import { parseSha256, type Sha256 } from '../foundation/digest.ts'
import { type BlobStore, makeBlobId } from '../platform/blobs.ts'
import { Fault } from '../platform/fault.ts'
import { sealParts } from '../platform/seal.ts'
import { paddingOf } from './padding.ts'
import { boundToBlob, type SealedFor } from './seal.ts'

export type IntakeTerms = {
  readonly blobs: BlobStore
  readonly owner: SealedFor
  /** The most bytes one file may have. */
  readonly limit: number
  /** What the sender says the size is, when it says. Believed only to refuse early. */
  readonly declaredSize?: number | undefined
  /** Ends the intake, leaving nothing. */
  readonly signal?: AbortSignal | undefined
  /** Asked when all bytes have been read: whether the same bytes are kept already. Then they are not kept again. */
  readonly isKnown?: ((sha256: Sha256) => Promise<boolean>) | undefined
}

export type Intake =
  | {
      readonly taken: true
      readonly sha256: Sha256
      /** Of the original, in bytes. */
      readonly size: number
      readonly blobId: string
      /** The first bytes, up to 4100: enough to tell what it is. */
      readonly head: Buffer
    }
  | { readonly taken: false; readonly reason: 'known'; readonly sha256: Sha256; readonly size: number }
  | { readonly taken: false; readonly reason: 'too-large' | 'empty' | 'broken-off' }

const headLength = 4100

type Refusal = 'known' | 'too-large' | 'empty' | 'broken-off'

class Refused extends Error {
  readonly reason: Refusal

  constructor(reason: Refusal, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * Takes one file in, in one pass: size limit, SHA-256, padding, seal, store. Memory stays level whatever the size.
 * Whatever is refused or breaks off leaves nothing; a crash leaves at most a part that the store sweeps. The disk's
 * faults are thrown.
 */
export async function takeIn(source: AsyncIterable<Uint8Array>, terms: IntakeTerms): Promise<Intake> {
  if (terms.declaredSize !== undefined && terms.declaredSize > terms.limit)
    return { taken: false, reason: 'too-large' }
  const { blobs, owner } = terms
  const blobId = makeBlobId()
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let size = 0
  let seen = 0
  let digest: Sha256 | null = null

  async function* metered(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        size += chunk.length
        if (size > terms.limit) throw new Refused('too-large')
        if (chunk.length === 0) continue
        if (seen < headLength) {
          const start = Buffer.from(chunk.subarray(0, headLength - seen)) // a copy: the sender may reuse its memory
          head.push(start)
          seen += start.length
        }
        hash.update(chunk)
        yield chunk
      }
    } catch (cause) {
      throw cause instanceof Refused ? cause : new Refused('broken-off', cause)
    }
    if (size === 0) throw new Refused('empty')
    digest = parseSha256(hash.digest('hex'))
    yield* paddingOf(size)
  }

  // The store keeps a blob only when its source has ended well: the last moment to say that it need not be kept.
  async function* keptUnlessKnown(sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield* sealed
    if (digest !== null && (await terms.isKnown?.(digest))) throw new Refused('known')
  }

  const measured = Readable.from(metered(), { objectMode: false, highWaterMark: 1024 * 1024 })
  if (terms.signal) addAbortSignal(terms.signal, measured)
  try {
    await blobs.put(blobId, keptUnlessKnown(sealParts(owner.caseKey, boundToBlob(owner, blobId), measured)))
  } catch (cause) {
    measured.destroy()
    const refused = cause instanceof Refused ? cause : null
    if (refused?.reason === 'known' && digest) return { taken: false, reason: 'known', sha256: digest, size }
    if (refused && refused.reason !== 'known') return { taken: false, reason: refused.reason }
    if (terms.signal?.aborted) return { taken: false, reason: 'broken-off' }
    throw cause
  }
  if (!digest) throw new Fault('digest-malformed', 'The digest of a file could not be read.')
  return { taken: true, sha256: digest, size, blobId, head: Buffer.concat(head) }
}
