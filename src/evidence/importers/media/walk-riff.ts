import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

/** Walks the chunks of a RIFF file: a WebP picture or a WAV recording. */
// RFC 9649, section 2.3 (WebP); Microsoft, Multimedia Programming Interface 1.0 (WAVE)
export async function walkRiff(walk: ByteWalk, what: string, content: RegExp): Promise<readonly Flaw[]> {
  const early = [cutShort(what)]
  const head = await walk.take(12)
  if (!head) return early
  const end = head.readUInt32LE(4) + 8
  // A recorder that was stopped hard leaves the length at zero or at its largest.
  if (end === 8 || end === 0xffffffff + 8)
    return [damaged(4, 'its length was never written, so the recording was not ended properly')]
  let found = false
  while (walk.at() + 8 <= end) {
    const at = walk.at()
    const chunk = await walk.take(8)
    if (!chunk) return early
    const size = chunk.readUInt32LE(4)
    if (!/^[\x20-\x7e]{4}$/.test(chunk.toString('latin1', 0, 4)) || at + 8 + size > end)
      return [damaged(at, 'a part goes beyond the whole or is of no kind there is')]
    if (!(await walk.skip(size))) return early
    // The byte that makes an odd length even is missing at the end of many files.
    if (size % 2 === 1 && walk.at() < end) await walk.skip(1)
    if (content.test(chunk.toString('latin1', 0, 4))) found = true
  }
  if (walk.at() < end && !(await walk.skip(end - walk.at()))) return early
  return found ? [] : [damaged(12, `${what} is not in it`)]
}
