import { type CustodyLine, readCustodyLine } from '../evidence/custody-line.ts'
import { parseSha256, type Sha256 } from '../foundation/digest.ts'

/** A line of the log as it was written, its place, and the hashes that lead from it to the head. */
export type ProvedLine = {
  readonly index: number
  /** The canonical text, byte for byte. */
  readonly text: string
  readonly proof: readonly Sha256[]
}

/** The lines of the log that are about the exhibits of a bundle, without the rest of the case. */
export type CustodyExcerpt = {
  readonly size: number
  readonly lines: readonly ProvedLine[]
  /** For each earlier size that a receipt may state: its root and the hashes that lead from it to the head. */
  readonly earlierHeads: readonly {
    readonly size: number
    readonly root: Sha256
    readonly proof: readonly Sha256[]
  }[]
}

/**
 * The excerpt as it lies in the bundle: one line of canonical JSON. Throws where a text holds half a character. It is as long
 * as all proofs together, so it is not sorted: its members stand here in their order.
 */
// RFC 8785, section 3.2: strings and numbers as ECMAScript writes them, members sorted
export function writeExcerpt({ size, lines, earlierHeads }: CustodyExcerpt): string {
  if (lines.some(({ text }) => /\p{Surrogate}/u.test(text)))
    throw new TypeError('custody excerpt: a text has no JSON form')
  const sorted = {
    earlierHeads: earlierHeads.map(({ proof, root, size }) => ({ proof, root, size })),
    excerpt: 'unwatched/1',
    lines: lines.map(({ index, proof, text }) => ({ index, proof, text })),
    size,
  }
  return `${JSON.stringify(sorted)}\n`
}

/** Reads an excerpt that came from outside; null when it is not, letter for letter, as one is written. */
export function parseExcerpt(text: string): CustodyExcerpt | null {
  try {
    const excerpt = readExcerpt(JSON.parse(text))
    // The text must be exactly the one of what was read: no member twice or in another order, and none that no rule reads,
    // which would be one that nobody signed.
    return excerpt && writeExcerpt(excerpt) === text ? excerpt : null
  } catch {
    // Not JSON, half a character, or nested so deep that it was made to do harm.
    return null
  }
}

const read = new WeakMap<CustodyExcerpt, readonly (CustodyLine | null)[]>()

/** The lines of an excerpt in its order, read once for all checks; null for one that cannot be read as a line. */
export function readLines(excerpt: CustodyExcerpt): readonly (CustodyLine | null)[] {
  const known = read.get(excerpt) ?? excerpt.lines.map(({ text }) => readCustodyLine(text))
  read.set(excerpt, known)
  return known
}

function readExcerpt(value: unknown): CustodyExcerpt | null {
  if (!isObject(value) || value['excerpt'] !== 'unwatched/1') return null
  const { size, lines, earlierHeads } = value
  if (!isCount(size) || !Array.isArray(lines) || !Array.isArray(earlierHeads)) return null
  const readLines = lines.map(parseLine)
  const readHeads = earlierHeads.map(parseHead)
  if (readLines.includes(null) || readHeads.includes(null)) return null
  return {
    size,
    lines: readLines.filter(line => line !== null),
    earlierHeads: readHeads.filter(head => head !== null),
  }
}

function parseLine(value: unknown): ProvedLine | null {
  if (!isObject(value)) return null
  const { index, text } = value
  const proof = parseProof(value['proof'])
  return isCount(index) && typeof text === 'string' && proof ? { index, text, proof } : null
}

function parseHead(value: unknown): CustodyExcerpt['earlierHeads'][number] | null {
  if (!isObject(value) || !isCount(value['size'])) return null
  const root = typeof value['root'] === 'string' ? parseSha256(value['root']) : null
  const proof = parseProof(value['proof'])
  return root && proof ? { size: value['size'], root, proof } : null
}

function parseProof(value: unknown): readonly Sha256[] | null {
  // 2^53 lines need 53 hashes; a consistency proof one more
  if (!Array.isArray(value) || value.length > 64) return null
  const hashes = value.map((each: unknown) => (typeof each === 'string' ? parseSha256(each) : null))
  return hashes.includes(null) ? null : hashes.filter(hash => hash !== null)
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
