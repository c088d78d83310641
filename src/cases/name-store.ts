import { sql } from 'kysely'
import type { BlockPlace } from '../foundation/blocks/leaf-reader.ts'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import type { NameCandidate } from './conflict.ts'
import type { FileNames } from './name-entries.ts'
import { open } from './sealed-front-store.ts'
import type { CasesTables } from './tables.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<CasesTables>()

type SealedNames = {
  readonly case_id: CaseId
  readonly client_name: string | null
  readonly suspect_name: string | null
}

/** The names of a file, opened; none of one that is gone. */
const openNames = (transaction: Transaction, row: SealedNames): FileNames => ({
  caseId: row.case_id,
  client: open(transaction, row.case_id, 'client-name', row.client_name ?? ''),
  suspect: open(transaction, row.case_id, 'suspect-name', row.suspect_name ?? ''),
})

const beforeEveryFile = '00000000-0000-0000-0000-000000000000'

/** What is read first to compare names. */
export type NameRoots = {
  /** Files whose names are not in the blocks as they are now: so many after one, in the order of their ids. */
  readonly changed: readonly FileNames[]
  readonly staff: readonly NameCandidate[]
  /** Which generations there are, sealed; null before any was written. */
  readonly root: Buffer | null
  /** The first block of each, sealed. */
  readonly firsts: ReadonlyMap<string, Buffer>
}

/**
 * What is read first to compare the names of a referral, all of one instant. Only a coordinator who may see this referral
 * before it is a case learns of other files. With the first of the changed files come all of staff.
 */
export async function loadNameRoots(
  transaction: Transaction,
  caseId: CaseId,
  after: CaseId | null,
  atMost: number,
): Promise<NameRoots> {
  type Found = Omit<SealedNames, 'case_id'> & {
    readonly case_id: CaseId | null
    readonly generation: string | null
    readonly body: Buffer | null
    readonly person_id: PersonId | null
    readonly name: string | null
  }
  const ofStaff = sql`union all select null, null, null, null, null, p.person_id, p.name from unwatched.person p
      where p.clinic_id = ${transaction.actor.clinicId}`
  const { rows } = await sql<Found>`
    select f.case_id, f.client_name, f.suspect_name, f.generation, f.body, null::uuid as person_id, null::text as name
    from unwatched.name_roots(${caseId}, ${after ?? beforeEveryFile}, ${atMost}) f
    ${after === null ? ofStaff : sql``} order by case_id`.execute(tablesOf(transaction))
  const changed: FileNames[] = []
  const staff: NameCandidate[] = []
  const firsts = new Map<string, Buffer>()
  let root: Buffer | null = null
  for (const { case_id, client_name, suspect_name, generation, body, person_id, name } of rows)
    if (case_id !== null) changed.push(openNames(transaction, { case_id, client_name, suspect_name }))
    else if (person_id !== null)
      staff.push({ kind: 'staff', caseId: null, personId: person_id, name: name ?? '' })
    else if (body && generation === null) root = body
    else if (body && generation !== null) firsts.set(generation, body)
  return { changed, staff, root, firsts }
}

/** Blocks of names as they lie sealed, by generation and number ("<generation> 12"); what is not there is left out. */
export async function loadNameBlocks(
  transaction: Transaction,
  caseId: CaseId,
  wanted: readonly BlockPlace[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = await sql<BlockRow>`
    select b.generation, b.number, b.body from unwatched.name_blocks(${caseId},
      ${wanted.map(each => each.generation)}::uuid[], ${wanted.map(each => each.number)}::integer[]) b`.execute(
    tablesOf(transaction),
  )
  return byPlace(found.rows)
}

type BlockRow = Pick<Row<'name_block'>, 'generation' | 'number' | 'body'>

const byPlace = (rows: readonly BlockRow[]): ReadonlyMap<string, Buffer> =>
  new Map(rows.map(row => [`${row.generation} ${row.number}`, row.body]))

/** The names of these files as they are now, for the check of one that is still a referral. */
export async function loadNamesOf(
  transaction: Transaction,
  caseId: CaseId,
  cases: readonly CaseId[],
): Promise<readonly FileNames[]> {
  const { rows } = await sql<SealedNames>`select f.case_id, f.client_name, f.suspect_name
    from unwatched.names_of_files(${caseId}, ${[...cases]}::uuid[]) f`.execute(tablesOf(transaction))
  return rows.map(row => openNames(transaction, row))
}

/** The names of every other file, so many after one in the order of their ids. */
export async function loadNamesToCompare(
  transaction: Transaction,
  caseId: CaseId,
  after: CaseId | null,
  atMost: number,
): Promise<readonly FileNames[]> {
  const { rows } = await sql<SealedNames>`select f.case_id, f.client_name, f.suspect_name
    from unwatched.names_to_compare(${caseId}, ${after ?? beforeEveryFile}, ${atMost}) f order by f.case_id`.execute(
    tablesOf(transaction),
  )
  return rows.map(row => openNames(transaction, row))
}

/** Every member of staff, as names to compare: they are few, and a misspelling must not slip by. */
export async function loadStaffCandidates(transaction: Transaction): Promise<readonly NameCandidate[]> {
  const found = await tablesOf(transaction)
    .selectFrom('person')
    .select(['person_id', 'name'])
    .where('clinic_id', '=', transaction.actor.clinicId)
    .execute()
  return found.map(row => ({ kind: 'staff', caseId: null, personId: row.person_id, name: row.name }))
}

/** Says that the names of a file were matched; false when it is not this person's to open, or was matched before. */
export async function markMatched(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('referral')
    .set({ is_matched: true })
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId, is_matched: false }))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
