import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Fault } from './fault.ts'

/** A directory of files that are written once (S7). There is no call that changes or erases a completed one. */
export type BlobStore = {
  /** Writes a blob whole or not at all: when the promise is kept, it is on the disk and outlives a power cut. */
  readonly put: (blobId: string, source: AsyncIterable<Uint8Array>) => Promise<{ readonly size: number }>
  readonly open: (blobId: string) => Readable
  readonly has: (blobId: string) => Promise<boolean>
  /** How many bytes a completed blob has on the disk. Throws where there is none. */
  readonly sizeOf: (blobId: string) => Promise<number>
  /** The completed blobs, one after another, with their sizes. Those that are completed meanwhile may be among them. */
  readonly list: () => AsyncGenerator<{ readonly blobId: string; readonly size: number }>
  /** Clears away what interrupted writes left behind before the given time; says how many. Completed blobs stay. */
  readonly sweep: (before: Date) => Promise<number>
}

/** A new name for a blob: 128 random bits in hexadecimal, saying nothing about what it holds. */
export function makeBlobId(): string {
  return randomBytes(16).toString('hex')
}

/** Opens the store in a directory; makes what it needs on the first write. */
export function openBlobStore(folder: string): BlobStore {
  const incoming = join(folder, 'incoming')

  const folderOf = (blobId: string): readonly [string, string] => {
    if (!/^[0-9a-f]{32}$/.test(blobId))
      throw new Fault('blob-id-malformed', 'The name of a blob is not one this program gives.')
    const first = join(folder, blobId.slice(0, 2))
    return [first, join(first, blobId.slice(2, 4))]
  }
  const pathOf = (blobId: string): string => join(folderOf(blobId)[1], blobId)

  return {
    put: async (blobId, source) => {
      const [first, second] = folderOf(blobId)
      const part = join(incoming, `${blobId}.${randomBytes(4).toString('hex')}`)
      await onDisk(mkdir(incoming, { recursive: true, mode: 0o700 }))
      await onDisk(mkdir(second, { recursive: true, mode: 0o700 }))
      const size = await writePart(part, source)
      try {
        // A link, not a rename: a rename would silently take the place of a blob that is there.
        await onDisk(link(part, pathOf(blobId)))
        for (const changed of [second, first, folder]) await onDisk(syncFolder(changed))
      } finally {
        await unlink(part).catch(() => {}) // what stays is swept
      }
      return { size }
    },
    open: blobId => createReadStream(pathOf(blobId), { highWaterMark: 1024 * 1024 }),
    has: async blobId => {
      try {
        return (await lstat(pathOf(blobId))).isFile()
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') return false
        throw faultOf(cause)
      }
    },
    sizeOf: async blobId => (await onDisk(lstat(pathOf(blobId)))).size,
    list: async function* () {
      for (const first of await namesIn(folder, /^[0-9a-f]{2}$/)) {
        for (const second of await namesIn(join(folder, first), /^[0-9a-f]{2}$/)) {
          for (const blobId of await namesIn(join(folder, first, second), /^[0-9a-f]{32}$/)) {
            const found = await onDisk(lstat(join(folder, first, second, blobId)))
            if (found.isFile()) yield { blobId, size: found.size }
          }
        }
      }
    },
    sweep: async before => {
      let swept = 0
      const names = await readdir(incoming).catch(cause => {
        if (codeOf(cause) === 'ENOENT') return []
        throw faultOf(cause)
      })
      for (const name of names) {
        const path = join(incoming, name)
        const found = await lstat(path).catch(() => null) // its writer may have finished meanwhile
        if (!found?.isFile() || found.mtime >= before) continue
        await onDisk(unlink(path))
        swept += 1
      }
      return swept
    },
  }
}

async function namesIn(path: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(path).catch(cause => {
    if (codeOf(cause) === 'ENOENT') return []
    throw faultOf(cause)
  })
  return names.filter(name => pattern.test(name)).sort()
}

/** Writes and syncs one file, the next chunk being made while the last is written; leaves nothing when it fails. */
async function writePart(path: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await onDisk(open(path, 'wx', 0o400))
  let size = 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const chunk of source) {
      await writing
      size += chunk.length
      writing = onDisk(file.writeFile(chunk))
      writing.catch(() => {}) // awaited below or on the next chunk; until then it must not count as unhandled
    }
    await writing
    await onDisk(file.sync())
    await onDisk(file.close())
    return size
  } catch (cause) {
    await writing.catch(() => {}) // the first failure is the one to tell
    await file.close().catch(() => {})
    await unlink(path).catch(() => {}) // what stays is swept
    throw cause
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function onDisk<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (cause) {
    throw faultOf(cause)
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? 'unknown fault'
}

function faultOf(cause: unknown): Fault {
  const code = codeOf(cause)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Fault('disk-full', 'The disk that holds the evidence is full. Nothing was kept.', { cause })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR')
    return new Fault('blobs-not-writable', `The evidence directory cannot be written (${code}).`, { cause })
  if (code === 'EEXIST')
    return new Fault('blob-exists', 'A blob is written once, and this one is there.', { cause })
  return new Fault('blob-not-written', `The evidence directory could not be used (${code}).`, { cause })
}
