import { createHash } from 'node:crypto'
import type pg from 'pg'
import { connectOnce } from '../as-owner.ts'
import { openBlobStore } from '../blobs.ts'
import { Fault } from '../fault.ts'
import { type ClinicKey, clinicKeyId } from '../keys.ts'
import { listBlobColumns, listTables, quoted, readCounters, sqlName, type Table } from './clinic-tables.ts'
import { copyOut } from './copy-rows.ts'
import type { Closing, Manifest } from './manifest.ts'
import { nowAndThen, type Progress, sayBytes } from './progress.ts'
import { tarEnd, tarHead, tarPadding } from './tar.ts'

/** What a backup is made of. */
export type BackupSource = {
  readonly ownerUrl: string
  readonly key: ClinicKey
  readonly blobFolder: string
  readonly program: string
  readonly now: () => Date
  readonly say: Progress
}

/** Rows are handed on in pieces of about this size. */
const pieceSize = 1024 * 1024
/** After how many blobs their digests follow. */
export const blobsPerList = 1000

/**
 * Everything the clinic holds, as one tar: rows as `copy` gives them, from one snapshot; then the blobs, each of which
 * never changes and was on the disk before a row named it. Nobody has to stop working.
 */
export async function* writeBackup(
  source: BackupSource,
  done: (manifest: Manifest, closing: Closing) => void,
): AsyncGenerator<Buffer> {
  const client = await connectOnce(source.ownerUrl, { answerIn: 'unbounded', name: 'unwatched backup' })
  const tell = nowAndThen(source.say, () => performance.now())
  try {
    await beginSnapshot(client)
    const manifest = await readManifest(client, source)
    yield* entry('backup.json', json(manifest))
    const tables: Closing['tables'] = []
    for (const table of manifest.tables) {
      const summary = yield* tableEntries(client, table, line =>
        tell(() => `  table ${tables.length + 1} of ${manifest.tables.length}: ${line}`),
      )
      tables.push(summary)
    }
    yield* entry('counters.json', json(await readCounters(client)))
    const missing = await countMissingBlobs(client, source.blobFolder)
    await client.query('commit')
    const blobs = yield* blobEntries(source.blobFolder, tell)
    const closing: Closing = { tables, blobs, missing }
    yield* entry('closing.json', json(closing))
    yield tarEnd
    done(manifest, closing)
  } finally {
    await client.end().catch(() => {})
  }
}

async function beginSnapshot(client: pg.Client): Promise<void> {
  // Rows read through a policy would be a backup with holes: then the server refuses instead.
  await client.query(`set row_security = off; set statement_timeout = 0; set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0; set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD';
    set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex'; set timezone = 'UTC'`)
  await client.query('begin transaction isolation level repeatable read read only')
}

async function readManifest(client: pg.Client, source: BackupSource): Promise<Manifest> {
  const there = await client.query<{ there: boolean }>(
    "select to_regclass('unwatched.clinic') is not null as there",
  )
  const clinics = there.rows[0]?.there
    ? await client.query<{ slug: string; name: string; key_id: string }>(
        'select slug, name, key_id from unwatched.clinic order by slug',
      )
    : { rows: [] }
  if (clinics.rows.length === 0)
    throw new Fault('no-such-clinic', 'There is no clinic here, so there is nothing to back up.')
  const keyId = clinicKeyId(source.key)
  const other = clinics.rows.find(clinic => clinic.key_id !== keyId)
  if (other) {
    throw new Fault(
      'wrong-key',
      `The key in use is not the one the clinic “${other.slug}” was made with. A backup sealed with it could not be used: put the right key there.`,
    )
  }
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select number, name, digest from unwatched.migration order by number',
  )
  const server = await client.query<{ number: number }>(
    "select current_setting('server_version_num')::int as number",
  )
  return {
    format: 1,
    madeAt: source.now().toISOString(),
    program: source.program,
    server: server.rows[0]?.number ?? 0,
    keyId,
    clinics: clinics.rows.map(({ slug, name }) => ({ slug, name })),
    migrations: migrations.rows,
    tables: (await listTables(client)).map(({ name, columns }) => ({ name, columns: [...columns] })),
  }
}

async function* tableEntries(
  client: pg.Client,
  table: Table,
  tell: (line: string) => void,
): AsyncGenerator<Buffer, Closing['tables'][number]> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  let parts = 0
  let held: Buffer[] = []
  let size = 0
  const piece = (): Generator<Buffer> => {
    const body = Buffer.concat(held)
    held = []
    size = 0
    parts += 1
    return entry(`tables/${table.name}/${String(parts).padStart(8, '0')}.copy`, body)
  }
  const columns = table.columns.map(quoted).join(', ')
  for await (const part of copyOut(client, `copy ${sqlName(table.name)} (${columns}) to stdout`)) {
    hash.update(part)
    rows += countLines(part)
    bytes += part.length
    held.push(part)
    size += part.length
    if (size >= pieceSize) yield* piece()
    tell(`${rows} rows, ${sayBytes(bytes)}`)
  }
  if (size > 0) yield* piece()
  return { name: table.name, parts, rows, sha256: hash.digest('hex') }
}

/** In the text form of `copy` a line is a row: a line break inside a value is written as two letters. */
export function countLines(part: Buffer): number {
  let lines = 0
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1
  return lines
}

async function countMissingBlobs(client: pg.Client, blobFolder: string): Promise<number> {
  const blobs = openBlobStore(blobFolder)
  let missing = 0
  for (const name of await listBlobColumns(client)) {
    await client.query(
      `declare named cursor for select blob_id from ${sqlName(name)} where blob_id is not null`,
    )
    for (;;) {
      const some = await client.query<{ blob_id: string }>('fetch 1000 from named')
      if (some.rows.length === 0) break
      for (const { blob_id } of some.rows) if (!(await blobs.has(blob_id))) missing += 1
    }
    await client.query('close named')
  }
  return missing
}

async function* blobEntries(
  folder: string,
  tell: (line: () => string) => void,
): AsyncGenerator<Buffer, Closing['blobs']> {
  const blobs = openBlobStore(folder)
  const total = { count: 0, bytes: 0 }
  let lists = 0
  let digests: string[] = []
  const list = (): Generator<Buffer> => {
    lists += 1
    const text = digests.join('')
    digests = []
    return entry(`blobs/${String(lists).padStart(8, '0')}.sha256`, Buffer.from(text))
  }
  for await (const { blobId, size } of blobs.list()) {
    const hash = createHash('sha256')
    let read = 0
    for await (const part of readWhole(blobs.open(blobId), blobId)) {
      // The head waits for the first of its bytes: then the file is there and open.
      if (part === null) yield tarHead(`blobs/${blobId}`, size)
      else {
        hash.update(part)
        read += part.length
        yield part
        tell(() => `  blobs: ${total.count}, ${sayBytes(total.bytes + read)}`)
      }
    }
    if (read !== size)
      throw new Fault('blob-changed', `The blob ${blobId} is not as long as it was a moment ago.`)
    yield Buffer.alloc(tarPadding(size))
    total.count += 1
    total.bytes += size
    // The form that sha256sum -c reads
    digests.push(`${hash.digest('hex')}  blobs/${blobId}\n`)
    if (digests.length === blobsPerList) yield* list()
  }
  if (digests.length > 0) yield* list()
  return total
}

/** Null once the file is there and can be read, then its bytes. */
async function* readWhole(body: AsyncIterable<Buffer>, blobId: string): AsyncGenerator<Buffer | null> {
  const parts = body[Symbol.asyncIterator]()
  try {
    let next = await parts.next()
    yield null
    while (!next.done) {
      yield next.value
      next = await parts.next()
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown fault'
    throw new Fault(
      'blob-not-read',
      `The stored file ${blobId} cannot be read (${code}). Look after the disk.`,
      { cause },
    )
  } finally {
    await parts.return?.()
  }
}

function* entry(name: string, body: Buffer): Generator<Buffer> {
  yield tarHead(name, body.length)
  if (body.length > 0) yield body
  const padding = tarPadding(body.length)
  if (padding > 0) yield Buffer.alloc(padding)
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
}
