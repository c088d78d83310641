import { sql } from 'kysely'
import type { Transaction } from '../platform/database.ts'
import { type Month, monthOf } from './months.ts'

/** One count: how many in a month, of a kind. */
export type MonthCount = { readonly month: Month; readonly kind: string; readonly count: number }

/** Referrals by the month they came in and by what became of them: opened, not-ours, waiting. */
export async function loadReferralCounts(
  transaction: Transaction,
  zone: string,
): Promise<readonly MonthCount[]> {
  const found = await sql<{ month: string; outcome: string; referrals: number }>`
    select month, outcome, referrals from unwatched.count_referrals(${zone})`.execute(transaction.tables())
  return found.rows.map(row => ({ month: monthOf(row.month), kind: row.outcome, count: row.referrals }))
}

/** Closed cases by the month they closed in and by how contact was. */
export async function loadClosingCounts(
  transaction: Transaction,
  zone: string,
): Promise<readonly MonthCount[]> {
  const found = await sql<{ month: string; outcome: string; cases: number }>`
    select month, outcome, cases from unwatched.count_closings(${zone})`.execute(transaction.tables())
  return found.rows.map(row => ({ month: monthOf(row.month), kind: row.outcome, count: row.cases }))
}

/** Days from a referral to its case, by the month the case was opened in. */
export async function loadWaitCounts(
  transaction: Transaction,
  zone: string,
): Promise<readonly { readonly month: Month; readonly days: number; readonly cases: number }[]> {
  const found = await sql<{ month: string; days: number; cases: number }>`
    select month, days, cases from unwatched.count_waits(${zone})`.execute(transaction.tables())
  return found.rows.map(row => ({ month: monthOf(row.month), days: row.days, cases: row.cases }))
}
