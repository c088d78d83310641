import { sql } from 'kysely'
import { z } from 'zod'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import { transcriptPart } from './sealed-item.ts'
import { type Transcript, type TranscriptRevision, transcriptContent } from './transcript.ts'

const keptTranscript = z.object({ byName: z.string(), transcript: transcriptContent })

/** Everything that was ever typed off a picture, the newest first. The case must be open for its evidence. */
export async function loadTranscripts(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<readonly TranscriptRevision[]> {
  const { rows } = await sql<Pick<Row<'transcript'>, 'revision' | 'at' | 'sealed'>>`
    select t.revision, t.at, t.sealed from unwatched.transcript t
    where t.clinic_id = ${transaction.actor.clinicId} and t.case_id = ${caseId} and t.item_id = ${itemId}
    order by t.revision desc`.execute(transaction.tables())
  const seal = await caseSealOf(transaction, caseId)
  return rows.map(({ revision, at, sealed }) => {
    const kept = openValue(seal, transcriptPart(itemId, revision).field, sealed)
    return { revision, at, ...keptTranscript.parse(kept) }
  })
}

/** Keeps one more revision of what was typed; false when somebody else has kept that one. */
export async function addTranscript(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  revision: number,
  kept: { readonly byName: string; readonly transcript: Transcript },
): Promise<boolean> {
  const { actor } = transaction
  const { field, least } = transcriptPart(itemId, revision)
  const sealed = sealValue(await caseSealOf(transaction, caseId), field, kept, least)
  const by = actor.kind === 'person' ? actor.personId : null
  const added =
    await sql`insert into unwatched.transcript (clinic_id, case_id, item_id, revision, at, by_person, sealed)
    values (${actor.clinicId}, ${caseId}, ${itemId}, ${revision}, ${transaction.now}, ${by}, ${sealed})
    on conflict do nothing returning revision`.execute(transaction.tables())
  return added.rows.length > 0
}
