import type { OpenedEntry } from '../../archive.ts'
import type { EvidenceSource } from '../importer.ts'

/** An archive that is packed a second time is unpacked into memory to be opened, and only up to this size. */
export const longestPackedTwice = 67_108_864

/**
 * An entry as a source of its own. One that is not packed can be read from any place; an archive that is packed can
 * too, from memory, while it is small. A larger one has no `openRange`.
 */
export function openInner(opened: OpenedEntry, isArchive: boolean, names: readonly string[]): EvidenceSource {
  const { name, size } = opened.entry
  let whole: Promise<Buffer> | null = null
  const inMemory = async (): Promise<Buffer> => {
    // Made once and filled: pieces put together in the end would take twice the room.
    const bytes = Buffer.alloc(size)
    let at = 0
    for await (const piece of opened.open()) {
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  }
  const openRange =
    opened.openRange ??
    (isArchive && size <= longestPackedTwice
      ? async function* (from: number, to: number): AsyncGenerator<Uint8Array> {
          whole ??= inMemory()
          yield (await whole).subarray(from, to)
        }
      : null)
  return {
    name,
    size,
    siblings: names,
    open: () => opened.open(),
    ...(openRange === null ? {} : { openRange }),
  }
}

/** The beginning of an entry, to recognise it by. */
export function openHead(opened: OpenedEntry, head: Buffer, names: readonly string[]): EvidenceSource {
  return {
    name: opened.entry.name,
    size: opened.entry.size,
    siblings: names,
    async *open() {
      yield head
    },
  }
}
