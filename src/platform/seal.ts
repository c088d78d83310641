import { webcrypto } from 'node:crypto'
import {
  type Bound,
  beginMessage,
  broken,
  frameCipher,
  frameHead,
  frameLength,
  lastMark,
  type MessageKey,
  messageHeadLength,
  openMessage,
  tagLength,
} from './sealed-message.ts'

/**
 * Gives plain bytes back as one sealed message under the secret, in pieces. A frame is sealed on another thread while
 * the source makes the next. When the source fails, so does this, and never with a message that looks whole.
 */
export async function* sealParts(
  secret: Buffer,
  bound: Bound,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { head, key } = await beginMessage(secret, bound)
  yield head
  let sealing: Promise<readonly Buffer[]> = Promise.resolve([])
  let sequence = 0
  for await (const { bytes, isLast } of inFrames(source)) {
    sequence += 1
    const next = sealFrame(key, sequence, bytes, isLast)
    next.catch(() => {}) // awaited with the next frame; until then it must not count as unhandled
    yield* await sealing
    sealing = next
  }
  yield* await sealing
}

type Frame = { readonly bytes: Uint8Array; readonly isLast: boolean }

/** Full frames, and then the last, which may be empty. The bytes of one are gone when the next is asked for. */
async function* inFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const frame = spareFrames.pop() ?? Buffer.allocUnsafeSlow(frameLength)
  try {
    yield* fillFrames(frame, source)
  } finally {
    if (spareFrames.length < mostSpare) spareFrames.push(frame)
  }
}

/** Frames that no message fills now: a new one for each small file would have the memory cleared again and again. */
const spareFrames: Buffer[] = []
const mostSpare = 4

async function* fillFrames(frame: Buffer, source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let filled = 0
  for await (const part of source) {
    for (let at = 0; at < part.length; ) {
      const piece = part.subarray(at, at + frameLength - filled)
      at += piece.length
      if (piece.length === frameLength) {
        yield { bytes: piece, isLast: false }
        continue
      }
      frame.set(piece, filled)
      filled += piece.length
      if (filled < frameLength) continue
      filled = 0
      yield { bytes: frame, isLast: false }
    }
  }
  yield { bytes: frame.subarray(0, filled), isLast: true }
}

async function sealFrame(
  key: MessageKey,
  sequence: number,
  bytes: Uint8Array,
  isLast: boolean,
): Promise<readonly Buffer[]> {
  // The bytes are copied before this comes back (Web Cryptography API, section 14.3.1, step 2), so the frame can be filled again.
  const sealed = webcrypto.subtle.encrypt(
    frameCipher(key, sequence, bytes.length, isLast),
    key.sealing,
    bytes,
  )
  return [frameHead(sequence, isLast ? bytes.length : null), Buffer.from(await sealed)]
}

/**
 * Gives the plain bytes of one sealed message frame by frame, each checked before it is given and opened on another
 * thread while the one before it is used. A message that was cut, or that anything stands behind, is noticed only
 * before its last frame: code that shows bytes compares the digest of the whole first. Throws `seal-of-another` for
 * what was sealed as something else, and `seal-broken` for what does not hold or cannot be read to its end.
 */
export async function* openParts(
  secret: Buffer,
  bound: Bound,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const sealed = takeFrom(source)
  try {
    const key = await openMessage(secret, bound, await sealed.take(messageHeadLength(bound)))
    let opening: Promise<Buffer> | null = null
    let isLast = false
    for (let sequence = 1; !isLast; sequence += 1) {
      const frame = await takeFrame(sealed.take, sequence)
      isLast = frame.isLast
      const next = openFrame(key, sequence, frame)
      next.catch(() => {}) // awaited below; until then it must not count as unhandled
      if (opening) yield await opening
      opening = next
    }
    if (!(await sealed.isAtEnd())) throw broken('something stands behind it')
    if (opening) yield await opening
  } finally {
    await sealed.leave()
  }
}

async function takeFrame(take: (length: number) => Promise<Buffer>, sequence: number): Promise<Frame> {
  const begins = await take(lastMark.length)
  const isLast = begins.equals(lastMark)
  const expected = frameHead(sequence, isLast ? 0 : null)
  const head = Buffer.concat([begins, await take(expected.length - begins.length)])
  // Only the last frame says how long it is; all others are full.
  const length = isLast ? head.readUInt32BE(head.length - 4) : frameLength
  if (length > frameLength || !head.equals(frameHead(sequence, isLast ? length : null)))
    throw broken('its frames are not in their order')
  return { bytes: await take(length + tagLength), isLast }
}

async function openFrame(key: MessageKey, sequence: number, { bytes, isLast }: Frame): Promise<Buffer> {
  const cipher = frameCipher(key, sequence, bytes.length - tagLength, isLast)
  try {
    return Buffer.from(await webcrypto.subtle.decrypt(cipher, key.sealing, bytes))
  } catch (cause) {
    throw broken('a part of it was altered', cause)
  }
}

/** Takes so many bytes at a time from a source that gives them in pieces of its own. */
function takeFrom(source: AsyncIterable<Uint8Array>): {
  readonly take: (length: number) => Promise<Buffer>
  readonly isAtEnd: () => Promise<boolean>
  readonly leave: () => Promise<void>
} {
  const parts = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    try {
      const next = await parts.next()
      if (next.done) return false
      held = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
      return true
    } catch (cause) {
      throw broken('it cannot be read', cause)
    }
  }
  return {
    take: async length => {
      if (held.length >= length) {
        const taken = held.subarray(0, length)
        held = held.subarray(length)
        return taken
      }
      const taken = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        if (held.length === 0 && !(await more())) throw broken('it ends too early')
        const copied = held.copy(taken, filled)
        held = held.subarray(copied)
        filled += copied
      }
      return taken
    },
    isAtEnd: async () => {
      while (held.length === 0) if (!(await more())) return true
      return false
    },
    leave: async () => {
      await parts.return?.()
    },
  }
}
