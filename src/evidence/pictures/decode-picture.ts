import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Fault } from '../../platform/fault.ts'
import { type CopyForm, type CopyObstacle, pictureBounds, type ShownPicture } from './safe-copy.ts'

/** Bare pixels, row by row: three bytes each, or four with how far they let the ground through. */
export type Pixels = ShownPicture & { readonly channels: 3 | 4; readonly data: Buffer }

/** What the process that decodes may use: milliseconds, and mebibytes in all. */
export const usualDecodeLimits = { time: 60_000, memory: 900 }

/** No more is read of what a process says of a picture before its pixels. */
const longestLine = 1024

const side = z.int().min(1).max(1_000_000)
const shownSide = side.max(pictureBounds.shownSide)
const saidOfPicture = z.strictObject({
  width: side,
  height: side,
  shownWidth: shownSide,
  shownHeight: shownSide,
  channels: z.union([z.literal(3), z.literal(4)]),
  frames: z.int().min(1).max(1_000_000_000),
  isTurned: z.boolean(),
  isDamaged: z.boolean(),
})

/**
 * Decodes a picture in a process of its own, which is handed the file and nothing else and hands back nothing but pixels: as
 * many bytes as it says that the picture has, or nothing is taken. It ends when it has used up its time or its memory.
 */
export function decodePicture(
  bytes: Uint8Array,
  form: CopyForm,
  limits: { readonly time: number; readonly memory: number } = usualDecodeLimits,
): Promise<Pixels | CopyObstacle> {
  // The built one, whatever started this program.
  const script = fileURLToPath(new URL('../../../dist/evidence/pictures/picture-process.js', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=128', script, form, String(limits.memory * 1024 * 1024)],
    // No setting of this program, and no environment that could say where its key is.
    { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
  )
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, limits.time)
    const pieces: Buffer[] = []
    let length = 0
    child.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece)
      length += piece.length
      if (length > longestLine + pictureBounds.shownPixels * 4) child.kill('SIGKILL')
    })
    child.once('error', cause => {
      clearTimeout(timer)
      reject(
        new Fault('process-not-started', 'A process to decode a picture could not be started.', { cause }),
      )
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (isLate) resolve('too-long')
      else if (signal === 'SIGUSR2' || signal === 'SIGABRT') resolve('too-much-memory')
      else resolve(code === 0 ? readPixels(Buffer.concat(pieces)) : 'cannot-be-decoded')
    })
    child.stdin.on('error', () => {}) // it ended before it had read everything: its end says why
    child.stdin.end(bytes)
  })
}

/** What came from the process, which may be in somebody else's power by now: a picture to the last byte, or none. */
export function readPixels(answer: Buffer): Pixels | 'cannot-be-decoded' {
  const end = answer.subarray(0, longestLine).indexOf('\n')
  if (end < 0) return 'cannot-be-decoded'
  const read = saidOfPicture.safeParse(parse(answer.toString('utf8', 0, end)))
  if (!read.success) return 'cannot-be-decoded'
  const said = read.data
  const data = answer.subarray(end + 1)
  const isWhole = data.length === said.shownWidth * said.shownHeight * said.channels
  if (!isWhole || said.shownWidth * said.shownHeight > pictureBounds.shownPixels) return 'cannot-be-decoded'
  return { ...said, data }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
