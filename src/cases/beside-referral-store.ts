import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { type BarRow, readBarRow } from './bar-store.ts'
import type { FiledBar, FiledTriage } from './filed.ts'
import type { SealedFieldKind } from './referral.ts'
import { readTriageRow, type TriageRow } from './store.ts'

/** What lies beside a referral: its newest triage, who is barred from it, and which fields are sealed, not what is in them. */
export type BesideReferral = {
  readonly triage: Omit<FiledTriage, 'conflicts'> | null
  readonly bars: readonly FiledBar[]
  readonly sealed: readonly SealedFieldKind[]
}

/** All of it in one statement, as far as the person acting may see each. */
export async function loadBesideReferral(transaction: Transaction, caseId: CaseId): Promise<BesideReferral> {
  type BarInJson = Omit<BarRow, 'made_at' | 'lifted_at'> & { made_at: string; lifted_at: string | null }
  const of = sql`clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`
  const { rows } = await sql<{
    triage: TriageRow | null
    bars: BarInJson[] | null
    kinds: SealedFieldKind[]
  }>`
    select (select to_jsonb(t) from (select * from unwatched.triage where ${of} order by triage_id desc limit 1) t) as triage,
           (select jsonb_agg(to_jsonb(b) || jsonb_build_object('name', p.name) order by b.made_at)
            from (select * from unwatched.bar where ${of}) b
            join unwatched.person p on p.clinic_id = b.clinic_id and p.person_id = b.person_id) as bars,
           array(select kind from unwatched.sealed_field where ${of}) as kinds`.execute(transaction.tables())
  const [row] = rows
  return {
    triage: row?.triage ? readTriageRow(transaction, caseId, row.triage) : null,
    bars: (row?.bars ?? []).map(({ made_at, lifted_at, ...bar }) =>
      readBarRow(transaction, caseId, {
        ...bar,
        made_at: new Date(made_at),
        lifted_at: lifted_at === null ? null : new Date(lifted_at),
      }),
    ),
    sealed: row?.kinds ?? [],
  }
}
