import { z } from 'zod'
import type { Sha256 } from '../foundation/digest.ts'
import type { ArrivalId, ItemId } from '../foundation/ids.ts'
import type { Account, Answers, Question } from './importers/importer.ts'
import { itemKinds } from './item.ts'
import { copyObstacles } from './pictures/safe-copy.ts'

/** Something that lies sealed in a row: what it is called, so that it opens nowhere else, and its least length in bytes. */
export type SealedPart = { readonly field: string; readonly least: number }

export const itemPart = (itemId: ItemId): SealedPart => ({ field: `item ${itemId}`, least: 512 })
export const arrivalPart = (arrivalId: ArrivalId): SealedPart => ({
  field: `arrival ${arrivalId}`,
  least: 4096,
})
export const readingPart = (itemId: ItemId): SealedPart => ({ field: `reading ${itemId}`, least: 4096 })
export const keptPart = (itemId: ItemId): SealedPart => ({ field: `kept ${itemId}`, least: 128 })
export const progressPart = (itemId: ItemId): SealedPart => ({ field: `progress ${itemId}`, least: 128 })
export const derivedOfCasePart: SealedPart = { field: 'derived-of-case', least: 128 }
export const workingCopyPart = (itemId: ItemId): SealedPart => ({
  field: `working-copy ${itemId}`,
  least: 512,
})
export const safeCopyPart = (itemId: ItemId, attempt: number): SealedPart => ({
  field: `safe-copy ${itemId} ${attempt}`,
  least: 32_768,
})
export const transcriptPart = (itemId: ItemId, revision: number): SealedPart => ({
  field: `transcript ${itemId} ${revision}`,
  least: 8192,
})
export const custodyLinePart = (sequence: number): SealedPart => ({
  field: `custody-line ${sequence}`,
  least: 2048,
})
export const custodyHeadPart: SealedPart = { field: 'custody-head', least: 4096 }

const digest = z.custom<Sha256>(value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
const count = z.int().min(0)

/** What of an item could tell somebody which file it is. */
export const itemContent = z.object({
  sha256: digest,
  size: count,
  mediaType: z.string(),
  kind: z.enum(itemKinds),
  exhibitRef: z.string(),
})

export const arrivalContent = z.object({
  broughtBy: z.string(),
  howObtained: z.string(),
  originalName: z.string(),
  receipt: z.string(),
})

export const workingCopyContent = itemContent.pick({
  sha256: true,
  size: true,
  mediaType: true,
})

const safeCopyNone = z.object({ kind: z.literal('none'), because: z.enum(copyObstacles) })
const safeCopyMade = z.object({
  kind: z.literal('made'),
  sha256: digest,
  size: count,
  mediaType: z.enum(['image/png', 'image/jpeg']),
  width: count,
  height: count,
  shownWidth: count,
  shownHeight: count,
  frames: count,
  isTurned: z.boolean(),
  isDamaged: z.boolean(),
  small: z.base64(),
})

/** What came of making a picture again, with the small picture of the list. */
export const safeCopyContent = z.discriminatedUnion('kind', [safeCopyMade, safeCopyNone])

/**
 * How much is kept of an item, in a case or in the clinic: records, and bytes of text in them. Of a case with the revision
 * of its records.
 */
export const derivedContent = z.object({ records: count, bytes: count, revision: count.optional() })

/** How far a reading has come. */
export const progressContent = z.object({ records: count, bytes: count.nullable(), of: count })

/** What an importer made of an item and asked about it, and what was answered. */
export type ReadingContent = {
  readonly format: string
  readonly dialect: string
  /** Null until the item has been read to its end. */
  readonly account: Account | null
  readonly questions: readonly Question[]
  readonly answers: Answers
}

export const emptyReading: ReadingContent = {
  format: '',
  dialect: '',
  account: null,
  questions: [],
  answers: {},
}

/** A reading as it was sealed. */
export function openReading(value: unknown): ReadingContent {
  return { ...emptyReading, ...(value as Partial<ReadingContent>) }
}

export const custodyLineContent = z.object({ line: z.string() })

export const custodyHeadContent = z.object({ size: count, state: z.json(), checkpoint: z.string() })
