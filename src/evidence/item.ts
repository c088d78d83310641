import type { Sha256 } from '../foundation/digest.ts'
import type { ArrivalId, ItemId } from '../foundation/ids.ts'
import type { Account, Answers, Question } from './importers/importer.ts'

/** One thing that was brought: bytes that never change, known by their digest and by their exhibit reference. */
export type Item = {
  readonly itemId: ItemId
  /** `ABC/1`: the producer's initials and a running number; never changes once issued. */
  readonly exhibitRef: string
  readonly sha256: Sha256
  readonly size: number
  /** Decided by content, never by name. */
  readonly mediaType: string
  readonly kind: ItemKind
  readonly blobId: string
  readonly receivedAt: Date
}

export const itemKinds = ['text', 'archive', 'image', 'video', 'sound', 'document', 'other'] as const
export type ItemKind = (typeof itemKinds)[number]

/** One time the bytes of an item came in. The same bytes arriving twice are one item with two arrivals. */
export type Arrival = {
  readonly arrivalId: ArrivalId
  readonly itemId: ItemId
  readonly arrivedAt: Date
  readonly receivedByName: string | null
  /** The producer's initials. */
  readonly broughtBy: string
  readonly howObtained: string
  /** The name the sender gave the file: data, never a path. */
  readonly originalName: string
  /** The receipt as it was given. */
  readonly receipt: string
}

export type ReadingState = 'waiting' | 'reading' | 'asking' | 'done' | 'failed'

/** What an importer made of an item, or what keeps it from being read. */
export type Reading = {
  readonly state: ReadingState
  readonly format: string
  readonly dialect: string
  /** Null until the item has been read to its end. */
  readonly account: Account | null
  /** Why the last attempt did not finish: the code of the fault. */
  readonly failure: string | null
  readonly questions: readonly Question[]
  readonly answers: Answers
  readonly endedAt: Date | null
}

/** An item as the list of a case shows it. */
export type ListedItem = {
  readonly item: Item
  readonly originalName: string
  readonly arrivals: number
  /** There is a picture of it that can be looked at. */
  readonly hasPicture: boolean
  readonly reading: Reading | null
}

/** What evidence needs to know of the case it lies in. */
export type CaseContext = { readonly clientName: string; readonly zone: string; readonly reference: string }

/** The largest file one upload may carry: a whole phone backup, and no more than a disk can be asked to hold. */
export const largestFile = 4 * 1024 ** 3

/** A picture made again from the pixels of an original, sealed like everything of its case. */
export type WorkingCopy = {
  readonly blobId: string
  readonly sha256: Sha256
  readonly size: number
  readonly mediaType: string
}
