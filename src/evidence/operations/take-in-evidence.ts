import type { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import { type ArrivalId, type CaseId, type ItemId, makeId } from '../../foundation/ids.ts'
import { type BlobDraft, openBlobStore } from '../../platform/blobs.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { unwrapCaseKey } from '../../platform/keys.ts'
import { clinicSigner } from '../clinic-signer.ts'
import { lockHead } from '../custody-store.ts'
import { findNextReference, parseProducer } from '../exhibit-reference.ts'
import type { Answers } from '../importers/importer.ts'
import { takeIn } from '../intake-stream.ts'
import { type Item, largestFile } from '../item.ts'
import { findKind, sniffText } from '../media-type.ts'
import { type Receipt, writeReceipt } from '../receipt.ts'
import type { SealedFor } from '../seal.ts'
import { storableText } from '../storable-text.ts'
import {
  addArrival,
  addItem,
  addReading,
  findItem,
  findReferences,
  loadArrivals,
  loadWrappedKey,
} from '../store.ts'
import { askForReading } from './answer-question.ts'
import { appendCustody } from './append-custody.ts'
import { askForSafeCopy } from './ask-for-safe-copy.ts'

/** One file as somebody hands it over. */
export type Brought = {
  /** The name the sender gave it: data, never a path. */
  readonly name: string
  /** The initials of who brought it, which its exhibit reference begins with. */
  readonly broughtBy: string
  readonly howObtained: string
  readonly body: Readable | AsyncIterable<Uint8Array>
  /** Tells one sending of a form from another: the same token with the same bytes is the same arrival. */
  readonly formToken?: string
  /** What is known on arrival about how to read it, such as the zone of the phone. */
  readonly answers?: Answers
}

/** The receipt of one file: given only after everything it says is kept. */
export type TakenIn = {
  readonly kind: 'taken-in'
  readonly arrivalId: ArrivalId
  readonly itemId: ItemId
  readonly exhibitRef: string
  readonly sha256: Sha256
  readonly size: number
  /** False when the case held the same bytes already: then this is one more arrival of that item. */
  readonly isNew: boolean
  /** As `unwatched verify --receipt` reads it. */
  readonly receipt: string
}

export type NotTakenIn = {
  readonly kind: 'refused'
  readonly because: 'empty' | 'too-large' | 'broken-off' | 'no-producer' | 'not-in-sight'
}

type Bytes = Pick<Item, 'sha256' | 'size' | 'blobId' | 'mediaType'> & { readonly draft: BlobDraft }

/**
 * Takes one file in: measured, digested and sealed in one pass, then in one transaction the item (or, for bytes the
 * case holds already, only the arrival), the lines of custody under a signed head, the act, and the asking for the job
 * that reads it. The sealed file is on the disk before that transaction ends, and the receipt is answered after all
 * of it is kept. What is refused leaves nothing.
 */
export async function takeInEvidence(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  brought: Brought,
): Promise<TakenIn | NotTakenIn> {
  const producer = parseProducer(brought.broughtBy)
  if (!producer) return { kind: 'refused', because: 'no-producer' }
  const look = { caseId, part: 'evidence', mode: 'write' } as const
  const wrapped = await withCase(clinic.database, actor, look, transaction =>
    loadWrappedKey(transaction, caseId).then(key => ({ key })),
  )
  if (!wrapped) return { kind: 'refused', because: 'not-in-sight' }
  if (!wrapped.key) throw new Fault('case-key-missing', 'A case has no key to seal its evidence with.')
  const { clinicId } = clinic
  const owner = { clinicId, caseId, caseKey: unwrapCaseKey(clinic.key, clinicId, caseId, wrapped.key) }
  const bytes = await writeBytes(clinic, owner, brought.body)
  if ('because' in bytes) return bytes
  try {
    const taken = await withCase(clinic.database, actor, look, transaction =>
      recordArrival(clinic, transaction, caseId, { ...brought, broughtBy: producer }, bytes),
    )
    return taken ?? { kind: 'refused', because: 'not-in-sight' }
  } finally {
    await bytes.draft.discard()
  }
}

async function writeBytes(
  clinic: Clinic,
  owner: SealedFor,
  body: AsyncIterable<Uint8Array>,
): Promise<Bytes | NotTakenIn> {
  const intake = await takeIn(body, { blobs: openBlobStore(clinic.blobFolder), owner, limit: largestFile })
  if (!intake.taken) return { kind: 'refused', because: intake.reason }
  const { sha256, size, blobId, head, draft } = intake
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const mediaType = found && found.mime !== 'application/xml' ? found.mime : sniffText(head)
  return { sha256, size, blobId, mediaType, draft }
}

async function recordArrival(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  brought: Brought,
  bytes: Bytes,
): Promise<TakenIn> {
  // From here to the end of the transaction nobody else takes in for this case, so the same bytes cannot become two
  // items nor two items one reference.
  await lockHead(transaction, caseId)
  const known = await findItem(transaction, caseId, { sha256: bytes.sha256 })
  if (known && brought.formToken !== undefined) {
    const arrivals = await loadArrivals(transaction, caseId, {
      itemId: known.itemId,
      formToken: brought.formToken,
    })
    const [before] = arrivals
    if (before) return describe(known, before, false)
  }
  // The disk takes it while the database takes the rest.
  const keeping = known ? null : bytes.draft.keep()
  keeping?.catch(() => {}) // awaited at the end; until then it must not count as unhandled
  const item = known ?? (await makeItem(transaction, caseId, brought.broughtBy, bytes))
  const arrivalId = makeId<ArrivalId>(transaction.now)
  const originalName = storableText(brought.name).text
  const howObtained = storableText(brought.howObtained).text
  const custody = await appendCustody(clinic, transaction, caseId, [
    {
      act: known ? 'arrived-again' : 'arrived',
      item,
      detail: {
        exhibit: item.exhibitRef,
        name: originalName,
        size: bytes.size,
        broughtBy: brought.broughtBy,
        howObtained,
        answers: { ...brought.answers },
      },
    },
  ])
  const signer = clinicSigner(clinic.key, clinic.clinicId)
  const { checkpoint: head, size, at } = custody
  const receipt: Receipt = { item: item.sha256, at, size, head, clinicKey: signer }
  const arrival = {
    arrivalId,
    itemId: item.itemId,
    arrivedAt: transaction.now,
    broughtBy: brought.broughtBy,
    howObtained,
    originalName,
    receipt: writeReceipt(receipt, signer),
  }
  await addArrival(transaction, caseId, arrival, size, brought.formToken ?? null)
  await recordAct(transaction, {
    verb: 'evidence-taken-in',
    caseId,
    part: 'evidence',
    subject: item.itemId,
    detail: { arrival: arrivalId, isNew: known === null },
  })
  if (!known) {
    await addReading(transaction, caseId, item.itemId, brought.answers ?? {})
    await askForReading(transaction, caseId, item.itemId)
    if (item.kind === 'image') await askForSafeCopy(transaction, caseId, item.itemId)
  }
  await keeping
  return describe(item, arrival, known === null)
}

async function makeItem(
  transaction: Transaction,
  caseId: CaseId,
  producer: string,
  bytes: Bytes,
): Promise<Item> {
  const item: Item = {
    itemId: makeId<ItemId>(transaction.now),
    exhibitRef: await findNextReference(producer, asked => findReferences(transaction, caseId, asked)),
    sha256: bytes.sha256,
    size: bytes.size,
    mediaType: bytes.mediaType,
    kind: findKind(bytes.mediaType),
    blobId: bytes.blobId,
    receivedAt: transaction.now,
  }
  await addItem(transaction, caseId, item)
  return item
}

function describe(
  item: Item,
  arrival: { readonly arrivalId: ArrivalId; readonly receipt: string },
  isNew: boolean,
): TakenIn {
  const { itemId, exhibitRef, sha256, size } = item
  const { arrivalId, receipt } = arrival
  return { kind: 'taken-in', arrivalId, itemId, exhibitRef, sha256, size, isNew, receipt }
}
