import type { VerifierKey } from '../evidence/checkpoint-key.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { PreparedFile } from './prepared-file.ts'
import type { KeyFact } from './report-data.ts'

/** A person who did something to the bundle, as it is written into it. */
export type BundlePerson = { readonly name: string; readonly role: string; readonly agency: string }

/** An original is the bytes that arrived. A working copy was made from one, and says from which. */
export type ExhibitKind = 'original' | 'working-copy'

/** One exhibit as it goes in: its bytes are read once, while the bundle is written. */
export type BundleExhibit = {
  /** "ABC/1": given once and never changed. */
  readonly reference: string
  readonly producer: string
  readonly originalName: string
  readonly kind: ExhibitKind
  /** The SHA-256 of the bytes that go in; the bundle is not finished when they come to another. */
  readonly digest: Sha256
  /** For a working copy the SHA-256 of the original it was made from, which the custody log holds; null for an original. */
  readonly derivedFrom: Sha256 | null
  readonly bytes: number
  /** When it arrived, in UTC to the millisecond. */
  readonly arrivedAt: string
  readonly open: () => AsyncIterable<Uint8Array>
}

/** What was left out, by category, and why: the schedule of unused material. */
export type NotIncluded = { readonly what: string; readonly count: number | null; readonly because: string }

/** The chronology as it is in the bundle: a table of every row, and what is printed of it, in one part or several. */
export type BundleChronologyFiles = {
  readonly rows: number
  /** Every row, or only the incidents when every row would be more than anybody prints. */
  readonly printed: 'all' | 'incidents'
  readonly files: readonly PreparedFile[]
}

/** Everything a bundle is made from. Two equal inputs make two bundles with the same bytes. */
export type BundleInput = {
  /** The bundle as the custody log names it. */
  readonly bundleId: string
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
  readonly chronology: BundleChronologyFiles
  readonly exhibits: readonly BundleExhibit[]
  /** How many of the exhibits were not read, or not completely. What else is in them is in no row of the chronology. */
  readonly notRead: number
  readonly notIncluded: readonly NotIncluded[]
  readonly clinicKey: VerifierKey
}

/** The item of the custody log that an exhibit is, or was made from. */
export function itemOfExhibit(exhibit: Pick<BundleExhibit, 'digest' | 'derivedFrom'>): Sha256 {
  return exhibit.derivedFrom ?? exhibit.digest
}
