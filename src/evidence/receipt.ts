import { canonicalJson, type Json, parseCanonicalJson } from '../foundation/canonical-json.ts'
import { parseSha256, type Sha256, sha256 } from '../foundation/digest.ts'
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import {
  type CheckpointSigner,
  isSignedBy,
  keyIdOf,
  parseVerifierKey,
  type VerifierKey,
  writeVerifierKey,
} from './checkpoint-key.ts'
import { isMoment } from './custody-line.ts'
import { type DigestClaim, isDigestSignedBy, lengthenNote, shortenNote, signDigest } from './signed-digest.ts'

/** What the client keeps: proof, outside the clinic's reach, of what was in the log when their item arrived. */
export type Receipt = {
  readonly item: Sha256
  /** When the item arrived, in UTC to the millisecond. */
  readonly at: string
  /** The number of lines in the log when the receipt was made, the arrival among them. */
  readonly size: number
  /** The signed head of the log at that size: a C2SP checkpoint. */
  readonly head: string
  readonly clinicKey: VerifierKey
}

/** A receipt that was read, with its head taken apart and what is signed of it. */
export type ReadReceipt = Receipt & {
  readonly signed: SignedCheckpoint
  /** The signature over all of the receipt; null on one of the first kind, whose item and time nothing signs. */
  readonly signature: string | null
}

/**
 * The receipt as one line of canonical JSON: what a slip's QR code holds and `unwatched verify --receipt` reads. All
 * that it says is under its own signature, and the head it holds under the head's.
 */
export function writeReceipt(receipt: Receipt, signer: CheckpointSigner): string {
  const signature = shortenNote(signDigest(claimOf(receipt), signer))
  return `${canonicalJson({ ...saidBy(receipt), signature })}\n`
}

/**
 * Reads a receipt that somebody brought; null when it is not one or contradicts itself (its size is not its head's,
 * its key id is not its key's, it holds a member that no receipt has). Whether it is signed is a check of its own.
 */
export function parseReceipt(text: string): ReadReceipt | null {
  const value = parseCanonicalJson(text.trim())
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const {
    receipt: kind,
    item,
    at,
    head,
    key,
    signature,
    size,
  } = value as { readonly [name: string]: unknown }
  if (typeof item !== 'string' || typeof at !== 'string' || typeof head !== 'string') return null
  if (typeof key !== 'object' || key === null || !('verifier' in key)) return null
  const digest = parseSha256(item)
  const signed = parseCheckpoint(head)
  const clinicKey = typeof key.verifier === 'string' ? parseVerifierKey(key.verifier) : null
  if (!digest || !isMoment(at) || !signed || !clinicKey || signed.checkpoint.size !== size) return null
  const read = { item: digest, at, size: signed.checkpoint.size, head, clinicKey, signed }
  const isFirstKind = kind === 'unwatched/1' && signature === undefined
  if (!isFirstKind && typeof signature !== 'string') return null
  // Written again from what was read, it must be the same text: nothing else can stand in it.
  const again = { ...saidBy(read), ...(isFirstKind ? { receipt: 'unwatched/1' } : { signature }) }
  if (canonicalJson(again as Json) !== text.trim()) return null
  return { ...read, signature: isFirstKind ? null : String(signature) }
}

/** True when the holder of the key signed the head on the receipt and, where all of it is signed, all of it. */
export function isReceiptSignedBy(receipt: ReadReceipt, key: VerifierKey): boolean {
  if (receipt.signed.signatures.length !== 1 || !isSignedBy(receipt.signed, key)) return false
  const { signature } = receipt
  const claim = claimOf(receipt)
  return signature === null || isDigestSignedBy(lengthenNote(claim, signature), claim, key)
}

function saidBy({ item, at, size, head, clinicKey }: Receipt) {
  const key = { id: keyIdOf(clinicKey), verifier: writeVerifierKey(clinicKey) }
  return { receipt: 'unwatched/2', item, at, size, head, key }
}

function claimOf(receipt: Receipt): DigestClaim {
  const origin = parseCheckpoint(receipt.head)?.checkpoint.origin ?? ''
  return { kind: 'receipt', origin, digest: sha256(canonicalJson(saidBy(receipt))) }
}
