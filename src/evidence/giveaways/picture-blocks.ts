import { inflateSync } from 'node:zlib'

/** What lies in a picture beside its pixels. */
export type PictureBlocks = {
  /** Blocks of camera data, each a TIFF file of its own. */
  readonly exif: readonly Uint8Array[]
  /** Texts: XMP, IPTC, comments, titles. */
  readonly texts: readonly string[]
  /** Why it cannot be said that these are all: a sentence each, none when they are. */
  readonly notKnown: readonly string[]
}

const longestText = 1_048_576

/** Takes a whole picture apart, by its type; what a type has no rule for is said. The pixels are not looked at. */
export function findPictureBlocks(type: string, bytes: Uint8Array): PictureBlocks {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blocks = new Blocks()
  try {
    blocks.endWith((readers[type] ?? readOther)(view, blocks))
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault
    blocks.endWith(-1)
  }
  return { exif: blocks.exif, texts: blocks.texts, notKnown: [...blocks.notKnown] }
}

/** How many bytes lie behind the end of the picture; fewer than none when it is cut short. */
type Behind = number | 'damaged'

class Blocks {
  readonly exif: Uint8Array[] = []
  readonly texts: string[] = []
  readonly notKnown = new Set<string>()

  addExif(bytes: Buffer): void {
    this.exif.push(bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? bytes.subarray(6) : bytes)
  }
  addText(bytes: Buffer): void {
    if (bytes.length > longestText)
      this.notKnown.add('It holds a long text, of which the beginning was looked at.')
    // Both readings: what is no UTF-8 may still hold plain letters, and UTF-16 has them with a zero between.
    this.texts.push(bytes.subarray(0, longestText).toString('utf8').replace(/\0/g, ''))
  }
  /** Bytes that a rule of the format does not explain. */
  addOther(name: string): void {
    this.notKnown.add(
      `It holds a block that nobody here reads (${name.replace(/[^\x20-\x7e]/g, '?').slice(0, 20)}).`,
    )
  }
  endWith(behind: Behind): void {
    if (behind === 'damaged') this.notKnown.add('The picture is damaged.')
    else if (behind > 0) this.notKnown.add('There are bytes behind the end of the picture.')
    else if (behind < 0) this.notKnown.add('The picture is cut short.')
  }
}

// ITU-T T.81, annex B; JEITA CP-3451 for the block of camera data; Adobe XMP part 3, 1.1.3 for XMP
function readJpeg(view: Buffer, blocks: Blocks): Behind {
  let at = 2
  while (at < view.length) {
    if (view[at] !== 0xff) return 'damaged'
    const marker = view.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker === 0xd9) return view.length - at - 2
    else if (marker >= 0xd0 && marker <= 0xd7) at += 2
    else {
      const length = view.readUInt16BE(at + 2)
      const body = view.subarray(at + 4, at + 2 + length)
      if (length < 2 || body.length !== length - 2) return -1
      at += 2 + length
      if (marker >= 0xe0 && marker <= 0xef) readJpegBlock(marker, body, blocks)
      if (marker === 0xfe) blocks.addText(body)
      if (marker === 0xda) at = findEndOfScan(view, at)
    }
  }
  return -1
}

function findEndOfScan(view: Buffer, from: number): number {
  let at = view.indexOf(0xff, from)
  while (at !== -1 && at + 1 < view.length) {
    const next = view[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at = view.indexOf(0xff, at + 1)
  }
  return view.length
}

function readJpegBlock(marker: number, body: Buffer, blocks: Blocks): void {
  const name = body.toString('latin1', 0, 34)
  if (marker === 0xe1 && name.startsWith('Exif\0')) blocks.addExif(body)
  else if (marker === 0xe1 && name.startsWith('http://ns.adobe.com/')) blocks.addText(body)
  else if (marker === 0xed) blocks.addText(body)
  // JFIF and its thumbnail, colour profiles, the index of further pictures, and Adobe's note on colours
  else if (!/^(?:JFIF\0|JFXX\0|ICC_PROFILE\0|MPF\0|Adobe)/.test(name))
    blocks.addOther(`APP${marker - 0xe0} ${name.split('\0')[0] ?? ''}`)
}

// Chunks that hold pixels, colours and times only: PNG third edition, 11.2 and 11.3
const plainChunks = new Set(
  'IHDR PLTE IDAT tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT tIME acTL fcTL fdAT'.split(
    ' ',
  ),
)

function readPng(view: Buffer, blocks: Blocks): Behind {
  let at = 8
  while (at < view.length) {
    const length = view.readUInt32BE(at)
    const name = view.toString('latin1', at + 4, at + 8)
    const body = view.subarray(at + 8, at + 8 + length)
    at += 12 + length
    if (at > view.length) return -1
    if (name === 'IEND') return view.length - at
    if (name === 'eXIf') blocks.addExif(body)
    else if (name === 'tEXt') blocks.addText(body)
    else if (name === 'zTXt' || name === 'iTXt') readPngText(name, body, blocks)
    else if (!plainChunks.has(name)) blocks.addOther(name)
  }
  return -1
}

// PNG third edition, 11.3.3
function readPngText(name: 'zTXt' | 'iTXt', body: Buffer, blocks: Blocks): void {
  const keyEnd = body.indexOf(0)
  if (keyEnd < 0) {
    blocks.addOther(name)
    return
  }
  const isPacked = name === 'zTXt' || body[keyEnd + 1] === 1
  let from = keyEnd + (name === 'zTXt' ? 2 : 3)
  if (name === 'iTXt') for (let skip = 0; skip < 2; skip += 1) from = body.indexOf(0, from) + 1 || body.length
  blocks.addText(body.subarray(0, keyEnd))
  const rest = body.subarray(from)
  if (!isPacked) {
    blocks.addText(rest)
    return
  }
  try {
    const text = inflateSync(rest, { maxOutputLength: longestText })
    // "Raw profile type exif": camera data as hexadecimal digits, which some programs write.
    if (/^Raw profile type/.test(body.toString('latin1', 0, keyEnd))) blocks.addOther('raw profile')
    else blocks.addText(text)
  } catch {
    blocks.addOther(name)
  }
}

const plainWebp = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])

// RFC 9649, section 2.3
function readWebp(view: Buffer, blocks: Blocks): Behind {
  const end = 8 + view.readUInt32LE(4)
  let at = 12
  while (at + 8 <= Math.min(end, view.length)) {
    const name = view.toString('latin1', at, at + 4)
    const length = view.readUInt32LE(at + 4)
    const body = view.subarray(at + 8, at + 8 + length)
    if (body.length !== length) return -1
    at += 8 + length + (length % 2)
    if (name === 'EXIF') blocks.addExif(body)
    else if (name === 'XMP ') blocks.addText(body)
    else if (!plainWebp.has(name)) blocks.addOther(name)
  }
  return view.length - end
}

// GIF89a specification, sections 17 to 27
function readGif(view: Buffer, blocks: Blocks): Behind {
  const tableOf = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + tableOf(view.readUInt8(10))
  const takeSubBlocks = (): Buffer => {
    const pieces: Buffer[] = []
    for (;;) {
      const length = view.readUInt8(at)
      at += 1
      if (length === 0) return Buffer.concat(pieces)
      pieces.push(view.subarray(at, at + length))
      at += length
    }
  }
  for (;;) {
    const kind = view.readUInt8(at)
    at += 1
    if (kind === 0x3b) return view.length - at
    if (kind === 0x2c) {
      at += 9 + tableOf(view.readUInt8(at + 8)) + 1
      takeSubBlocks()
    } else if (kind === 0x21) {
      const label = view.readUInt8(at)
      at += 1
      const from = at
      const body = takeSubBlocks()
      const name = body.toString('latin1', 0, 11)
      // XMP is written without sub-blocks, so it is taken as it lies.
      if (label === 0xfe || name === 'XMP DataXMP') blocks.addText(view.subarray(from, at))
      else if (label === 0xff && !/^(?:NETSCAPE2\.0|ANIMEXTS1\.0|ICCRGBG1012)$/.test(name))
        blocks.addOther(name)
      else if (label === 0x01) blocks.addText(body)
    } else return 'damaged'
  }
}

/** A form whose boxes nobody here takes apart: what can be seen from outside is looked at, and the rest is not known. */
function readOther(view: Buffer, blocks: Blocks): Behind {
  blocks.notKnown.add('Its form (HEIF) is looked at from outside only.')
  blocks.addText(view)
  for (const sign of ['II*\0', 'MM\0*']) {
    let at = view.indexOf(sign, 0, 'latin1')
    for (let seen = 0; at !== -1 && seen < 4; seen += 1) {
      blocks.addExif(view.subarray(at))
      at = view.indexOf(sign, at + 4, 'latin1')
    }
  }
  return 0
}

// Open: a picture may be of any form, and one without a reader is looked at from outside.
const readers: Readonly<Record<string, (view: Buffer, blocks: Blocks) => Behind>> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  gif: readGif,
}
