import { sql } from 'kysely'
import { caseParts } from '../foundation/case-part.ts'
import type { CaseId, ExceptionId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import { type BasisAnswers, basisAnswersSchema } from './basis-answers.ts'
import type { ExceptionChoice, ExceptionRequest } from './exception.ts'
import { open, seal } from './sealed-front-store.ts'
import type { ExceptionRow } from './tables.ts'

type ExceptionTables = Pick<Tables, 'exception_request'>
const tablesOf = (transaction: Transaction) => transaction.tables<ExceptionTables>()

export async function addExceptionRequest(
  transaction: Transaction,
  caseId: CaseId,
  requestId: ExceptionId,
  by: PersonId,
  choice: ExceptionChoice,
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('exception_request')
    .values({
      clinic_id: transaction.actor.clinicId,
      case_id: caseId,
      request_id: requestId,
      agency_id: choice.agencyId,
      parts: [...choice.parts],
      legal_basis: choice.legalBasis,
      basis_answers: seal(transaction, caseId, 'basis-answers', JSON.stringify(choice.grounds)),
      reason: seal(transaction, caseId, 'sharing-reason', choice.reason),
      is_told: choice.isTold,
      not_told_because: seal(transaction, caseId, 'not-told-because', choice.notToldBecause),
      until_time: choice.until,
      state: 'asked',
      asked_by: by,
      asked_at: transaction.now,
      decided_by: null,
      decided_at: null,
      note: '',
    })
    .execute()
}

/** The states of the requests of a case. */
export async function loadExceptionStates(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Pick<ExceptionRequest, 'state'>[]> {
  const found = await sql<Pick<ExceptionRequest, 'state'>>`
    select r.state from unwatched.exception_request r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`.execute(transaction.tables())
  return found.rows
}

function openGrounds(transaction: Transaction, caseId: CaseId, kept: string): BasisAnswers | null {
  return kept === ''
    ? null
    : basisAnswersSchema.parse(JSON.parse(open(transaction, caseId, 'basis-answers', kept)))
}

/** Every request of a case, the newest first, whatever became of it. */
export async function loadExceptionRequests(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly ExceptionRequest[]> {
  const found = await sql<ExceptionRow & { asked_by_name: string; decided_by_name: string | null }>`
    select r.*, a.name as asked_by_name, d.name as decided_by_name
    from unwatched.exception_request r
    join unwatched.person a on a.clinic_id = r.clinic_id and a.person_id = r.asked_by
    left join unwatched.person d on d.clinic_id = r.clinic_id and d.person_id = r.decided_by
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}
    order by r.asked_at desc, r.request_id desc`.execute(tablesOf(transaction))
  return found.rows.map(row => ({
    requestId: row.request_id,
    agencyId: row.agency_id,
    parts: caseParts.filter(part => row.parts.includes(part)),
    legalBasis: row.legal_basis,
    grounds: openGrounds(transaction, caseId, row.basis_answers),
    reason: open(transaction, caseId, 'sharing-reason', row.reason),
    isTold: row.is_told,
    notToldBecause: open(transaction, caseId, 'not-told-because', row.not_told_because),
    until: row.until_time,
    state: row.state,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    askedAt: row.asked_at,
    decidedBy: row.decided_by,
    decidedByName: row.decided_by_name,
    decidedAt: row.decided_at,
    note: open(transaction, caseId, 'sharing-note', row.note),
  }))
}

/** Keeps a decision; false when somebody has decided before. */
export async function saveExceptionDecision(
  transaction: Transaction,
  caseId: CaseId,
  requestId: ExceptionId,
  decision: {
    readonly state: 'approved' | 'refused' | 'withdrawn'
    readonly by: PersonId
    readonly note: string
  },
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('exception_request')
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: transaction.now,
      note: seal(transaction, caseId, 'sharing-note', decision.note),
    })
    .where(eb =>
      eb.and({
        clinic_id: transaction.actor.clinicId,
        case_id: caseId,
        request_id: requestId,
        state: 'asked',
      }),
    )
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
