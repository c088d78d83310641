import { parseCheckpoint, type SignedCheckpoint } from '../../evidence/checkpoint.ts'
import { isSignedBy, parseVerifierKey, type VerifierKey } from '../../evidence/checkpoint-key.ts'
import { isDigestSignedBy } from '../../evidence/signed-digest.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import type { BagReading } from '../bagit/read-bag.ts'
import { isBinding } from '../binding-lines.ts'
import { type CustodyExcerpt, parseExcerpt, readLines } from '../custody-excerpt.ts'
import { type BundleDescription, bundlePlaces, parseDescription } from '../manifest.ts'
import { digestOfStatement, parseStatement, type Statement } from '../statement.ts'

/** What was read of a bundle; each part is null when it is not there or is not, letter for letter, what it should be. */
export type BundleParts = {
  readonly reading: BagReading
  readonly description: BundleDescription | null
  readonly excerpt: CustodyExcerpt | null
  readonly head: SignedCheckpoint | null
  readonly key: VerifierKey | null
  readonly statement: Statement | null
  readonly statementDigest: Sha256
  readonly signature: string
  /**
   * False for a bundle made before there were statements, and for no other. Anything that speaks of a statement, such
   * as a line of the log, makes it a bundle that must have one.
   */
  readonly isStated: boolean
}

export function readParts(reading: BagReading): BundleParts {
  const text = (path: string) => textOf(reading, path)
  const description = parseDescription(text(bundlePlaces.description))
  const excerpt = parseExcerpt(text(bundlePlaces.excerpt))
  const statement = text(bundlePlaces.statement)
  return {
    reading,
    description,
    excerpt,
    head: parseCheckpoint(text(bundlePlaces.checkpoint)),
    key: parseVerifierKey(text(bundlePlaces.clinicKey)),
    statement: parseStatement(statement),
    statementDigest: digestOfStatement(statement),
    signature: text(bundlePlaces.signature),
    isStated:
      description?.isStated === true ||
      reading.files.has(bundlePlaces.statement) ||
      reading.files.has(bundlePlaces.signature) ||
      (excerpt !== null && readLines(excerpt).some(line => line !== null && isBinding(line))),
  }
}

/** True when the holder of the key signed the head of the log, and nobody else signed it beside them. */
export function isHeadSignedBy({ head }: BundleParts, key: VerifierKey): boolean {
  return head !== null && head.signatures.length === 1 && isSignedBy(head, key)
}

/** True when the holder of the key signed the statement. */
export function isStatementSignedBy(parts: BundleParts, key: VerifierKey): boolean {
  const { statement, statementDigest: digest, signature } = parts
  if (!statement) return false
  return isDigestSignedBy(signature, { kind: 'bundle-statement', origin: statement.log.origin, digest }, key)
}

/** True when the holder of the key signed all that is signed of this bundle. */
export function isBundleSignedBy(parts: BundleParts, key: VerifierKey): boolean {
  return isHeadSignedBy(parts, key) && (!parts.isStated || isStatementSignedBy(parts, key))
}

function textOf(reading: BagReading, path: string): string {
  const content = reading.files.get(path)?.content
  try {
    // A byte order mark stays in the text, so that a file that got one is not the file that was written.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content ?? new Uint8Array())
  } catch {
    return ''
  }
}
