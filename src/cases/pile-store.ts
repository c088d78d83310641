import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { CaseId, ClearingId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { FormCounts } from './flood.ts'
import type { PileChoice, PileClearing, PileForm, PileSource } from './pile.ts'

type PileTables = Pick<Tables, 'public_form' | 'pile_clearing' | 'referral' | 'person'>

const tablesOf = (transaction: Transaction) => transaction.tables<PileTables>()
const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId

/** The numbers, drawn at random, that forms from one address and from those near it have in the pile. */
export type PileGroups = { readonly source: Sha256; readonly network: Sha256 }

/** How many wait in the pile, in all and of these groups. */
export async function countPileOf(
  transaction: Transaction,
  { source, network }: PileGroups,
): Promise<Pick<FormCounts, 'pile' | 'pileOfSource' | 'pileOfNetwork'>> {
  const { rows } = await sql<Pick<FormCounts, 'pile' | 'pileOfSource' | 'pileOfNetwork'>>`select
      count(*)::int as pile,
      count(*) filter (where source = ${source})::int as "pileOfSource",
      count(*) filter (where network = ${network})::int as "pileOfNetwork"
    from unwatched.public_form
    where clinic_id = ${clinicOf(transaction)} and set_aside`.execute(tablesOf(transaction))
  return rows[0] ?? { pile: 0, pileOfSource: 0, pileOfNetwork: 0 }
}

/** Keeps that a form is in the pile. */
export async function addPublicForm(
  transaction: Transaction,
  form: PileGroups & { readonly caseId: CaseId; readonly danger: boolean },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('public_form')
    .values({
      clinic_id: clinicOf(transaction),
      case_id: form.caseId,
      at: transaction.now,
      source: form.source,
      network: form.network,
      set_aside: true,
      danger: form.danger,
      clearing_id: null,
    })
    .execute()
}

/**
 * A page of the pile. Those that ticked a sign of danger come first; among them, those from the network, then the
 * address, from which the fewest came. So anyone who has a network to choose addresses from comes after everybody else.
 */
export async function loadPileForms(
  transaction: Transaction,
  page: { readonly offset: number; readonly atMost: number },
): Promise<readonly PileForm[]> {
  const { rows } = await sql<PileForm>`select f.case_id as "caseId", r.reference, f.at, f.source, f.danger,
      count(*) over (partition by f.source)::int as "fromSource",
      count(*) over (partition by f.network)::int as "fromNetwork"
    from unwatched.public_form f join unwatched.referral r using (clinic_id, case_id)
    where f.clinic_id = ${clinicOf(transaction)} and f.set_aside
    order by f.danger desc, "fromNetwork", "fromSource", f.at, f.case_id
    limit ${page.atMost} offset ${page.offset}`.execute(tablesOf(transaction))
  return rows
}

/** From where the pile came, the most first. */
export async function loadPileSources(
  transaction: Transaction,
  atMost: number,
): Promise<readonly PileSource[]> {
  const { rows } = await sql<PileSource>`select source, min(network) as network, count(*)::int as forms,
      count(*) filter (where danger)::int as danger, min(at) as first, max(at) as last
    from unwatched.public_form where clinic_id = ${clinicOf(transaction)} and set_aside
    group by source order by forms desc, source limit ${atMost}`.execute(tablesOf(transaction))
  return rows
}

export async function countPile(
  transaction: Transaction,
): Promise<{ readonly forms: number; readonly danger: number; readonly sources: number }> {
  const { rows } = await sql<{
    forms: number
    danger: number
    sources: number
  }>`select count(*)::int as forms,
      count(*) filter (where danger)::int as danger, count(distinct source)::int as sources
    from unwatched.public_form where clinic_id = ${clinicOf(transaction)} and set_aside`.execute(
    tablesOf(transaction),
  )
  return rows[0] ?? { forms: 0, danger: 0, sources: 0 }
}

export async function loadChosen(
  transaction: Transaction,
  { forms, source, until }: PileChoice,
): Promise<readonly { readonly caseId: CaseId; readonly danger: boolean }[]> {
  let query = tablesOf(transaction)
    .selectFrom('public_form')
    .select(['case_id as caseId', 'danger'])
    .where('clinic_id', '=', clinicOf(transaction))
    .where('set_aside', '=', true)
    .where('at', '<=', until)
  if (forms)
    query = query.where(
      'case_id',
      'in',
      forms.length > 0 ? [...forms] : ['00000000-0000-0000-0000-000000000000' as CaseId],
    )
  else if (source) query = query.where('source', '=', source)
  else query = query.where('danger', '=', false)
  return query.orderBy('at').execute()
}

/** Takes forms out of the pile; `state` is what their referrals are from now on. Of one in triage no row is left. */
export async function takeFromPile(
  transaction: Transaction,
  caseIds: readonly CaseId[],
  state: 'waiting' | 'cleared',
  clearingId: ClearingId | null,
): Promise<void> {
  const tables = tablesOf(transaction)
  const ids = [...caseIds]
  if (clearingId === null)
    await tables
      .deleteFrom('public_form')
      .where('clinic_id', '=', clinicOf(transaction))
      .where('set_aside', '=', true)
      .where('case_id', 'in', ids)
      .execute()
  else
    await tables
      .updateTable('public_form')
      .set({ set_aside: false, clearing_id: clearingId })
      .where('clinic_id', '=', clinicOf(transaction))
      .where('case_id', 'in', ids)
      .execute()
  await tables
    .updateTable('referral')
    .set({ state })
    .where('clinic_id', '=', clinicOf(transaction))
    .where('case_id', 'in', ids)
    .where('state', '=', 'set-aside')
    .execute()
}

export async function addClearing(
  transaction: Transaction,
  clearing: {
    readonly clearingId: ClearingId
    readonly by: PersonId
    readonly reason: string
    readonly forms: number
  },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('pile_clearing')
    .values({
      clinic_id: clinicOf(transaction),
      clearing_id: clearing.clearingId,
      at: transaction.now,
      by_person: clearing.by,
      reason: clearing.reason,
      forms: clearing.forms,
      undone_at: null,
      undone_by: null,
    })
    .execute()
}

/** The clearings since an instant that were not brought back, the newest first. */
export async function loadClearings(transaction: Transaction, since: Date): Promise<readonly PileClearing[]> {
  return tablesOf(transaction)
    .selectFrom('pile_clearing as c')
    .innerJoin('person as p', join =>
      join.onRef('p.clinic_id', '=', 'c.clinic_id').onRef('p.person_id', '=', 'c.by_person'),
    )
    .select(['c.clearing_id as clearingId', 'c.at', 'p.name as by', 'c.reason', 'c.forms'])
    .where('c.clinic_id', '=', clinicOf(transaction))
    .where('c.at', '>', since)
    .where('c.undone_at', 'is', null)
    .orderBy('c.at', 'desc')
    .limit(50)
    .execute()
}

/** Puts what was cleared together back into the pile; false when there is no such clearing, or it was undone before. */
export async function undoClearingRow(
  transaction: Transaction,
  clearingId: ClearingId,
  by: PersonId,
  since: Date,
): Promise<boolean> {
  const tables = tablesOf(transaction)
  const undone = await tables
    .updateTable('pile_clearing')
    .set({ undone_at: transaction.now, undone_by: by })
    .where('clinic_id', '=', clinicOf(transaction))
    .where('clearing_id', '=', clearingId)
    .where('undone_at', 'is', null)
    .where('at', '>', since)
    .returning('clearing_id')
    .execute()
  if (undone.length === 0) return false
  await sql`update unwatched.referral set state = 'set-aside' where clinic_id = ${clinicOf(transaction)}
    and state = 'cleared' and case_id in (select case_id from unwatched.public_form
      where clinic_id = ${clinicOf(transaction)} and clearing_id = ${clearingId})`.execute(tables)
  await sql`update unwatched.public_form set set_aside = true, clearing_id = null
    where clinic_id = ${clinicOf(transaction)} and clearing_id = ${clearingId}`.execute(tables)
  return true
}
