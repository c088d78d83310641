import { type RawBuilder, sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'

export type SealedChoice = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly sealed: Buffer
}

/** The choices of a case (`revision`, `at`, `by_name`, `sealed`), the newest first, no more than asked for. */
export const newestChoices = (
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): RawBuilder<unknown> => sql`
    select c.revision, c.at, coalesce(p.name, '') as by_name, c.sealed from unwatched.conduct_choice c
    left join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.by_person
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId}
    order by c.revision desc limit ${atMost}`

/** The choice that counts: the newest of a case; null where nobody has chosen. */
export async function loadSealedChoice(
  transaction: Transaction,
  caseId: CaseId,
): Promise<SealedChoice | null> {
  const found = await sql<Pick<Row<'conduct_choice'>, 'revision' | 'at' | 'sealed'> & { by_name: string }>`
    ${newestChoices(transaction, caseId, 1)}`.execute(transaction.tables())
  const [row] = found.rows
  return row ? { revision: row.revision, at: row.at, byName: row.by_name, sealed: row.sealed } : null
}

export async function addChoice(
  transaction: Transaction,
  caseId: CaseId,
  row: { readonly revision: number; readonly by: PersonId; readonly sealed: Buffer },
): Promise<void> {
  await sql`insert into unwatched.conduct_choice (clinic_id, case_id, revision, at, by_person, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${row.by}, ${row.sealed})`.execute(
    transaction.tables(),
  )
}
