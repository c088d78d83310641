import { sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { makeNameSieve, type NameCandidate } from './conflict.ts'
import { open } from './sealed-front-store.ts'
import type { CasesTables } from './tables.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<CasesTables>()

/** How many files are opened at a time: the program does other work in between. */
const atOnce = 1000

/**
 * Everybody whose name may be like one of these: from other files that were opened by somebody, and all of staff. Every
 * name is opened for it and compared here: nothing that could be compared is kept (S8). Only a coordinator who may see
 * this referral before it is a case learns of other files.
 */
export async function loadNameCandidates(
  transaction: Transaction,
  caseId: CaseId,
  names: readonly string[],
): Promise<readonly NameCandidate[]> {
  const isNear = makeNameSieve(names)
  const found: NameCandidate[] = []
  const staff: NameCandidate[] = []
  let after: CaseId | null = null
  for (;;) {
    const rows = await loadNamesToCompare(transaction, caseId, after)
    for (const row of rows) {
      if (row.case_id === null) {
        staff.push({ kind: 'staff', caseId: null, personId: row.person_id, name: row.name })
        continue
      }
      for (const kind of ['client', 'suspect'] as const) {
        const name = open(transaction, row.case_id, `${kind}-name`, row[`${kind}_name`])
        if (isNear(name)) found.push({ kind, caseId: row.case_id, personId: null, name })
      }
    }
    const files: readonly CaseId[] = rows.flatMap(row => row.case_id ?? [])
    if (files.length < atOnce) return [...found, ...staff]
    after = files.at(-1) ?? null
  }
}

const beforeEveryFile = '00000000-0000-0000-0000-000000000000'

type NameRow =
  | { readonly case_id: CaseId; readonly client_name: string; readonly suspect_name: string }
  | { readonly case_id: null; readonly person_id: PersonId; readonly name: string }

/** Sealed names of files, so many of them after one in the order of their ids; with the first of them come all of staff. */
async function loadNamesToCompare(
  transaction: Transaction,
  caseId: CaseId,
  after: CaseId | null,
): Promise<readonly NameRow[]> {
  const staff = sql`union all select null, null, null, p.person_id, p.name from unwatched.person p
      where p.clinic_id = ${transaction.actor.clinicId}`
  const { rows } = await sql<NameRow>`
    select f.case_id, f.client_name, f.suspect_name, null::uuid as person_id, null::text as name
    from unwatched.names_to_compare(${caseId}, ${after ?? beforeEveryFile}, ${atOnce}) f
    ${after === null ? staff : sql``} order by case_id`.execute(tablesOf(transaction))
  return rows
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
