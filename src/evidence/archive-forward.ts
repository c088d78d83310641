import type { EvidenceSource } from './importers/importer.ts'

const blockLength = 65_536

/**
 * Reads any range of a source that can only be read forwards. It keeps one stream open and skips ahead in it;
 * only a range that lies behind starts the stream again. Nothing is spooled to disk, so the plain bytes of
 * sealed evidence never lie anywhere. One range at a time.
 */
export function readForward(source: Pick<EvidenceSource, 'open' | 'openRange' | 'size'>): {
  range(from: number, to: number): AsyncGenerator<Uint8Array>
  close(): Promise<void>
} {
  let stream: AsyncIterator<Uint8Array> | null = null
  let position = 0
  let left: Uint8Array | null = null

  async function next(): Promise<Uint8Array | null> {
    if (left) {
      const chunk = left
      left = null
      return chunk
    }
    stream ??= source.open()[Symbol.asyncIterator]()
    const step = await stream.next()
    return step.done ? null : step.value
  }

  async function close(): Promise<void> {
    await stream?.return?.()
    stream = null
    left = null
    position = 0
  }

  async function* skipTo(from: number, to: number): AsyncGenerator<Uint8Array> {
    if (from < position) await close()
    while (position < to) {
      const chunk = await next()
      if (chunk === null) return
      const start = Math.max(0, from - position)
      const end = Math.min(chunk.length, to - position)
      if (end < chunk.length) left = chunk.subarray(end)
      position += end
      if (start < end) yield chunk.subarray(start, end)
    }
  }

  let block: { readonly from: number; readonly bytes: Buffer } | null = null

  /** An archive is full of short headers one after another; each is taken from a larger block. */
  async function fromBlock(from: number, to: number): Promise<Uint8Array> {
    if (!block || from < block.from || to > block.from + block.bytes.length) {
      const pieces: Uint8Array[] = []
      const end = Math.min(source.size, from + blockLength)
      for await (const chunk of source.openRange?.(from, end) ?? []) pieces.push(chunk)
      block = { from, bytes: Buffer.concat(pieces) }
    }
    return block.bytes.subarray(from - block.from, to - block.from)
  }

  return {
    async *range(from, to) {
      if (!source.openRange) yield* skipTo(from, to)
      else if (to - from > blockLength) yield* source.openRange(from, to)
      else yield await fromBlock(from, to)
    },
    close,
  }
}
