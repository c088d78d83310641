import type { Sha256 } from '../../foundation/digest.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { openBlobStore } from '../../platform/blobs.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { Fault } from '../../platform/fault.ts'
import { takeIn } from '../intake-stream.ts'

/** A file this program made for a case, sealed with the case's key like everything of the case on the disk. */
export type MadeFile = {
  readonly blobId: string
  readonly sha256: Sha256
  readonly size: number
}

/**
 * Seals and stores a file that was made from a case, such as a bundle. It is kept as an original is, and is none:
 * no item, no exhibit reference. Throws when the source breaks off; then nothing of it stays.
 */
export async function keepMadeFile(
  clinic: Clinic,
  caseId: CaseId,
  caseKey: Buffer,
  source: AsyncIterable<Uint8Array>,
): Promise<MadeFile> {
  let broke: unknown
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* source
    } catch (cause) {
      broke = cause
      throw cause
    }
  }
  const kept = await takeIn(watched(), {
    blobs: openBlobStore(clinic.blobFolder),
    owner: { clinicId: clinic.clinicId, caseId, caseKey },
    limit: Number.MAX_SAFE_INTEGER,
  })
  if (kept.taken) {
    await kept.draft.keep()
    return { blobId: kept.blobId, sha256: kept.sha256, size: kept.size }
  }
  throw new Fault('made-file-broke-off', 'A file could not be made to its end.', { cause: broke })
}
