import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { KeptNotice } from './machine-notice.ts'

type NoticeTables = Pick<Tables, 'machine_notice'>

export async function loadNotices(transaction: Transaction): Promise<readonly KeptNotice[]> {
  const rows = await transaction
    .tables<NoticeTables>()
    .selectFrom('machine_notice')
    .select(['trouble', 'since', 'told_at'])
    .where('clinic_id', '=', transaction.actor.clinicId)
    .execute()
  return rows.map(row => ({ trouble: row.trouble, since: row.since, toldAt: row.told_at }))
}

/** Keeps these, and nothing else, as what was told. */
export async function replaceNotices(
  transaction: Transaction,
  notices: readonly KeptNotice[],
): Promise<void> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables<NoticeTables>()
  await tables.deleteFrom('machine_notice').where('clinic_id', '=', clinicId).execute()
  if (notices.length === 0) return
  await tables
    .insertInto('machine_notice')
    .values(
      notices.map(notice => ({
        clinic_id: clinicId,
        trouble: notice.trouble,
        since: notice.since,
        told_at: notice.toldAt,
      })),
    )
    .execute()
}
