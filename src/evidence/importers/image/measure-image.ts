export type MeasuredImage = {
  readonly type: 'jpeg' | 'png' | 'gif' | 'webp' | 'heic' | 'avif'
  readonly width: number | null
  readonly height: number | null
}

/**
 * Tells what picture the bytes are and how large it is, from its header alone. Nothing is decoded, so a picture
 * that would unpack to gigabytes costs nothing. Null for anything else; SVG and HTML are never pictures.
 */
export function measureImage(bytes: Uint8Array): MeasuredImage | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = (text: string, at = 0) => view.toString('latin1', at, at + text.length) === text
  if (view[0] === 0xff && view[1] === 0xd8 && view[2] === 0xff) return { type: 'jpeg', ...measureJpeg(view) }
  if (starts('\x89PNG\r\n\x1a\n')) return { type: 'png', ...pair(view, 16, 'readUInt32BE', 4) }
  if (starts('GIF87a') || starts('GIF89a')) return { type: 'gif', ...pair(view, 6, 'readUInt16LE', 2) }
  if (starts('RIFF') && starts('WEBP', 8)) return { type: 'webp', ...measureWebp(view) }
  if (starts('ftyp', 4)) {
    const brand = view.toString('latin1', 8, 12)
    if (/^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(brand))
      return { type: 'heic', ...measureHeif(view) }
    if (/^(?:avif|avis)$/.test(brand)) return { type: 'avif', ...measureHeif(view) }
  }
  return null
}

type Size = { readonly width: number | null; readonly height: number | null }
const unknownSize: Size = { width: null, height: null }

function pair(view: Buffer, at: number, read: 'readUInt32BE' | 'readUInt16LE', step: number): Size {
  return view.length < at + 2 * step ? unknownSize : { width: view[read](at), height: view[read](at + step) }
}

// ITU-T T.81, B.2.2: the frame header carries height before width.
function measureJpeg(view: Buffer): Size {
  let at = 2
  while (at + 9 < view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (frame) return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) }
    if (marker === 0xda || marker === 0xd9) break
    at += 2 + view.readUInt16BE(at + 2)
  }
  return unknownSize
}

// RFC 9649, sections 2.5 to 2.7
function measureWebp(view: Buffer): Size {
  if (view.length < 30) return unknownSize
  switch (view.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = view.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff }
    default:
      return unknownSize
  }
}

// ISO/IEC 23008-12, 6.5.3: the largest `ispe` property is the picture; the others are tiles and thumbnails.
function measureHeif(view: Buffer): Size {
  let best = unknownSize
  let at = view.indexOf('ispe', 0, 'latin1')
  for (let seen = 0; at !== -1 && at + 16 <= view.length && seen < 1000; seen += 1) {
    const width = view.readUInt32BE(at + 8)
    const height = view.readUInt32BE(at + 12)
    if (width * height > (best.width ?? 0) * (best.height ?? 0)) best = { width, height }
    at = view.indexOf('ispe', at + 4, 'latin1')
  }
  return best
}
