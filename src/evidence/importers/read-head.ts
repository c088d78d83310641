import type { EvidenceSource } from './importer.ts'

/** By this much of its beginning a file is recognised. */
export const headLength = 65_536

/** The first bytes of a source. */
export async function readHead(source: Pick<EvidenceSource, 'open'>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.open()) {
    pieces.push(chunk)
    size += chunk.length
    if (size >= headLength) break
  }
  return Buffer.concat(pieces).subarray(0, headLength)
}
