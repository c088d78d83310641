import { blockSize, readTarHead, tarEnd, tarPadding } from './tar.ts'

export type TarEntry = {
  readonly name: string
  readonly size: number
  /** Read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Buffer>
}

export type TarReader = {
  /** The next entry, or null after the last; throws when the bytes are not a tar of ours to its very end. */
  readonly next: () => Promise<TarEntry | null>
}

/** Thrown when the bytes are not what `tarHead` and its like write. */
export class NotOurTar extends Error {}

/** Reads the entries of a tar one after another; memory stays level however large they are. */
export function readTar(source: AsyncIterable<Buffer>): TarReader {
  const parts = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let left = 0

  const more = async (): Promise<boolean> => {
    const part = await parts.next()
    if (part.done) return false
    held = held.length === 0 ? part.value : Buffer.concat([held, part.value])
    return true
  }
  const take = async (size: number): Promise<Buffer> => {
    while (held.length < size) if (!(await more())) throw new NotOurTar('it ends too early')
    const taken = held.subarray(0, size)
    held = held.subarray(size)
    return taken
  }
  async function* bodyOf(size: number): AsyncGenerator<Buffer> {
    while (left > 0) {
      if (held.length === 0 && !(await more())) throw new NotOurTar('it ends too early')
      const part = held.subarray(0, left)
      held = held.subarray(part.length)
      left -= part.length
      if (part.length > 0) yield part
    }
    if ((await take(tarPadding(size))).some(byte => byte !== 0))
      throw new NotOurTar('its padding is not empty')
  }

  return {
    next: async () => {
      if (left > 0) throw new NotOurTar('an entry was not read to its end')
      const head = await take(blockSize)
      if (head.every(byte => byte === 0)) {
        const rest = await take(tarEnd.length - blockSize)
        if (rest.some(byte => byte !== 0)) throw new NotOurTar('it does not end as it should')
        while (held.length === 0 && (await more()));
        if (held.length > 0) throw new NotOurTar('something follows its end')
        return null
      }
      const read = readTarHead(head)
      if (!read) throw new NotOurTar('the head of an entry is not one of ours')
      left = read.size
      return { ...read, body: bodyOf(read.size) }
    },
  }
}
