import { archiveBounds } from '../archive.ts'
import type { ReadBudget } from './importer.ts'

/** An archive and those inside it share one budget, so nesting gains nothing. */
export function makeBudget(): ReadBudget {
  let entries = archiveBounds.entries
  let totalSize = archiveBounds.totalSize
  return {
    bounds: () => ({ ...archiveBounds, entries, totalSize }),
    spend(moreEntries, moreBytes) {
      entries = Math.max(0, entries - moreEntries)
      totalSize = Math.max(0, totalSize - moreBytes)
    },
  }
}
