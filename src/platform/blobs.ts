import { randomBytes } from 'node:crypto'
import { type FileHandle, link, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from './fault.ts'

/** A blob that is written and not kept yet. It is kept or discarded; after a crash it is swept. */
export type BlobDraft = {
  readonly size: number
  /** When the promise is kept, the blob is on the disk, whole, and outlives a power cut. */
  readonly keep: () => Promise<void>
  readonly discard: () => Promise<void>
}

/** A directory of files that are written once (S7). There is no call that changes or erases a completed one. */
export type BlobStore = {
  /** Writes a blob, and begins to bring it to the disk. Nothing stays when the source fails. */
  readonly write: (blobId: string, source: AsyncIterable<Uint8Array>) => Promise<BlobDraft>
  /** Writes a blob and keeps it, whole or not at all. */
  readonly put: (blobId: string, source: AsyncIterable<Uint8Array>) => Promise<{ readonly size: number }>
  readonly open: (blobId: string) => AsyncIterable<Buffer>
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

  const folderOf = (blobId: string): string => {
    if (!/^[0-9a-f]{32}$/.test(blobId))
      throw new Fault('blob-id-malformed', 'The name of a blob is not one this program gives.')
    return join(folder, blobId.slice(0, 2))
  }
  const pathOf = (blobId: string): string => join(folderOf(blobId), blobId)

  const write: BlobStore['write'] = async (blobId, source) => {
    const path = pathOf(blobId)
    const part = join(incoming, `${blobId}.${randomBytes(4).toString('hex')}`)
    await onDisk(mkdir(incoming, { recursive: true, mode: 0o700 }))
    const { size, synced } = await writePart(part, source)
    const discard = async (): Promise<void> => {
      await synced.catch(() => {}) // it is closed either way
      await unlink(part).catch(() => {}) // what stays is swept
    }
    return {
      size,
      keep: async () => {
        try {
          await synced
          await onDisk(makeFolder(folderOf(blobId)))
          // A link, not a rename: a rename would silently take the place of a blob that is there.
          await onDisk(link(part, path))
          await onDisk(syncFolder(folderOf(blobId)))
        } finally {
          await discard()
        }
      },
      discard,
    }
  }

  return {
    write,
    put: async (blobId, source) => {
      const { size, keep } = await write(blobId, source)
      await keep()
      return { size }
    },
    open: blobId => readParts(pathOf(blobId)),
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
        for (const blobId of await namesIn(join(folder, first), /^[0-9a-f]{32}$/)) {
          const found = await onDisk(lstat(join(folder, first, blobId)))
          if (found.isFile()) yield { blobId, size: found.size }
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

/** What is read at a time, and no more room than the file needs. */
async function* readParts(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    let { size: left } = await file.stat()
    while (left > 0) {
      const part = Buffer.allocUnsafe(Math.min(left, readSize))
      const { bytesRead } = await file.read(part, 0, part.length)
      if (bytesRead === 0) return
      left -= bytesRead
      yield part.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

const readSize = 1024 * 1024

async function namesIn(path: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(path).catch(cause => {
    if (codeOf(cause) === 'ENOENT') return []
    throw faultOf(cause)
  })
  return names.filter(name => pattern.test(name)).sort()
}

/** So many bytes are gathered for one write. */
const writeSize = 1024 * 1024
/** After so many bytes the disk is asked to take them: what waits for it stays bounded, and so does the last wait. */
const flushSize = 16 * 1024 * 1024

/**
 * Writes one file, the next bytes being made while the last are written; leaves nothing when it fails. Answers when all
 * is written, with the promise that it is on the disk.
 */
async function writePart(
  path: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number; readonly synced: Promise<void> }> {
  const file = await onDisk(open(path, 'wx', 0o400))
  let size = 0
  let waiting: Uint8Array[] = []
  let waitingSize = 0
  let unflushed = 0
  let writing: Promise<void> = Promise.resolve()
  let flushing: Promise<void> = Promise.resolve()
  const writeOut = async (): Promise<void> => {
    await writing
    writing = onDisk(writeAll(file, waiting))
    writing.catch(() => {}) // awaited with the next write; until then it must not count as unhandled
    unflushed += waitingSize
    waiting = []
    waitingSize = 0
    if (unflushed < flushSize) return
    await writing
    await flushing
    flushing = onDisk(file.datasync())
    flushing.catch(() => {}) // awaited with the next flush or at the end
    unflushed = 0
  }
  try {
    for await (const chunk of source) {
      size += chunk.length
      waiting.push(chunk)
      waitingSize += chunk.length
      if (waitingSize >= writeSize) await writeOut()
    }
    if (waitingSize > 0) await writeOut()
    await writing
  } catch (cause) {
    await Promise.allSettled([writing, flushing]) // the first failure is the one to tell
    await file.close().catch(() => {})
    await unlink(path).catch(() => {}) // what stays is swept
    throw cause
  }
  const synced = onDisk(syncAndClose(file, flushing))
  synced.catch(() => {}) // awaited when the file is kept
  return { size, synced }
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let left: readonly Uint8Array[] = pieces
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left)
    // A disk that is nearly full takes a part of it first.
    left = left.flatMap(piece => {
      const written = Math.min(piece.length, bytesWritten)
      bytesWritten -= written
      return written === piece.length ? [] : [piece.subarray(written)]
    })
  }
}

async function syncAndClose(file: FileHandle, flushing: Promise<void>): Promise<void> {
  try {
    await flushing
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The folders that this process has seen on the disk, so that each is brought there once. */
const foldersSynced = new Set<string>()

async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 })
  // Another program may have made it a moment ago and not have brought it to the disk yet.
  if (made === undefined && foldersSynced.has(path)) return
  await syncFolder(dirname(path))
  foldersSynced.add(path)
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
