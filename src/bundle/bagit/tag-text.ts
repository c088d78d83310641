/** The text of a tag file, or null when its bytes are not of the encoding that the bag declares. */
// RFC 8493, section 2.1.1: UTF-8 is recommended; older bags use others
export function decodeTagText(bytes: Uint8Array, encoding: string): string | null {
  const name = encoding.toUpperCase()
  if (name === 'ISO-8859-1' || name === 'LATIN1') return Buffer.from(bytes).toString('latin1')
  const label = name === 'UTF-16' ? utf16Order(bytes) : labels[name]
  if (label === undefined) return null
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** True for an encoding that tag files can be read in. */
export function isKnownEncoding(encoding: string): boolean {
  return ['UTF-16', 'ISO-8859-1', 'LATIN1', ...Object.keys(labels)].includes(encoding.toUpperCase())
}

/** The lines of a tag file, whatever ended them, without what follows the last end. */
// RFC 8493, section 2.1.1: LF, CR or CRLF
export function splitTagLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const labels: { readonly [encoding: string]: string | undefined } = {
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  'US-ASCII': 'utf-8',
  ASCII: 'utf-8',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
}

// RFC 2781, section 4.3: without a byte order mark the text is big-endian
function utf16Order(bytes: Uint8Array): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be'
}
