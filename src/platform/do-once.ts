import { sql } from 'kysely'
import type { Transaction } from './database.ts'
import type { Tables } from './schema.ts'

type OnceTables = Pick<Tables, 'form_once'>

/**
 * Does the work of a form once, however often the form is sent: a second sending waits for the first and gets its
 * answer. `token` is the form's once value; null does the work without remembering it. The answer is kept as JSON,
 * so it holds references and codes, never what was typed.
 */
export async function doOnce<Answer>(
  transaction: Transaction,
  act: string,
  token: string | null,
  read: (kept: unknown) => Answer,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (token === null) return work()
  const name = `${act}:${token}`
  const { clinicId } = transaction.actor
  const tables = transaction.tables<OnceTables>()
  // Held until the transaction ends: of two at once, the second reads what the first has kept.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${clinicId} ${name}`}, 0))`.execute(tables)
  const kept = await tables
    .selectFrom('form_once')
    .select('answer')
    .where('clinic_id', '=', clinicId)
    .where('token', '=', name)
    .executeTakeFirst()
  if (kept) return read(JSON.parse(kept.answer))
  const answer = await work()
  await tables
    .insertInto('form_once')
    .values({ clinic_id: clinicId, token: name, at: transaction.now, answer: JSON.stringify(answer) })
    .execute()
  return answer
}
