/** Steps forward through a stream of bytes without ever holding more of it than one part needs. */
export type ByteWalk = {
  /** How many bytes lie behind. */
  at(): number
  /** The next bytes without stepping over them; fewer when the stream ends. */
  peek(count: number): Promise<Buffer>
  /** The next bytes, or null when fewer are left: then the stream is at its end. */
  take(count: number): Promise<Buffer | null>
  /** Steps over bytes; false when fewer were left. */
  skip(count: number): Promise<boolean>
  /** Steps to the next byte of this value; false when there is none. */
  seek(byte: number): Promise<boolean>
  /** What is left, counted to the end: how many, and the first of them. */
  rest(): Promise<{ readonly count: number; readonly head: Buffer }>
  /** True once a file had more parts than are ever looked at; then every step answers as at the end. */
  isExhausted(): boolean
}

/** A hostile file could consist of millions of empty parts. */
const mostSteps = 4_000_000

export function walkBytes(
  chunks: AsyncIterable<Uint8Array>,
  bound: number = mostSteps,
): ByteWalk & { close(): Promise<void> } {
  const stream = chunks[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let position = 0
  let steps = 0
  let ended = false

  const more = async (): Promise<Buffer | null> => {
    if (ended) return null
    const step = await stream.next()
    if (step.done) {
      ended = true
      return null
    }
    return Buffer.from(step.value.buffer, step.value.byteOffset, step.value.byteLength)
  }
  const fill = async (count: number): Promise<void> => {
    const pieces = [held]
    let size = held.length
    while (size < count) {
      const chunk = await more()
      if (!chunk) break
      pieces.push(chunk)
      size += chunk.length
    }
    if (pieces.length > 1) held = Buffer.concat(pieces)
  }
  const step = (count: number) => {
    held = held.subarray(count)
    position += count
  }
  const mayStep = () => {
    steps += 1
    return steps <= bound
  }
  const skip = async (count: number): Promise<boolean> => {
    let left = count
    while (left > held.length) {
      left -= held.length
      step(held.length)
      const chunk = await more()
      if (!chunk) return false
      held = chunk
    }
    step(left)
    return true
  }

  return {
    at: () => position,
    async peek(count) {
      if (held.length < count) await fill(count)
      return held.subarray(0, count)
    },
    async take(count) {
      if (!mayStep()) return null
      if (held.length < count) await fill(count)
      if (held.length < count) {
        step(held.length)
        return null
      }
      const bytes = held.subarray(0, count)
      step(count)
      return bytes
    },
    skip: async count => mayStep() && skip(count),
    async seek(byte) {
      if (!mayStep()) return false
      for (;;) {
        const found = held.indexOf(byte)
        if (found !== -1) {
          step(found)
          return true
        }
        step(held.length)
        const chunk = await more()
        if (!chunk) return false
        held = chunk
      }
    },
    async rest() {
      if (held.length < 64) await fill(64)
      const head = Buffer.from(held.subarray(0, 64))
      let count = held.length
      step(held.length)
      for (let chunk = await more(); chunk; chunk = await more()) {
        count += chunk.length
        position += chunk.length
      }
      return { count, head }
    },
    isExhausted: () => steps > bound,
    async close() {
      ended = true
      await stream.return?.()
    },
  }
}
