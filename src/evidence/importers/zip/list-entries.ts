import { openArchive } from '../../archive-reader.ts'
import type { EvidenceSource } from '../importer.ts'
import { makeBudget } from '../read-budget.ts'

export type EntryListed = { readonly name: string; readonly size: number }

/** The entries of an archive that may be opened, what may hold words first; at most so many. Nothing is unpacked. */
export async function listEntries(source: EvidenceSource, atMost: number): Promise<readonly EntryListed[]> {
  const archive = await openArchive(source, makeBudget())
  try {
    const open = archive.entries.filter(({ verdict }) => verdict.kind === 'open')
    return open.slice(0, atMost).map(({ entry }) => ({ name: entry.name, size: entry.size }))
  } finally {
    await archive.close()
  }
}
