import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

// MP4 Registration Authority, registered box types that stand at the top of a file; the last row is what phones add.
const knownBoxes = new Set(
  'ftyp styp moov moof mfra mdat free skip wide pnot meta uuid udta pdin prft emsg sidx ssix idat mpvd sefd cust thmb beam ampf '
    .trim()
    .split(' '),
)

/** Walks the boxes of a film, a recording or a picture in the ISO base media format. */
// ISO/IEC 14496-12, 4.2
export async function walkBoxes(
  walk: ByteWalk,
  what: 'film' | 'recording' | 'picture',
): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = []
  const seen = new Set<string>()
  for (;;) {
    const at = walk.at()
    const head = Buffer.from(await walk.peek(16))
    if (head.length === 0) break
    const type = head.toString('latin1', 4, 8)
    const small = head.length < 8 ? 0 : head.readUInt32BE(0)
    // What is no box ends the walk; the caller says that bytes stand behind.
    if (head.length < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(type) || (small > 1 && small < 8)) break
    if (!knownBoxes.has(type)) {
      if (seen.size === 0) return [damaged(at, 'it does not begin like a file of its kind')]
      break
    }
    seen.add(type)
    // A small picture may lie inside its own description.
    if (type === 'meta' && (await walk.peek(Math.min(small, 1_048_576))).includes('idat', 0, 'latin1'))
      seen.add('idat')
    if (small === 0) {
      await walk.rest()
      break
    }
    const large = small === 1
    if (large && head.length < 16) return [...flaws, cutShort(`the ${what}`)]
    const size = large ? Number(head.readBigUInt64BE(8)) : small
    if (size < (large ? 16 : 8)) return [...flaws, damaged(at, 'a part of it has an impossible length')]
    if (!(await walk.skip(size))) return [...flaws, cutShort(`the ${what}`)]
  }
  const index = what === 'picture' ? ['meta', 'moov'] : ['moov', 'moof']
  if (!index.some(type => seen.has(type)))
    flaws.push({
      code: 'cut-short',
      message: `It is damaged and ends early: the ${what} has no index, as when a recording was not ended properly.`,
    })
  else if (!seen.has('mdat') && !seen.has('idat')) flaws.push(cutShort(`the ${what}`))
  return flaws
}
