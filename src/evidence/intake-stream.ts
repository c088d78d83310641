import { createHash } from 'node:crypto'
import { parseSha256, type Sha256 } from '../foundation/digest.ts'
import { type BlobDraft, type BlobStore, makeBlobId } from '../platform/blobs.ts'
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
      /** The sealed file, which the caller keeps before anything says that it is there, or discards. */
      readonly draft: BlobDraft
    }
  | { readonly taken: false; readonly reason: 'too-large' | 'empty' | 'broken-off' }

const headLength = 4100

class Refused extends Error {
  readonly reason: 'too-large' | 'empty' | 'broken-off'

  constructor(reason: Refused['reason'], cause?: unknown) {
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
        if (seen < headLength) {
          const begun = Buffer.from(chunk.subarray(0, headLength - seen)) // a copy: the sender may reuse its memory
          head.push(begun)
          seen += begun.length
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

  try {
    const sealed = sealParts(owner.caseKey, boundToBlob(owner, blobId), metered())
    const draft = await blobs.write(blobId, sealed)
    if (!digest) throw new Fault('digest-malformed', 'The digest of a file could not be read.')
    return { taken: true, sha256: digest, size, blobId, head: Buffer.concat(head), draft }
  } catch (cause) {
    if (cause instanceof Refused) return { taken: false, reason: cause.reason }
    throw cause
  }
}
