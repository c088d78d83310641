import { type Sha256, sha256 } from '../foundation/digest.ts'

/** A file of a bundle that is known by its digest before anything is signed, and read again while it is written. */
export type PreparedFile = {
  readonly path: string
  readonly bytes: number
  readonly sha256: Sha256
  readonly open: () => AsyncIterable<Uint8Array>
}

/** A file short enough to be held. */
export function prepareText(path: string, content: string | Uint8Array): PreparedFile {
  const bytes = Buffer.from(content)
  return {
    path,
    bytes: bytes.length,
    sha256: sha256(bytes),
    open: async function* () {
      yield bytes
    },
  }
}
