import { type Cipher, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { paddedLength } from '../foundation/padded-length.ts'
import { Fault } from './fault.ts'

/** Bytes laid aside for work that must go back and forth in them. Gone when closed, and after any crash. */
export type Spool = {
  readonly size: number
  /** The bytes from `from` up to but without `to`, as often as they are asked for. */
  readonly openRange: (from: number, to: number) => AsyncIterable<Uint8Array>
  readonly close: () => Promise<void>
}

const step = 1024 * 1024
const zeros = Buffer.alloc(step)

/**
 * Lays bytes aside on disk, enciphered with a key that only this process ever holds and that is never written: a
 * stolen disk shows nothing (S8). The file loses its name at once, so nothing is left when the process ends.
 */
// NIST SP 800-38A, section 6.5: counter mode, which can start at any block
export async function openSpool(folder: string, body: AsyncIterable<Uint8Array>): Promise<Spool> {
  const key = randomBytes(32)
  const path = join(folder, `spool-${randomBytes(12).toString('hex')}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await rm(path, { force: true })
    const size = await fill(file, key, body)
    return {
      size,
      openRange: (from, to) => readRange(file, key, from, Math.min(to, size)),
      close: () => file.close(),
    }
  } catch (cause) {
    await file.close()
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new Fault('disk-full', 'There is no room left on the disk to work on a file.', { cause })
    throw cause
  }
}

async function fill(file: FileHandle, key: Buffer, body: AsyncIterable<Uint8Array>): Promise<number> {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  let at = 0
  for await (const chunk of body) {
    const sealed = cipher.update(chunk)
    for (let done = 0; done < sealed.length; ) {
      const { bytesWritten } = await file.write(sealed, done, sealed.length - done, at + done)
      done += bytesWritten
    }
    at += sealed.length
  }
  await lengthen(file, cipher, at)
  return at
}

/** A file without a name still has a length, for somebody who copies the disk meanwhile: as many bytes as many others. */
async function lengthen(file: FileHandle, cipher: Cipher, size: number): Promise<void> {
  for (let at = size, end = paddedLength(size, 65_536); at < end; at += step)
    await file.write(cipher.update(zeros.subarray(0, Math.min(step, end - at))), 0, undefined, at)
}

async function* readRange(
  file: FileHandle,
  key: Buffer,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(Math.floor(from / 16)), 8)
  const decipher = createDecipheriv('aes-256-ctr', key, counter)
  let skip = from % 16
  let at = from - skip
  while (at < to) {
    const sealed = Buffer.allocUnsafe(Math.min(step, to - at))
    const { bytesRead } = await file.read(sealed, 0, sealed.length, at)
    if (bytesRead === 0) return
    at += bytesRead
    const clear = decipher.update(sealed.subarray(0, bytesRead))
    yield clear.subarray(skip)
    skip = 0
  }
}
