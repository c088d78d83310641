import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import type { Row } from '../platform/schema.ts'
import type { ClientWord, Hearing, WordEnd } from './client-word.ts'

/** What the client says of one channel, with who wrote it down; null where the person looking may not see that name. */
export type ClientWordRow = ClientWord & { readonly by: string | null; readonly sealed: Buffer }

/**
 * What the client says of each channel, the newest where nobody has ended it; the case must be open for its contact.
 */
export async function loadClientWords(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, ClientWordRow>> {
  const found = await sql<
    Pick<Row<'client_word'>, 'channel_id' | 'at' | 'counts_until' | 'heard' | 'sealed'> & {
      by: string | null
    }
  >`select distinct on (w.channel_id) w.channel_id, w.at, w.counts_until, w.heard, p.name as by, w.sealed
     from unwatched.client_word w
     left join unwatched.person p on p.clinic_id = w.clinic_id and p.person_id = w.by_person
     where w.clinic_id = ${transaction.actor.clinicId} and w.case_id = ${caseId} and w.ended_at is null
     order by w.channel_id, w.word_id desc`.execute(transaction.tables())
  return new Map(
    found.rows.map(({ channel_id, at, counts_until, heard, by, sealed }) => [
      channel_id,
      { at, countsUntil: counts_until, heard, by, sealed },
    ]),
  )
}

export async function addClientWord(
  transaction: Transaction,
  caseId: CaseId,
  word: {
    readonly channelId: string
    readonly heard: Hearing
    readonly countsUntil: Date
    readonly sealed: Buffer
  },
): Promise<void> {
  const { actor } = transaction
  if (actor.kind !== 'person')
    throw new Fault('contact-needs-a-person', 'What a client says is written down by a person.')
  await sql`insert into unwatched.client_word (clinic_id, case_id, channel_id, heard, at, by_person, counts_until, sealed)
    values (${actor.clinicId}, ${caseId}, ${word.channelId}, ${word.heard}, ${transaction.now}, ${actor.personId},
            ${word.countsUntil}, ${word.sealed})`.execute(transaction.tables())
}

/**
 * Ends what the client said of one channel, or of all; returns those of which it still counted. The contact or the map
 * is open to change.
 */
export async function endClientWordRows(
  transaction: Transaction,
  caseId: CaseId,
  channelId: string | null,
  because: WordEnd,
): Promise<readonly string[]> {
  const found = await sql<{ channel_id: string }>`
    select unwatched.end_client_words(${caseId}, ${channelId}, ${because}) as channel_id`.execute(
    transaction.tables(),
  )
  return found.rows.map(row => row.channel_id).sort()
}
