import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import yauzl from 'yauzl'

/** A stretch of the file that was read in one piece, from one place to another. */
type Stretch = { readonly at: number; readonly end: number; readonly bytes: Promise<Buffer> }

/**
 * The bytes of a zip on a disk, as its reader takes them: at any place, and several at once. The files of a zip and its
 * directory lie one behind the other, so the last stretch that was read is kept, and the next is longer.
 */
export class ZipSource extends yauzl.RandomAccessReader {
  readonly #file: FileHandle
  #stretch: Stretch = { at: 0, end: 0, bytes: Promise.resolve(Buffer.alloc(0)) }
  /** How often in succession something was read that lies before the stretch. */
  #behind = 0
  /** In bytes. */
  readonly size: number

  private constructor(file: FileHandle, size: number) {
    super()
    this.#file = file
    this.size = size
  }

  static async open(path: string): Promise<ZipSource> {
    const file = await open(path)
    return new ZipSource(file, (await file.stat()).size)
  }

  /** The bytes from one place to another, a piece at a time. Throws where the file ends before. */
  async *parts(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const piece = await this.#take(at, Math.min(end - at, pieceSize))
      if (piece.length === 0) throw new Error('the zip ends too early')
      at += piece.length
      yield piece
    }
  }

  /** So many bytes from a place, or fewer where the file ends before. */
  async #take(start: number, length: number): Promise<Buffer> {
    const { at, end, bytes } = this.#stretch
    if (start >= at && start + length <= end) return (await bytes).subarray(start - at, start - at + length)
    if (start < at && this.#behind < mostBehind) {
      this.#behind += 1
      return this.#read(start, length)
    }
    this.#behind = 0
    const isNext = start >= at && start <= end + pieceSize
    const grown = isNext ? Math.min((end - at) * 4, pieceSize) : 0
    const until = Math.min(this.size, start + Math.max(length, grown, shortStretch))
    const stretch = { at: start, end: until, bytes: this.#read(start, until - start) }
    this.#stretch = stretch
    return (await stretch.bytes).subarray(0, length)
  }

  async #read(start: number, length: number): Promise<Buffer> {
    const room = Buffer.allocUnsafe(Math.max(length, 0))
    let filled = 0
    while (filled < room.length) {
      const { bytesRead } = await this.#file.read(room, filled, room.length - filled, start + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return room.subarray(0, filled)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.parts(start, end), { objectMode: false })
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    told: (problem: Error | null, bytesRead?: number) => void,
  ): void {
    this.#take(position, length).then(taken => told(null, taken.copy(buffer, offset)), told)
  }

  /** Closes the file. Not `close`, which the library calls when nobody reads through it: it does not know of `parts`. */
  async end(): Promise<void> {
    await this.#file.close()
  }
}

const pieceSize = 1024 * 1024
/** A stretch begins short: a zip that was made to do harm has us read here and there. */
const shortStretch = 4096
/** Several files are read at once, and one may lag a little behind the others. */
const mostBehind = 8
