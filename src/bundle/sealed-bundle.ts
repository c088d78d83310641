import { z } from 'zod'
import type { BundleId } from '../foundation/ids.ts'

/** What lies sealed of a bundle that was made, and of one that could not be: fields, and least lengths in bytes. */
export const madePart = (bundleId: BundleId) => ({ field: `bundle ${bundleId}`, least: 512 })
export const failurePart = (bundleId: BundleId) => ({ field: `bundle-failure ${bundleId}`, least: 512 })

/** Its name holds the case's reference, and somebody may hold the file. */
export const madeContent = z.object({
  fileName: z.string(),
  size: z.int().min(0),
  sha256: z.string(),
  /** Of a bundle from before files were padded. */
})
