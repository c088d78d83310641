import { canonicalJson } from '../foundation/canonical-json.ts'
import { parseSha256, type Sha256 } from '../foundation/digest.ts'
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { keyIdOf, parseVerifierKey, type VerifierKey, writeVerifierKey } from './checkpoint-key.ts'
import { isMoment } from './custody-line.ts'

/** What the client keeps: proof, outside the clinic's reach, of what was in the log when her item arrived. */
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

/** The receipt as one line of canonical JSON: what a slip's QR code holds and `unwatched verify --receipt` reads. */
export function writeReceipt(receipt: Receipt): string {
  const { item, at, size, head, clinicKey } = receipt
  const key = { id: keyIdOf(clinicKey), verifier: writeVerifierKey(clinicKey) }
  return `${canonicalJson({ receipt: 'unwatched/1', item, at, size, head, key })}\n`
}

/**
 * Reads a receipt that somebody brought; null when it is not one or contradicts itself (its size is not its
 * head's, its key id is not its key's). Whether the head is signed is a check of its own.
 */
export function parseReceipt(text: string): (Receipt & { readonly signed: SignedCheckpoint }) | null {
  const value = parseObject(text)
  const key = value?.['key']
  if (value?.['receipt'] !== 'unwatched/1' || typeof key !== 'object' || key === null) return null
  const { item, at, size, head } = value
  if (typeof item !== 'string' || typeof at !== 'string' || typeof head !== 'string') return null
  const digest = parseSha256(item)
  const signed = parseCheckpoint(head)
  const verifier =
    'verifier' in key && typeof key.verifier === 'string' ? parseVerifierKey(key.verifier) : null
  if (!digest || !isMoment(at) || !signed || !verifier || signed.checkpoint.size !== size) return null
  if (!('id' in key) || key.id !== keyIdOf(verifier)) return null
  return { item: digest, at, size: signed.checkpoint.size, head, clinicKey: verifier, signed }
}

function parseObject(text: string): { readonly [name: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
