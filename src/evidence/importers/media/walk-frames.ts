import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

// RFC 4867, section 5.3 and 3GPP TS 26.101 / 26.201: bytes of a frame behind its first, by type
const narrowFrames = [12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0]
const wideFrames = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0]

/** Walks the frames of an AMR recording: old phones and their call recorders write these. */
export async function walkAmr(walk: ByteWalk): Promise<readonly Flaw[]> {
  const wide = (await walk.peek(9)).toString('latin1') === '#!AMR-WB\n'
  await walk.skip(wide ? 9 : 6)
  const sizes = wide ? wideFrames : narrowFrames
  for (let frames = 0; ; frames += 1) {
    const at = walk.at()
    const head = (await walk.peek(1))[0]
    if (head === undefined) return frames > 0 ? [] : [cutShort('the recording')]
    const size = sizes[(head >> 3) & 15] ?? -1
    if ((head & 0x83) !== 0 || size < 0)
      return [damaged(at, 'a piece of the recording is of no kind there is')]
    if (!(await walk.skip(1 + size))) return [cutShort('the recording')]
  }
}

// ISO/IEC 11172-3, 2.4.2.3 and ISO/IEC 13818-3: kilobits a second by index, layer III
const rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const samples = [44_100, 48_000, 32_000]

/** How long an MP3 frame is by its first four bytes; null when it is none. */
export function mp3FrameLength(head: Uint8Array): number | null {
  const [one = 0, two = 0, three = 0] = head
  if (one !== 0xff || (two & 0xe0) !== 0xe0) return null
  const version = (two >> 3) & 3
  const rate = (version === 3 ? rates1 : rates2)[three >> 4]
  const base = samples[(three >> 2) & 3]
  if (version === 1 || ((two >> 1) & 3) !== 1 || !rate || !base) return null
  const frequency = version === 3 ? base : version === 2 ? base / 2 : base / 4
  return Math.floor(((version === 3 ? 144_000 : 72_000) * rate) / frequency) + ((three >> 1) & 1)
}

/** Walks the frames of an MP3 recording, with the labels that may stand before and behind them. */
// ID3v2.4.0, section 3.1, for the label in front; ID3v1 and APEv2 behind
export async function walkMp3(walk: ByteWalk): Promise<readonly Flaw[]> {
  const early = [cutShort('the recording')]
  const label = Buffer.from(await walk.peek(10))
  if (label.toString('latin1', 0, 3) === 'ID3') {
    if (label.length < 10) return early
    const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((label[at] ?? 0) & 0x7f), 0)
    if (!(await walk.skip(10 + size))) return early
  }
  for (let frames = 0; ; frames += 1) {
    const at = walk.at()
    const head = Buffer.from(await walk.peek(8))
    if (head.length === 0) return frames > 0 ? [] : early
    const start = head.toString('latin1')
    if (frames > 0 && start.startsWith('TAG') && (await walk.skip(128))) continue
    if (frames > 0 && start.startsWith('APETAGEX')) {
      await walk.rest()
      return []
    }
    const length = mp3FrameLength(head)
    if (length === null)
      return head.length < 4 && head[0] === 0xff
        ? early
        : [damaged(at, 'a piece of the recording does not begin where it should')]
    if (!(await walk.skip(length))) return early
  }
}
