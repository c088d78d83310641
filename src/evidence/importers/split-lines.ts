/** A line, or a piece of a line that is longer than the bound. Offsets count bytes from the start of the input. */
export type Line = {
  /** Decoded, without its line break. A byte order mark is kept. */
  readonly text: string
  readonly lineBreak: '' | '\n' | '\r\n' | '\r'
  readonly from: number
  readonly to: number
  readonly number: number
  /** False for the second and later pieces of a very long line. */
  readonly startsLine: boolean
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Memory stays level: a line longer than this is handed over in pieces. */
export const longestPiece = 1_048_576

/** Tells the encoding from the byte order mark; without one it is UTF-8. */
// Unicode Standard, section 23.8
export function encodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/**
 * Tells the encoding from the byte order mark, or, without one, from where the zeros lie: in UTF-16 every second byte
 * of digits, spaces and line breaks is zero, and always on the same side. One zero in a text changes nothing.
 */
export function guessEncoding(head: Uint8Array): TextEncoding {
  const marked = encodingOf(head)
  const looked = Math.min(head.length - (head.length % 2), 4096)
  if (marked !== 'utf-8' || looked < 16) return marked
  const zeros = [0, 0]
  for (let index = 0; index < looked; index += 1)
    if (head[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = looked / 2 / 10
  if (odd > many && even <= odd / 50) return 'utf-16le'
  return even > many && odd <= even / 50 ? 'utf-16be' : 'utf-8'
}

/**
 * The byte that ends a line: a carriage return where the beginning has some and no line feed, as old programs write.
 * Lines that nobody ends are one line, and lay everybody's words to the person who wrote the first.
 */
export function guessLineEnd(head: Uint8Array): LineEnd {
  return !head.includes(10) && head.includes(13) ? 13 : 10
}
export type LineEnd = 10 | 13

/** The lines of a whole source, in the encoding that its beginning shows. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{
  readonly lines: readonly Line[]
  readonly encoding: TextEncoding
  readonly isMarked: boolean
}> {
  let waiting: Uint8Array[] = []
  let size = 0
  let splitter: ReturnType<typeof splitLines> | null = null
  let encoding: TextEncoding = 'utf-8'
  let isMarked = false
  const begin = () => {
    const head = Buffer.concat(waiting)
    waiting = []
    encoding = guessEncoding(head)
    isMarked = encodingOf(head) === encoding
    splitter = splitLines(encoding, guessLineEnd(head))
    return splitter.push(head)
  }
  for await (const chunk of chunks) {
    if (splitter) yield { lines: (splitter as ReturnType<typeof splitLines>).push(chunk), encoding, isMarked }
    else {
      waiting.push(chunk)
      size += chunk.length
      if (size >= 4096) yield { lines: begin(), encoding, isMarked }
    }
  }
  if (!splitter) yield { lines: begin(), encoding, isMarked }
  const last = (splitter as ReturnType<typeof splitLines> | null)?.end() ?? []
  if (last.length > 0) yield { lines: last, encoding, isMarked }
}

/**
 * Splits chunks of bytes into lines that together cover every byte once. Feed it every chunk in order, then
 * call `end`. Broken bytes become U+FFFD in the text; the offsets stay true.
 */
export function splitLines(
  encoding: TextEncoding,
  lineEnd: LineEnd = 10,
): {
  push(chunk: Uint8Array): Line[]
  end(): Line[]
} {
  const unit = encoding === 'utf-8' ? 1 : 2
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding, { ignoreBOM: true })
  let carried: Buffer = Buffer.alloc(0)
  let carriedSearched = 0
  let offset = 0
  let number = 1
  let startsLine = true

  const decode = (bytes: Buffer, from: number, to: number) =>
    decoder ? decoder.decode(bytes.subarray(from, to)) : bytes.toString('utf8', from, to)

  const take = (bytes: Buffer, from: number, end: number, ended: boolean): Line => {
    let text = decode(bytes, from, ended ? end - unit : end)
    let lineBreak: Line['lineBreak'] = ended ? (lineEnd === 13 ? '\r' : '\n') : ''
    if (ended && text.endsWith('\r')) {
      text = text.slice(0, -1)
      lineBreak = '\r\n'
    }
    const line = { text, lineBreak, from: offset, to: offset + end - from, number, startsLine }
    offset += end - from
    startsLine = ended
    if (ended) number += 1
    return line
  }

  /** The index just past the next line break, or -1. */
  const findEnd = (bytes: Buffer, from: number): number => {
    if (unit === 1) return bytes.indexOf(lineEnd, from) + 1 || -1
    const [first, second] = encoding === 'utf-16le' ? [lineEnd, 0] : [0, lineEnd]
    for (let index = from; index + 1 < bytes.length; index += 2) {
      if (bytes[index] === first && bytes[index + 1] === second) return index + 2
    }
    return -1
  }

  return {
    push(chunk) {
      const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      const bytes = carried.length === 0 ? view : Buffer.concat([carried, view])
      const lines: Line[] = []
      let from = 0
      let end = findEnd(bytes, carriedSearched)
      while (end !== -1) {
        while (end - from > longestPiece) {
          const cut = cutPoint(bytes, from + longestPiece, unit)
          lines.push(take(bytes, from, cut, false))
          from = cut
        }
        lines.push(take(bytes, from, end, true))
        from = end
        end = findEnd(bytes, from)
      }
      while (bytes.length - from > longestPiece) {
        const cut = cutPoint(bytes, from + longestPiece, unit)
        lines.push(take(bytes, from, cut, false))
        from = cut
      }
      // A copy, so that the whole chunk is not kept alive for its last half line.
      carried = Buffer.from(bytes.subarray(from))
      carriedSearched = unit === 1 ? carried.length : Math.max(0, carried.length - (carried.length % 2))
      return lines
    },
    end() {
      if (carried.length === 0) return []
      const line = take(carried, 0, carried.length, false)
      carried = Buffer.alloc(0)
      return [line]
    },
  }
}

/** Moves a cut back so that it does not fall inside a character. */
function cutPoint(bytes: Buffer, wanted: number, unit: number): number {
  if (unit === 2) return wanted - (wanted % 2)
  let cut = wanted
  for (let step = 0; step < 3; step += 1) {
    if (((bytes[cut] ?? 0) & 0xc0) !== 0x80) return cut
    cut -= 1
  }
  return cut
}
