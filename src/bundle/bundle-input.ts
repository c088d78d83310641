import type { VerifierKey } from '../evidence/checkpoint-key.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { CustodyExcerpt } from './custody-excerpt.ts'
import type { ChronologyRow, KeyFact } from './report-data.ts'

/** A person who did something to the bundle, as it is written into it. */
export type BundlePerson = { readonly name: string; readonly role: string; readonly agency: string }

/** One exhibit as it goes in: its bytes are read once, while the bundle is written. */
export type BundleExhibit = {
  /** "ABC/1": given once and never changed. */
  readonly reference: string
  readonly producer: string
  readonly originalName: string
  readonly kind: 'original' | 'working copy'
  /** The SHA-256 the custody log holds; the bundle is not finished when the bytes come to another. */
  readonly digest: Sha256
  readonly bytes: number
  /** When it arrived, in UTC to the millisecond. */
  readonly arrivedAt: string
  readonly open: () => AsyncIterable<Uint8Array>
}

/** What was left out, by category, and why: the schedule of unused material. */
export type NotIncluded = { readonly what: string; readonly count: number | null; readonly because: string }

/** Everything a bundle is made from. Two equal inputs make two bundles with the same bytes. */
export type BundleInput = {
  /** The folder around everything in the zip, and the reference of the bundle. */
  readonly reference: string
  readonly caseReference: string
  readonly clinicName: string
  /** "Police report", "Application for an order", "Solicitor", "Client's own copy". */
  readonly purpose: string
  /** When the bundle was made, in UTC to the millisecond. */
  readonly madeAt: string
  readonly requestedBy: BundlePerson & { readonly at: string }
  readonly approvedBy: BundlePerson & { readonly at: string }
  readonly keyFacts: readonly KeyFact[]
  readonly chronology: readonly ChronologyRow[]
  readonly exhibits: readonly BundleExhibit[]
  readonly notIncluded: readonly NotIncluded[]
  readonly custody: CustodyExcerpt
  /** The signed head of the log that the proofs lead to, and the key that signed it. */
  readonly checkpoint: string
  readonly clinicKey: VerifierKey
}
