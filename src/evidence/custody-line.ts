import { canonicalJson, type Json, parseCanonicalJson } from '../foundation/canonical-json.ts'
import { parseSha256, type Sha256, sha256 } from '../foundation/digest.ts'

/** What somebody did to one item, or to the whole file when `item` is null. */
export type CustodyEntry = {
  /** In UTC to the millisecond: "2026-03-03T16:05:00.000Z". */
  readonly at: string
  /** The person and the agency as the log names them: ids or staff names, never the client's. */
  readonly actor: { readonly person: string; readonly agency: string }
  /** A verb in lower case with hyphens: "arrived", "opened", "exported". */
  readonly act: string
  readonly item: Sha256 | null
  readonly detail: { readonly [name: string]: Json }
  /**
   * 128 bits of chance in hexadecimal, so that nobody who knows all the rest of a line can tell its hash. Left out only
   * on lines from before there was one.
   */
  readonly salt?: string
}

/** One line of a custody log. `previous` is the digest of the line before it, or 64 zeros on the first. */
export type CustodyLine = CustodyEntry & { readonly sequence: number; readonly previous: Sha256 }

/** What the first line holds in place of the digest of a line before it. */
export const noPreviousLine = '0'.repeat(64) as Sha256

/** The text of a line that is hashed, chained and put into the tree: canonical JSON, one line. */
// RFC 8785
export function writeCustodyLine(line: CustodyLine): string {
  const { sequence, at, actor, act, item, detail, previous, salt } = line
  const { person, agency } = actor
  const said = { sequence, at, actor: { person, agency }, act, item, detail, previous }
  return canonicalJson(salt === undefined ? said : { ...said, salt })
}

/** The digest that the next line carries: SHA-256 of the line's text as UTF-8. */
export function digestOfLine(text: string): Sha256 {
  return sha256(text)
}

const members = 'act,actor,at,detail,item,previous,sequence'
const membersWithSalt = 'act,actor,at,detail,item,previous,salt,sequence'

/**
 * Reads a line that arrived from outside as parsed JSON: exactly the members of a line, each of its own kind.
 * Answers null for anything else, so that nothing can ride along in a member that no rule looks at.
 */
export function parseCustodyLine(value: unknown): CustodyLine | null {
  if (!isObject(value)) return null
  const { sequence, at, actor, act, detail, salt } = value
  if (Object.keys(value).sort().join() !== ('salt' in value ? membersWithSalt : members)) return null
  if ('salt' in value && (typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt))) return null
  const item = value['item'] === null ? null : readDigest(value['item'])
  const previous = readDigest(value['previous'])
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0) return null
  if (typeof at !== 'string' || !isMoment(at)) return null
  if (typeof act !== 'string' || !/^[a-z][a-z-]{0,59}$/.test(act)) return null
  if (!isObject(actor) || Object.keys(actor).sort().join() !== 'agency,person') return null
  const { person, agency } = actor
  if (typeof person !== 'string' || typeof agency !== 'string' || !isObject(detail)) return null
  if (item === undefined || previous === undefined) return null
  return {
    sequence,
    at,
    actor: { person, agency },
    act,
    item,
    detail: detail as CustodyLine['detail'],
    previous,
    ...(typeof salt === 'string' ? { salt } : {}),
  }
}

/** Reads a line from its text; null when it is not, letter for letter, as a line is written. */
export function readCustodyLine(text: string): CustodyLine | null {
  return parseCustodyLine(parseCanonicalJson(text))
}

/** True for a moment in UTC, to the millisecond, that the calendar has. */
export function isMoment(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false
  const moment = Date.parse(text)
  return !Number.isNaN(moment) && new Date(moment).toISOString() === text
}

function readDigest(value: unknown): Sha256 | undefined {
  if (typeof value !== 'string' || value !== value.toLowerCase()) return undefined
  return parseSha256(value) ?? undefined
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
