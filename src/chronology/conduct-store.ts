import { sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'

export type SealedChoice = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly sealed: Buffer
}

/** The choices of a case, the newest first, no more than asked for. */
export async function loadSealedChoices(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<readonly SealedChoice[]> {
  const found = await sql<
    Pick<Row<'conduct_choice'>, 'revision' | 'at' | 'sealed'> & { name: string | null }
  >`
    select c.revision, c.at, p.name, c.sealed from unwatched.conduct_choice c
    left join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.by_person
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId}
    order by c.revision desc limit ${atMost}`.execute(transaction.tables())
  return found.rows.map(({ revision, at, name, sealed }) => ({ revision, at, byName: name ?? '', sealed }))
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
