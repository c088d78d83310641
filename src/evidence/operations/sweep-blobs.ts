import { openBlobStore } from '../../platform/blobs.ts'
import type { Clinic } from '../../platform/clinic.ts'

/** A part that nobody has written to for this long belongs to no upload that is still alive. */
const restingTime = 60 * 60 * 1000

/**
 * Clears away the parts of files whose intake a crash or a power cut ended; for the start of the program. What was
 * acknowledged is complete and stays. Answers how many parts went.
 */
export async function sweepBlobs(clinic: Pick<Clinic, 'blobFolder' | 'clock' | 'log'>): Promise<number> {
  const before = new Date(clinic.clock.now().getTime() - restingTime)
  const swept = await openBlobStore(clinic.blobFolder).sweep(before)
  if (swept > 0) clinic.log('intake-parts-swept', { parts: swept })
  return swept
}
