import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Sha256 } from '../foundation/digest.ts'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import type { BlobStore } from '../platform/blobs.ts'
import { Fault } from '../platform/fault.ts'
import { openParts } from '../platform/seal.ts'
import type { Bound } from '../platform/sealed-message.ts'
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
  for await (const part of readCompared(blobs, owner, original)) {
    if (original.size <= heldWhole) held.push(part)
  }
  if (original.size <= heldWhole) return Readable.from(held, { objectMode: false })
  return Readable.from(readCompared(blobs, owner, original), { objectMode: false })
}

/**
 * Reads an original once, and compares it with the digest taken at intake when all of it has been given. For work of
 * which nothing is kept or shown before its end. Ends in the fault `original-altered` when it is not what arrived.
 */
export async function* readCompared(
  blobs: BlobStore,
  owner: SealedFor,
  original: Original,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const part of readUnpadded(blobs, owner, original)) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== original.sha256) throw altered()
}

/**
 * Reads an original once, without its padding, and compares its length alone: the digest is left to the caller, who
 * takes it anyway. Ends in the fault `original-altered` when it does not open or is longer or shorter.
 */
export async function* readUnpadded(
  blobs: BlobStore,
  owner: SealedFor,
  { blobId, size }: Pick<Original, 'blobId' | 'size'>,
): AsyncGenerator<Buffer> {
  const padding = watchPadding(paddingLength(size))
  let given = 0
  const parts = openParts(owner.caseKey, boundToBlob(owner, blobId), blobs.open(blobId))
  try {
    for (;;) {
      const next = await parts.next().catch(cause => {
        throw altered(cause)
      })
      if (next.done) break
      const own = next.value.subarray(0, size - given)
      padding.see(next.value.subarray(own.length))
      given += own.length
      if (own.length > 0) yield own
    }
  } finally {
    await parts.return(undefined)
  }
  if (given !== size || !padding.isWhole()) throw altered()
}

function altered(cause?: unknown): Fault {
  return new Fault(
    'original-altered',
    'A stored original is missing, cannot be opened, or is not what arrived.',
    { cause },
  )
}
