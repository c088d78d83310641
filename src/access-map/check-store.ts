import { sql } from 'kysely'
import type { CaseId, DeviceCheckId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import type { CheckChange } from './device-check/check-change.ts'

/** One revision of one check, still sealed. */
export type CheckRow = {
  readonly checkId: DeviceCheckId
  readonly revision: number
  readonly thingId: string
  readonly at: Date
  readonly byName: string
  readonly change: CheckChange
  readonly sealed: Buffer
}

type RevisionOfCheck = Pick<Row<'device_check'>, 'check_id' | 'revision' | 'thing_id' | 'at' | 'sealed'> &
  Pick<Row<'person'>, 'name'> & { change: CheckChange }

const toCheckRow = (row: RevisionOfCheck): CheckRow => ({
  checkId: row.check_id,
  revision: row.revision,
  thingId: row.thing_id,
  at: row.at,
  byName: row.name,
  change: row.change,
  sealed: row.sealed,
})

/** The newest revision of every check of a thing, the newest check first. */
export async function loadChecksOf(
  transaction: Transaction,
  caseId: CaseId,
  thingId: string,
): Promise<readonly CheckRow[]> {
  const found = await sql<RevisionOfCheck>`
    select distinct on (c.check_id) c.check_id, c.revision, c.thing_id, c.at, p.name, c.change, c.sealed
    from unwatched.device_check c
    join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.by_person
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId} and c.thing_id = ${thingId}
    order by c.check_id desc, c.revision desc limit 500`.execute(transaction.tables())
  return found.rows.map(toCheckRow)
}

/** Every revision of one check, the newest first; empty when there is no such check. */
export async function loadCheckRevisions(
  transaction: Transaction,
  caseId: CaseId,
  checkId: DeviceCheckId,
): Promise<readonly CheckRow[]> {
  const found = await sql<RevisionOfCheck>`
    select c.check_id, c.revision, c.thing_id, c.at, p.name, c.change, c.sealed
    from unwatched.device_check c
    join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.by_person
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId} and c.check_id = ${checkId}
    order by c.revision desc limit 500`.execute(transaction.tables())
  return found.rows.map(toCheckRow)
}

/** The list that came in with a check, still sealed; null when there was none. */
export async function loadSealedList(
  transaction: Transaction,
  caseId: CaseId,
  checkId: DeviceCheckId,
): Promise<Buffer | null> {
  const found = await sql<Pick<Row<'device_check'>, 'sealed_list'>>`
    select c.sealed_list from unwatched.device_check c
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId} and c.check_id = ${checkId}
      and c.revision = 1`.execute(transaction.tables())
  return found.rows[0]?.sealed_list ?? null
}

export async function addCheckRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: {
    readonly checkId: DeviceCheckId
    readonly revision: number
    readonly thingId: string
    readonly change: CheckChange
    readonly sealed: Buffer
    readonly sealedList: Buffer | null
  },
): Promise<void> {
  await sql`insert into unwatched.device_check
      (clinic_id, case_id, check_id, revision, thing_id, at, by_person, change, sealed, sealed_list)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.checkId}, ${row.revision}, ${row.thingId},
            ${transaction.now}, ${by}, ${row.change}, ${row.sealed}, ${row.sealedList})`.execute(
    transaction.tables(),
  )
}
