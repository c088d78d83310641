import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
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
  let after = '00000000-0000-0000-0000-000000000000' as CaseId
  for (;;) {
    const { rows } = await sql<{ case_id: CaseId; client_name: string; suspect_name: string }>`
      select case_id, client_name, suspect_name from unwatched.names_to_compare(${caseId}, ${after}, ${atOnce})`.execute(
      tablesOf(transaction),
    )
    for (const row of rows) {
      for (const kind of ['client', 'suspect'] as const) {
        const name = open(transaction, row.case_id, `${kind}-name`, row[`${kind}_name`])
        if (isNear(name)) found.push({ kind, caseId: row.case_id, personId: null, name })
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return [...found, ...(await loadStaffCandidates(transaction))]
    after = last.case_id
  }
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
