import { crc32 } from 'node:zlib'
import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

/** No chunk but the pixels is ever this long; longer ones are stepped over without checking their sum. */
const longestChecked = 16_777_216

/** Walks the chunks of a PNG to the one that ends it, and compares each with its checksum. */
// PNG Specification (Third Edition), section 5
export async function walkPng(walk: ByteWalk): Promise<readonly Flaw[]> {
  const early = cutShort('the picture')
  const flaws: Flaw[] = []
  if (!(await walk.skip(8))) return [early]
  let pixels = false
  for (let number = 0; ; number += 1) {
    const at = walk.at()
    const head = await walk.take(8)
    if (!head) return [...flaws, early]
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4)
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff)
      return [...flaws, damaged(at, 'a part of the picture is of no kind there is')]
    if (number === 0 && type !== 'IHDR') return [damaged(at, 'the picture does not begin with its size')]
    if (length <= longestChecked) {
      const typed = Buffer.from(head.subarray(4))
      const body = await walk.take(length)
      const sum = body && crc32(body, crc32(typed))
      const kept = body && (await walk.take(4))
      if (!kept) return [...flaws, early]
      if (kept.readUInt32BE(0) !== sum && flaws.length === 0)
        flaws.push(damaged(at, `the checksum of a part (${type}) is wrong`))
    } else if (!(await walk.skip(length + 4))) return [...flaws, early]
    if (type === 'IDAT') pixels = true
    if (type === 'IEND')
      return pixels ? flaws : [...flaws, damaged(at, 'it ends before any pixel was written')]
  }
}
