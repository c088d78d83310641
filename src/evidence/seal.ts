import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sha256 } from '../foundation/digest.ts'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import type { BlobStore } from '../platform/blobs.ts'
import { Fault } from '../platform/fault.ts'
import { type Bound, openStream, sealedLength } from '../platform/seal.ts'
import { paddingLength, watchPadding } from './padding.ts'

/** Whose evidence it is, and the key it is sealed with. */
export type SealedFor = { readonly clinicId: ClinicId; readonly caseId: CaseId; readonly caseKey: Buffer }

/** The original as intake recorded it. */
export type Original = {
  readonly blobId: string
  readonly sha256: Sha256
  readonly size: number
}

/** What a stored file is bound to: opened in another case, or under another name, it stays shut. */
export function boundToBlob(owner: SealedFor, blobId: string): Bound {
  return { clinicId: owner.clinicId, caseId: owner.caseId, kind: 'blob', name: blobId }
}

/** An original up to this size is read once and held; a larger one is read twice, so that memory stays level. */
const heldWhole = 8 * 1024 * 1024

/**
 * Opens an original, and gives no byte of it before the whole has been compared with the digest taken at intake.
 * A large one is read twice: once to compare, once to give; should it change in between, the stream ends in a fault.
 * Throws `original-altered` when it is not what arrived.
 */
export async function openVerified(
  blobs: BlobStore,
  owner: SealedFor,
  original: Original,
): Promise<Readable> {
  const held: Buffer[] = []
  for await (const part of comparedParts(blobs, owner, original)) {
    if (original.size <= heldWhole) held.push(part)
  }
  if (original.size <= heldWhole) return Readable.from(held, { objectMode: false })
  return Readable.from(comparedParts(blobs, owner, original), { objectMode: false })
}

async function* comparedParts(
  blobs: BlobStore,
  owner: SealedFor,
  original: Original,
): AsyncGenerator<Buffer> {
  const bound = boundToBlob(owner, original.blobId)
  await refuseOtherLength(blobs, owner, original)
  const hash = createHash('sha256')
  const padding = watchPadding(paddingLength(original.size))
  let size = 0
  const plain = new PassThrough({ highWaterMark: 1024 * 1024 })
  const sealed = blobs.open(original.blobId)
  const flowing = pipeline(sealed, openStream(owner.caseKey, bound), plain)
  flowing.catch(() => {}) // awaited below; an iterator that leaves early ends it, which is no fault
  try {
    for await (const part of plain) {
      const own = part.subarray(0, original.size - size)
      padding.see(part.subarray(own.length))
      if (own.length === 0) continue
      size += own.length
      hash.update(own)
      yield own
    }
    await flowing
  } catch (cause) {
    throw altered(cause)
  } finally {
    sealed.destroy()
  }
  if (size !== original.size || !padding.isWhole() || hash.digest('hex') !== original.sha256) throw altered()
}

/** What stands behind a sealed message is passed over when it is opened, so its length is compared first. */
async function refuseOtherLength(blobs: BlobStore, owner: SealedFor, original: Original): Promise<void> {
  const { blobId, size } = original
  const plain = size + paddingLength(original.size)
  const expected = await sealedLength(owner.caseKey, boundToBlob(owner, blobId), plain)
  const found = await blobs.sizeOf(blobId).catch(cause => {
    throw altered(cause)
  })
  if (found !== expected) throw altered()
}

function altered(cause?: unknown): Fault {
  return new Fault(
    'original-altered',
    'A stored original is missing, cannot be opened, or is not what arrived.',
    { cause },
  )
}
