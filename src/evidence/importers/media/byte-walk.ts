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
  const hand = holdBytes(chunks)
  let steps = 0
  const mayStep = () => {
    steps += 1
    return steps <= bound
  }
  return {
    at: () => hand.position(),
    async peek(count) {
      await hand.fill(count)
      return hand.held().subarray(0, count)
    },
    async take(count) {
      if (!mayStep()) return null
      await hand.fill(count)
      const bytes = hand.held().subarray(0, count)
      hand.letGo(bytes.length)
      return bytes.length < count ? null : bytes
    },
    async skip(count) {
      if (!mayStep()) return false
      let left = count
      while (left > hand.held().length) {
        left -= hand.held().length
        if (!(await hand.turnOver())) return false
      }
      hand.letGo(left)
      return true
    },
    async seek(byte) {
      if (!mayStep()) return false
      do {
        const found = hand.held().indexOf(byte)
        if (found === -1) continue
        hand.letGo(found)
        return true
      } while (await hand.turnOver())
      return false
    },
    async rest() {
      await hand.fill(64)
      const head = Buffer.from(hand.held().subarray(0, 64))
      const before = hand.position()
      while (await hand.turnOver()) {
        // what is left is only counted
      }
      return { count: hand.position() - before, head }
    },
    isExhausted: () => steps > bound,
    close: () => hand.close(),
  }
}

/** The bytes of a stream that are in hand: those that were read and not yet stepped over. */
function holdBytes(chunks: AsyncIterable<Uint8Array>) {
  const stream = chunks[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let position = 0
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
  const letGo = (count: number): void => {
    held = held.subarray(count)
    position += count
  }
  return {
    held: () => held,
    /** How many bytes were let go. */
    position: () => position,
    letGo,
    /** Has as many bytes in hand; fewer when the stream ends. */
    async fill(count: number): Promise<void> {
      if (held.length >= count) return
      const pieces = [held]
      let size = held.length
      while (size < count) {
        const chunk = await more()
        if (!chunk) break
        pieces.push(chunk)
        size += chunk.length
      }
      if (pieces.length > 1) held = Buffer.concat(pieces)
    },
    /** Lets go of all that is in hand and takes up the next piece; false at the end. */
    async turnOver(): Promise<boolean> {
      letGo(held.length)
      const chunk = await more()
      if (chunk) held = chunk
      return chunk !== null
    },
    async close(): Promise<void> {
      ended = true
      await stream.return?.()
    },
  }
}
