import { createHash, randomUUID } from 'node:crypto'
import { withCase } from '../../src/audit/operations/access-case.ts'
import { everyRecord } from '../../src/chronology/record-query.ts'
import type { AppFact, RecordKind, WrittenByApp } from '../../src/evidence/importers/importer.ts'
import { loadKept, lockKept, saveKept } from '../../src/evidence/kept-store.ts'
import { lineKindOf } from '../../src/evidence/line-kind.ts'
import { withRecords } from '../../src/evidence/operations/open-records.ts'
import { writeRecords } from '../../src/evidence/operations/write-records.ts'
import { readClock, type StoredRecord } from '../../src/evidence/records/stored-record.ts'
import { arrivalPart, emptyReading, itemPart, readingPart } from '../../src/evidence/sealed-item.ts'
import { type ArrivalId, type CaseId, type ItemId, makeId } from '../../src/foundation/ids.ts'
import { type CaseSeal, makeCaseSeal } from '../../src/platform/case-seal.ts'
import type { Actor } from '../../src/platform/database.ts'
import { unwrapCaseKey } from '../../src/platform/keys.ts'
import { sealValue } from '../../src/platform/seal-value.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

export type TestRecord = {
  readonly local: string | null
  readonly sender: string
  readonly text: string
  readonly kind?: string
  readonly precision?: string
  readonly sentAt?: string
  readonly zone?: string
  /** Left out: the record was read before anybody asked whose words it holds. */
  readonly writtenByApp?: WrittenByApp
  readonly fact?: AppFact
}

/** An item that was read, with these records in its order. Written past the program, for tests of what stands on it. */
export async function addTestItem(
  world: TestClinic,
  caseId: CaseId,
  exhibitRef: string,
  records: readonly TestRecord[],
  options: { readonly format?: string } = {},
): Promise<ItemId> {
  const { clinicId, clock } = world.clinic
  const itemId = randomUUID() as ItemId
  await asOwner(world.ownerUrl, async client => {
    await client.query('begin')
    const seal = await ownSeal(world, caseId)
    const sha256 = createHash('sha256').update(itemId).digest('hex')
    const item = itemPart(itemId)
    const content = { sha256, size: 1, mediaType: 'text/plain', kind: 'text', exhibitRef }
    await client.query(
      `insert into unwatched.item (clinic_id, case_id, item_id, file_fingerprint, reference_fingerprint, sealed, blob_id,
         received_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        clinicId,
        caseId,
        itemId,
        seal.fingerprintOf('file', sha256),
        seal.fingerprintOf('reference', exhibitRef),
        sealValue(seal, item.field, content, item.least),
        itemId,
        clock.now(),
      ],
    )
    const arrivalId = makeId<ArrivalId>(clock.now())
    const arrival = arrivalPart(arrivalId)
    const arrived = {
      broughtBy: 'TC',
      howObtained: 'made for a test',
      originalName: 'made.txt',
      receipt: '{"size":1}',
    }
    await client.query(
      `insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, log_size, sealed)
       values ($1, $2, $3, $4, now(), 1, $5)`,
      [clinicId, caseId, arrivalId, itemId, sealValue(seal, arrival.field, arrived, arrival.least)],
    )
    const reading = readingPart(itemId)
    const read = { ...emptyReading, format: options.format ?? 'whatsapp' }
    await client.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, sealed, ended_at) values ($1, $2, $3, 'done', $4, now())`,
      [clinicId, caseId, itemId, sealValue(seal, reading.field, read, reading.least)],
    )
    await client.query('commit')
  })
  await keepTestRecords(world, caseId, itemId, records)
  return itemId
}

/** Puts these records in place of what an earlier reading said of an item. */
export async function keepTestRecords(
  world: TestClinic,
  caseId: CaseId,
  itemId: ItemId,
  records: readonly TestRecord[],
): Promise<void> {
  await writeRecords(world.clinic, readingTask(world), caseId, itemId, {
    read: async (transaction, add) => {
      for (const [ordinal, record] of records.entries()) await add(toTestRecord(record, itemId, ordinal))
      return loadKept(transaction, caseId, itemId)
    },
    keep: async (transaction, before, revision) => {
      const derived = {
        records: records.length,
        bytes: records.reduce((sum, each) => sum + each.text.length, 0),
      }
      const locked = await lockKept(transaction, caseId, before)
      await saveKept(transaction, caseId, itemId, locked, derived, revision)
    },
  })
}

const readingTask = (world: TestClinic): Actor => ({
  kind: 'task',
  clinicId: world.clinic.clinicId,
  task: 'job-read-item',
})

function toTestRecord(record: TestRecord, itemId: ItemId, ordinal: number): StoredRecord {
  const writtenByApp = record.writtenByApp
  return {
    itemId,
    ordinal,
    local: record.local === null ? null : readClock(record.local),
    sentAt: record.sentAt === undefined ? null : Date.parse(record.sentAt),
    shape: {
      kind: lineKindOf({
        kind: (record.kind ?? 'message') as RecordKind,
        writtenByApp: writtenByApp ?? null,
      }),
      zone: record.zone ?? null,
      zoneHow: record.zone === undefined ? 'unknown' : 'stated',
      precision: record.precision ?? 'minute',
      marks: [],
      ...(writtenByApp ? { writtenByApp } : {}),
      ...(record.fact ? { fact: record.fact } : {}),
    },
    sender: record.sender,
    body: record.text,
    raw: null,
    sentAsWritten: '',
    place: {
      from: ordinal * 10,
      to: ordinal * 10 + 10,
      firstLine: ordinal + 1,
      lastLine: ordinal + 1,
      entry: null,
    },
    rest: {},
  }
}

/** What the store keeps of one item, or of a whole case, by number. */
export async function storedRecords(
  world: TestClinic,
  caseId: CaseId,
  itemId: ItemId | null = null,
): Promise<readonly StoredRecord[]> {
  const look = { caseId, part: 'chronology', mode: 'read' } as const
  const found = await withCase(world.clinic.database, readingTask(world), look, transaction =>
    withRecords(transaction, caseId, records =>
      records.find(
        { ...everyRecord, items: itemId === null ? null : [itemId] },
        { order: 'oldest', after: null, atMost: 10_000_000, mostText: 1e12, mostBlocks: 1e9 },
      ),
    ),
  )
  return [...(found?.records ?? [])].sort((one, other) => one.ordinal - other.ordinal)
}

/** The seal of a case, past the program, for tests that look at what lies in the tables. */
export async function ownSeal(world: TestClinic, caseId: CaseId): Promise<CaseSeal> {
  const { clinicId, key } = world.clinic
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ wrapped: Buffer }>('select wrapped from unwatched.file_key where case_id = $1', [caseId]),
  )
  const wrapped = found.rows[0]?.wrapped
  if (!wrapped) throw new Error('the case has no key')
  return makeCaseSeal(clinicId, caseId, unwrapCaseKey(key, clinicId, caseId, wrapped))
}
