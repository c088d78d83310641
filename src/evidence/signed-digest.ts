import type { Sha256 } from '../foundation/digest.ts'
import { type CheckpointSigner, isTextSignedBy, signText, type VerifierKey } from './checkpoint-key.ts'
import { parseNote } from './signed-note.ts'

/**
 * What a clinic signs besides the head of a log, and the first line of each. A head begins with the name of its log,
 * which holds no space, so none of these can ever be read as a head, nor a head as one of these, nor one as another.
 */
const firstLines = {
  'bundle-statement': 'Unwatched bundle statement 1',
  receipt: 'Unwatched receipt 1',
} as const

/** A digest that is to be signed: of what, and of which log it speaks. */
export type DigestClaim = {
  readonly kind: keyof typeof firstLines
  readonly origin: string
  readonly digest: Sha256
}

/** Signs a digest as a signed note: what it is of, the log, and the digest in hexadecimal, a line each. */
// C2SP signed-note
export function signDigest(claim: DigestClaim, signer: CheckpointSigner): string {
  return signText(textOf(claim), claim.origin, signer)
}

/** True when the note says exactly this, with one signature, and the holder of the key made it. */
export function isDigestSignedBy(note: string, claim: DigestClaim, key: VerifierKey): boolean {
  const read = parseNote(note)
  if (!read || read.text !== textOf(claim) || read.signatures.length !== 1) return false
  return isTextSignedBy(read, claim.origin, key)
}

/** The signature of a signed digest without the text it is over: short enough for a code on a slip of paper. */
export function shortenNote(note: string): string {
  return note.trimEnd().split(' ').at(-1) ?? ''
}

/** The note again, from what was signed and its shortened signature. */
export function lengthenNote(claim: DigestClaim, signature: string): string {
  return `${textOf(claim)}\n\u2014 ${claim.origin} ${signature}\n`
}

function textOf({ kind, origin, digest }: DigestClaim): string {
  return `${firstLines[kind]}\n${origin}\n${digest}\n`
}
