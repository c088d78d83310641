import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import type { BagEntry, BagReader } from '../bagit/bag-reader.ts'
import { CannotRead } from './cannot-read.ts'
import { ZipSource } from './zip-source.ts'

/** What a zip may ask of the machine that opens it. */
export type ZipBounds = { readonly entries: number; readonly expandedBytes: number; readonly ratio: number }

// Deflate cannot do better than 1 to 1 032; a bundle of real files is far from it, a bomb is near it.
const defaultBounds: ZipBounds = { entries: 200_000, expandedBytes: 2 ** 40, ratio: 200 }

/** Up to this size in all, however well it packs, a zip can do no harm. */
const harmless = 256 * 1024 * 1024

/**
 * Reads a bag from a zip, in place: nothing is unpacked to disk. Names, links and duplicates are passed on unchanged
 * for the checks to judge. Throws CannotRead for what cannot be opened at all: not a zip, cut short, encrypted, or
 * beyond the bounds. One folder around everything is ignored.
 */
export async function readZip(
  file: string,
  bounds: ZipBounds = defaultBounds,
): Promise<BagReader & { close: () => void }> {
  const opened = await openZip(file)
  const { zip, source } = opened
  const entries = await readEntries(zip, bounds).catch(async (problem: unknown) => {
    await source.end()
    throw problem instanceof CannotRead
      ? problem
      : new CannotRead('This zip is cut short or damaged.', problem)
  })
  const top = findTopFolder(entries.map(each => each.name))
  const byPath = new Map<string, yauzl.Entry>()
  const listed = entries.map(({ name, entry }): BagEntry => {
    const path = name.slice(top.length).replace(/\/$/, '')
    const kind = kindOf(name, entry)
    if (kind === 'file' && !byPath.has(path)) byPath.set(path, entry)
    return { path, kind, size: kind === 'file' ? entry.uncompressedSize : 0 }
  })
  return {
    list: async () => listed.filter(each => each.path !== ''),
    open: path => readEntry(opened, byPath.get(path)),
    close: () => void source.end(),
  }
}

type OpenZip = { readonly zip: yauzl.ZipFile; readonly source: ZipSource }

async function openZip(file: string): Promise<OpenZip> {
  const source = await ZipSource.open(file)
  try {
    const options = { lazyEntries: true, decodeStrings: false, autoClose: false, validateEntrySizes: true }
    return { zip: await yauzl.fromRandomAccessReaderPromise(source, source.size, options), source }
  } catch (problem) {
    await source.end()
    throw new CannotRead('This is not a whole zip file: its end is missing or damaged.', problem)
  }
}

type Named = { readonly name: string; readonly entry: yauzl.Entry }

function readEntries(zip: yauzl.ZipFile, bounds: ZipBounds): Promise<readonly Named[]> {
  return new Promise((resolve, reject) => {
    const entries: Named[] = []
    let [expanded, packed] = [0, 0]
    zip.on('error', reject)
    zip.on('end', () => {
      // Entries that share their bytes expand to more than the file can hold: the packed sizes give them away.
      const overlaps = packed > zip.fileSize
      resolve(
        overlaps
          ? Promise.reject(new CannotRead('The files in this zip overlap: it is made to do harm.'))
          : entries,
      )
    })
    zip.on('entry', (entry: yauzl.Entry) => {
      expanded += entry.uncompressedSize
      packed += entry.compressedSize
      const because = whyRefused(
        entry,
        { count: entries.length + 1, expanded, fileSize: zip.fileSize },
        bounds,
      )
      if (because) return reject(new CannotRead(because))
      entries.push({ name: decodeName(entry), entry })
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function whyRefused(
  entry: yauzl.Entry,
  sofar: { readonly count: number; readonly expanded: number; readonly fileSize: number },
  bounds: ZipBounds,
): string | null {
  if (entry.generalPurposeBitFlag & 1) return 'This zip is encrypted. Unpack it with its password first.'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return 'This zip uses a compression that cannot be read here.'
  }
  if (sofar.count > bounds.entries) return `This zip holds more than ${bounds.entries} files.`
  if (sofar.expanded > bounds.expandedBytes)
    return 'This zip would expand beyond the bound: it is made to do harm.'
  if (sofar.expanded > harmless && sofar.expanded > sofar.fileSize * bounds.ratio) {
    return `This zip would expand to more than ${bounds.ratio} times its size: it is made to do harm.`
  }
  return null
}

async function* readEntry(
  { zip, source }: OpenZip,
  entry: yauzl.Entry | undefined,
): AsyncIterable<Uint8Array> {
  if (!entry) throw new CannotRead('The zip lists no such file.')
  try {
    const start = await findStart(zip, entry)
    // What is not packed is there as it stands.
    const isPacked = entry.compressionMethod === 8
    const parts = isPacked
      ? await unpack(zip, start, entry)
      : source.parts(start, start + entry.uncompressedSize)
    let checksum = 0
    for await (const chunk of parts) {
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    if (checksum !== entry.crc32) throw new Error('the checksum that the zip keeps of it differs')
  } catch (problem) {
    throw new CannotRead('it cannot be unpacked as the zip describes it.', problem)
  }
}

/**
 * Where the bytes of a file begin. A zip describes each file twice; programs differ in which they believe, so the two
 * must agree.
 */
// .ZIP File Format Specification 6.3, section 4.3.7
async function findStart(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<number> {
  const local = await new Promise<yauzl.LocalFileHeader>((resolve, reject) => {
    zip.readLocalFileHeader(entry, (problem, header) => (problem ? reject(problem) : resolve(header)))
  })
  const isSame =
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    local.generalPurposeBitFlag === entry.generalPurposeBitFlag
  if (!isSame) throw new Error('the zip describes it in two ways')
  return local.fileDataStart
}

function unpack(zip: yauzl.ZipFile, start: number, entry: yauzl.Entry): Promise<Readable> {
  const { compressedSize: size, uncompressedSize } = entry
  // Not the form of it that answers a promise: in yauzl 3.4.0 that calls another function.
  return new Promise((resolve, reject) => {
    zip.openReadStreamLowLevel(start, size, 0, size, true, uncompressedSize, (problem, opened) =>
      problem ? reject(problem) : resolve(opened),
    )
  })
}

// .ZIP File Format Specification 6.3, appendix D: bit 11 says UTF-8; without it, UTF-8 when it is that
function decodeName(entry: yauzl.Entry): string {
  const bytes = entry.fileNameRaw
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function kindOf(name: string, entry: yauzl.Entry): BagEntry['kind'] {
  if (name.endsWith('/')) return 'folder'
  // The upper half holds the mode of Unix, when a Unix made the zip: 0xA000 is a link, 0x8000 a file
  const mode = entry.versionMadeBy >>> 8 === 3 ? (entry.externalFileAttributes >>> 16) & 0xf000 : 0
  return mode === 0xa000 ? 'link' : mode === 0 || mode === 0x8000 ? 'file' : 'other'
}

/** "folder/" when bagit.txt is not at the top and everything is in one folder; otherwise nothing. */
function findTopFolder(names: readonly string[]): string {
  if (names.includes('bagit.txt')) return ''
  const [first = ''] = names
  const top = first.slice(0, first.indexOf('/') + 1)
  return top !== '' && names.every(name => name.startsWith(top)) ? top : ''
}

/** True when the file starts as a zip does. */
export async function looksLikeZip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && ['504b0304', '504b0506', '504b0606'].includes(buffer.toString('hex'))
  } finally {
    await handle.close()
  }
}
