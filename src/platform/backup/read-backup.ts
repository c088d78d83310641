import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { z } from 'zod'
import { Fault } from '../fault.ts'
import { type ClinicKey, clinicKeyId, deriveSecret } from '../keys.ts'
import { openParts } from '../seal.ts'
import type { Counter, Table } from './clinic-tables.ts'
import { backLength, boundOf, type Envelope, frontLength, isBackOf, readFront } from './envelope.ts'
import { backupKeyLabel } from './make-backup-file.ts'
import { Closing, type Contents, Counters, Manifest } from './manifest.ts'
import { type Progress, sayBytes } from './progress.ts'
import { NotOurTar, readTar, type TarEntry } from './read-tar.ts'
import { blobsPerList, countLines } from './write-backup.ts'

/** The reader of a backup is given its parts in their order. What is given is drained when nobody reads it. */
export type Visitor = {
  readonly begin?: (manifest: Manifest) => Promise<void>
  /** The rows of one table; answers how many were taken, when that is known. */
  readonly table?: (table: Table, rows: AsyncIterable<Buffer>) => Promise<number>
  readonly counters?: (counters: readonly Counter[]) => Promise<void>
  readonly blob?: (blobId: string, size: number, body: AsyncIterable<Buffer>) => Promise<void>
}

/**
 * Reads a backup from its first byte to its last and checks all of it: that it is one and whole, made with this key,
 * not altered, and that every table and blob is as its digest says. Throws a fault with the first reason why not.
 */
export async function readBackup(
  path: string,
  key: ClinicKey,
  say: Progress,
  visitor: Visitor = {},
): Promise<Contents> {
  const { envelope, sealedBytes, size } = await readEnvelope(path, key)
  const sealed = createReadStream(path, {
    start: frontLength,
    end: frontLength + sealedBytes - 1,
    highWaterMark: 1024 * 1024,
  })
  const rows = openParts(deriveSecret(key, backupKeyLabel), boundOf(envelope), sealed)
  const telling = setInterval(() => say(`  ${sayBytes(sealed.bytesRead)} of ${sayBytes(size)} read`), 5000)
  try {
    const contents = await walk(readTar(rows), visitor)
    if (contents.manifest.keyId !== envelope.keyId) throw altered('it names two keys')
    return { ...contents, size }
  } catch (cause) {
    if (cause instanceof NotOurTar) throw altered(cause.message, cause)
    if (cause instanceof Fault && (cause.code === 'seal-broken' || cause.code === 'seal-of-another'))
      throw altered('its seal does not hold', cause)
    throw cause
  } finally {
    clearInterval(telling)
    sealed.destroy()
  }
}

async function readEnvelope(
  path: string,
  key: ClinicKey,
): Promise<{ readonly envelope: Envelope; readonly sealedBytes: number; readonly size: number }> {
  const file = await openFile(path)
  try {
    const { size } = await file.stat()
    const front = await readAt(file, 0, frontLength)
    const envelope = readFront(front)
    if (envelope === 'not-a-backup')
      throw new Fault('backup-not-one', `${path} is not a backup of this program.`)
    if (envelope === 'another-version') {
      throw new Fault(
        'backup-newer',
        `${path} was made by a newer version of the program. Use that version, or a newer one, to restore it.`,
      )
    }
    const sealedBytes = size - frontLength - backLength
    const back = await readAt(file, Math.max(0, size - backLength), backLength)
    if (sealedBytes <= 0 || !isBackOf(back, sealedBytes)) {
      throw new Fault(
        'backup-cut-short',
        `${path} is cut short, or was added to. Copy it again from where it came.`,
      )
    }
    if (envelope.keyId !== clinicKeyId(key)) {
      throw new Fault(
        'backup-other-key',
        `${path} was sealed with another key: its key is named ${envelope.keyId}, the one in use ${clinicKeyId(key)}. Put the right key in place.`,
      )
    }
    return { envelope, sealedBytes, size }
  } finally {
    await file.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r')
    if ((await file.stat()).isFile()) return file
    await file.close()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? 'unknown fault'})`
    throw new Fault('backup-not-read', `${path} ${why}.`, { cause })
  }
  throw new Fault('backup-not-read', `${path} is not a file.`)
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, from)
  return buffer.subarray(0, bytesRead)
}

type Reader = {
  readonly next: () => Promise<TarEntry | null>
  readonly back: (entry: TarEntry | null) => void
}

async function walk(
  tar: { readonly next: () => Promise<TarEntry | null> },
  visitor: Visitor,
): Promise<Omit<Contents, 'size'>> {
  let returned: TarEntry | null | undefined
  const reader: Reader = {
    next: async () => {
      const entry = returned === undefined ? await tar.next() : returned
      returned = undefined
      return entry
    },
    back: entry => {
      returned = entry
    },
  }
  const manifest = await readJson(reader, 'backup.json', Manifest)
  await visitor.begin?.(manifest)
  const tables: Closing['tables'] = []
  for (const table of manifest.tables) tables.push(await readTable(reader, table, visitor))
  const counters = await readJson(reader, 'counters.json', Counters)
  await visitor.counters?.(counters)
  const blobs = await readBlobs(reader, visitor)
  const closing = await readJson(reader, 'closing.json', Closing)
  if (JSON.stringify(closing.tables) !== JSON.stringify(tables)) throw altered('a table is not as it was')
  if (closing.blobs.count !== blobs.count || closing.blobs.bytes !== blobs.bytes)
    throw altered('it does not hold as many blobs as it should')
  if ((await reader.next()) !== null) throw altered('something follows its end')
  return { manifest, closing }
}

async function readTable(reader: Reader, table: Table, visitor: Visitor): Promise<Closing['tables'][number]> {
  const hash = createHash('sha256')
  let parts = 0
  let rows = 0
  async function* rowsOf(): AsyncGenerator<Buffer> {
    for (;;) {
      const entry = await reader.next()
      if (entry?.name !== `tables/${table.name}/${String(parts + 1).padStart(8, '0')}.copy`) {
        reader.back(entry)
        return
      }
      parts += 1
      for await (const part of entry.body) {
        hash.update(part)
        rows += countLines(part)
        yield part
      }
    }
  }
  const taken = visitor.table ? await visitor.table(table, rowsOf()) : await drain(rowsOf())
  if (taken !== null && taken !== rows) throw altered(`not every row of ${table.name} could be taken`)
  return { name: table.name, parts, rows, sha256: hash.digest('hex') }
}

async function readBlobs(reader: Reader, visitor: Visitor): Promise<Closing['blobs']> {
  const total = { count: 0, bytes: 0 }
  let lists = 0
  let digests: string[] = []
  for (;;) {
    const entry = await reader.next()
    const blobId = /^blobs\/([0-9a-f]{32})$/.exec(entry?.name ?? '')?.[1]
    if (entry && blobId && digests.length < blobsPerList) {
      const hash = createHash('sha256')
      const body = digesting(entry.body, hash)
      if (visitor.blob) await visitor.blob(blobId, entry.size, body)
      else await drain(body)
      digests.push(`${hash.digest('hex')}  blobs/${blobId}\n`)
      total.count += 1
      total.bytes += entry.size
    } else if (
      entry &&
      digests.length > 0 &&
      entry.name === `blobs/${String(lists + 1).padStart(8, '0')}.sha256`
    ) {
      lists += 1
      if ((await collect(entry)).toString('latin1') !== digests.join(''))
        throw altered('a blob is not as it was')
      digests = []
    } else {
      if (digests.length > 0) throw altered('the digests of its blobs are not there')
      reader.back(entry)
      return total
    }
  }
}

async function* digesting(
  body: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const part of body) {
    hash.update(part)
    yield part
  }
}

async function readJson<Shape extends z.ZodType>(
  reader: Reader,
  name: string,
  shape: Shape,
): Promise<z.infer<Shape>> {
  const entry = await reader.next()
  if (entry?.name !== name) throw altered(`${name} is not where it should be`)
  let value: unknown
  try {
    value = JSON.parse((await collect(entry)).toString('utf8'))
  } catch (cause) {
    if (cause instanceof SyntaxError) throw altered(`${name} cannot be read`, cause)
    throw cause
  }
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw altered(`${name} does not say what it should`, parsed.error)
  return parsed.data
}

/** The lists in a backup are small; one that is not was not written by us. */
const listLimit = 16 * 1024 * 1024

async function collect(entry: TarEntry): Promise<Buffer> {
  if (entry.size > listLimit) throw altered(`${entry.name} is far too long`)
  const parts: Buffer[] = []
  for await (const part of entry.body) parts.push(part)
  return Buffer.concat(parts)
}

async function drain(body: AsyncIterable<Buffer>): Promise<null> {
  for await (const _part of body);
  return null
}

function altered(how: string, cause?: unknown): Fault {
  return new Fault('backup-altered', `The backup was altered or damaged (${how}). It cannot be used.`, {
    cause,
  })
}
