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

/** A glance as it is found. */
export type FoundGlance = SealedGlance & {
  /** True where this transaction itself has taken it away. */
  readonly isEndedHere: boolean
}

/** The glances of the parts that this transaction has opened. */
export async function loadSealedGlances(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly FoundGlance[]> {
  const found = await sql<{ part: string; revision: number; sealed: Buffer | null; is_ended_here: boolean }>`
    select part, revision, sealed, is_ended_here from unwatched.glances_of(${caseId})`.execute(
    transaction.tables(),
  )
  return glanceParts.flatMap(part => {
    const row = found.rows.find(each => each.part === part)
    if (!row) return []
    const { revision, sealed, is_ended_here: isEndedHere } = row
    return [{ part, revision, sealed, isEndedHere }]
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
