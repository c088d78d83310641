import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import yauzl from 'yauzl'

/** The bytes of a zip on a disk, as its reader takes them: at any place, and several at once. */
export class ZipSource extends yauzl.RandomAccessReader {
  readonly #file: FileHandle
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
      const room = Buffer.allocUnsafe(Math.min(end - at, pieceSize))
      const { bytesRead } = await this.#file.read(room, 0, room.length, at)
      if (bytesRead === 0) throw new Error('the zip ends too early')
      at += bytesRead
      yield room.subarray(0, bytesRead)
    }
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
    this.#file.read(buffer, offset, length, position).then(({ bytesRead }) => told(null, bytesRead), told)
  }

  /** Closes the file. Not `close`, which the library calls when nobody reads through it: it does not know of `parts`. */
  async end(): Promise<void> {
    await this.#file.close()
  }
}

const pieceSize = 1024 * 1024
