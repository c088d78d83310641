import { openSpool } from './spool.ts'

/** Values laid aside one after another, and read again from the first as often as needed; one is held at a time. */
export type SpooledLines<Value> = {
  readonly count: number
  readonly read: () => AsyncGenerator<Value>
  readonly close: () => Promise<void>
}

/** Text is handed on in pieces of about this many characters. */
const pieceSize = 64 * 1024

/** Lays values aside as lines of JSON, enciphered like every spool. A value must be one that JSON gives back as it was. */
export async function spoolLines<Value>(
  folder: string,
  values: AsyncIterable<Value>,
): Promise<SpooledLines<Value>> {
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const value of values) {
      count += 1
      yield `${JSON.stringify(value)}\n`
    }
  }
  const spool = await openSpool(folder, inPieces(lines()))
  return {
    count,
    read: () => readLines<Value>(spool.openRange(0, spool.size)),
    close: spool.close,
  }
}

/** Joins short texts into pieces worth writing. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = []
  let length = 0
  for await (const text of texts) {
    held.push(text)
    length += text.length
    if (length < pieceSize) continue
    yield Buffer.from(held.join(''))
    held = []
    length = 0
  }
  if (length > 0) yield Buffer.from(held.join(''))
}

async function* readLines<Value>(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Value> {
  let begun: Uint8Array[] = []
  for await (const part of parts) {
    let from = 0
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, from)) {
      begun.push(part.subarray(from, at))
      yield JSON.parse(Buffer.concat(begun).toString('utf8')) as Value
      begun = []
      from = at + 1
    }
    if (from < part.length) begun.push(part.subarray(from))
  }
}
