import type { ByteWalk } from './byte-walk.ts'
import { cutShort, type Flaw } from './flaw.ts'

/** Looks for the end of a PDF; only its end says where its parts are, so one that lacks it was cut short. */
// ISO 32000-2, 7.5.5
export async function walkPdf(walk: ByteWalk): Promise<readonly Flaw[]> {
  let tail: Buffer = Buffer.alloc(0)
  let end = -1
  for (;;) {
    const piece = await walk.peek(65_536)
    if (piece.length === 0) break
    const from = walk.at() - tail.length
    const both = Buffer.concat([tail, piece])
    const found = both.lastIndexOf('%%EOF', undefined, 'latin1')
    if (found !== -1) end = from + found + 5
    tail = Buffer.from(both.subarray(-2048))
    if (!(await walk.skip(piece.length))) break
  }
  if (end === -1) return [cutShort('the document')]
  const behind = tail.subarray(Math.max(0, tail.length - (walk.at() - end)))
  if (walk.at() - end > tail.length || /[^\s\0]/.test(behind.toString('latin1')))
    return [
      {
        code: 'bytes-behind',
        message: `${(walk.at() - end).toLocaleString('en-GB')} bytes stand behind the end of the document. They are kept, and nobody has looked at them.`,
      },
    ]
  return []
}
