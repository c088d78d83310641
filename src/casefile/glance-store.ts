import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { type GlancePart, glanceParts } from './glance.ts'

/** A glance as it lies; null for `sealed` where the part was changed since one was kept. */
export type SealedGlance = {
  readonly part: GlancePart
  readonly revision: number
  readonly sealed: Buffer | null
}

/** The glances of the parts that this transaction has opened. */
export async function loadSealedGlances(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly SealedGlance[]> {
  const found = await sql<{ part: string; revision: number; sealed: Buffer | null }>`
    select part, revision, sealed from unwatched.glances_of(${caseId})`.execute(transaction.tables())
  return glanceParts.flatMap(part => {
    const row = found.rows.find(each => each.part === part)
    return row ? [{ part, revision: row.revision, sealed: row.sealed }] : []
  })
}

/** Takes away the glances of what this transaction has changed, now and not first when it ends. */
export async function endGlancesNow(transaction: Transaction): Promise<void> {
  await sql`set constraints all immediate`.execute(transaction.tables())
}

/** Keeps glances, each only while its part is at the revision it was made of. */
export async function keepSealedGlances(
  transaction: Transaction,
  caseId: CaseId,
  glances: readonly SealedGlance[],
): Promise<void> {
  if (glances.length === 0) return
  await sql`select unwatched.keep_glances(${caseId}, ${glances.map(each => each.part)}::text[],
    ${glances.map(each => each.revision)}::bigint[], ${glances.map(each => each.sealed)}::bytea[])`.execute(
    transaction.tables(),
  )
}

/** Does work that leaves the rest of the transaction as it was where it fails. */
export async function orLeaveItBe(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  const tables = transaction.tables()
  await sql`savepoint glances`.execute(tables)
  try {
    await work()
    await sql`release savepoint glances`.execute(tables)
  } catch {
    await sql`rollback to savepoint glances`.execute(tables)
  }
}
