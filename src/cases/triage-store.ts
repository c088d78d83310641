import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { FirstAccount } from './first-account.ts'
import type { Urgency } from './red-flags.ts'
import { keptAnswersSchema, keptDecisionSchema } from './referral.ts'
import { open } from './sealed-front-store.ts'
import type { CasesTables } from './tables.ts'
import type { StalkerType } from './triage.ts'
import type { TriageRevision } from './triage-revision.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<CasesTables>()

/** What was said before a case was created; null where nothing is kept that this version can read. */
export async function loadFirstAccountRow(
  transaction: Transaction,
  caseId: CaseId,
): Promise<FirstAccount | null> {
  const row = await tablesOf(transaction)
    .selectFrom('referral')
    .leftJoin('person', join =>
      join
        .onRef('person.clinic_id', '=', 'referral.clinic_id')
        .onRef('person.person_id', '=', 'referral.taken_by'),
    )
    .selectAll('referral')
    .select('person.name as taken_by_name')
    .where('referral.clinic_id', '=', transaction.actor.clinicId)
    .where('referral.case_id', '=', caseId)
    .executeTakeFirst()
  const answers = keptAnswersSchema.safeParse(row?.answers).data
  const decision = keptDecisionSchema.safeParse(row?.decision).data
  if (!row || !answers || !decision) return null
  const opened = (field: string, kept: string) => open(transaction, caseId, field, kept)
  return {
    reference: row.reference,
    receivedBy: row.received_by,
    receivedAt: row.received_at,
    takenBy: row.taken_by_name,
    clientName: opened('client-name', row.client_name),
    suspectName: opened('suspect-name', row.suspect_name),
    answers: {
      ...answers,
      words: opened('words', answers.words),
      howHeard: opened('how-heard', answers.howHeard),
    },
    decision: { ...decision, note: opened('decision-note', decision.note) },
  }
}

/** How type and urgency were settled, the newest first: so many, from before one of them on. */
export async function loadTriageRows(
  transaction: Transaction,
  caseId: CaseId,
  page: { readonly before: number | null; readonly atMost: number },
): Promise<readonly TriageRevision[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('triage')
    .leftJoin('person', join =>
      join
        .onRef('person.clinic_id', '=', 'triage.clinic_id')
        .onRef('person.person_id', '=', 'triage.by_person'),
    )
    .selectAll('triage')
    .select('person.name as by_name')
    .where('triage.clinic_id', '=', transaction.actor.clinicId)
    .where('triage.case_id', '=', caseId)
    .where('triage.triage_id', '<', page.before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('triage.triage_id', 'desc')
    .limit(page.atMost)
    .execute()
  return rows.map(row => ({
    triageId: Number(row.triage_id),
    at: row.at,
    by: row.by_name ?? '',
    type: row.stalker_type,
    typeReasons: row.type_reasons,
    urgency: row.urgency,
    urgencyReasons: row.urgency_reasons,
    note: open(transaction, caseId, 'triage-note', row.note),
  }))
}

/** What the caseload and the overview say of a case from now on. */
export async function changeCaseLine(
  transaction: Transaction,
  caseId: CaseId,
  line: { readonly type: StalkerType; readonly urgency: Urgency },
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('case_file')
    .set({ stalker_type: line.type, urgency: line.urgency })
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId }))
    .execute()
}
