import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { ClientWordRow } from './client-word-store.ts'
import type { SaidOfChannel } from './decide-channel-verdict.ts'
import type { PlanRow, VerdictRow } from './store.ts'

/** Everything that is known of reaching a client, sealed. */
export type SealedContact = {
  /** The newest safe contact plan; null when nothing has been agreed. */
  readonly plan: PlanRow | null
  readonly isSecondPhraseOpen: boolean
  /** What was said of each channel, by its name. */
  readonly said: ReadonlyMap<string, SaidOfChannel<VerdictRow, ClientWordRow>>
}

/** As the database hands them over: instants as text, bytes as base64. */
type InJson<Row> = {
  readonly [Name in keyof Row]: Row[Name] extends Buffer
    ? string
    : Row[Name] extends Date
      ? string
      : Row[Name]
}
type ContactRow = {
  revision: number | null
  at: Date
  by_name: string | null
  sealed: Buffer
  phrase_open: boolean | null
  verdicts:
    | readonly (InJson<Omit<VerdictRow, 'countsUntil'>> & { readonly countsUntil: string | null })[]
    | null
  words: readonly (InJson<ClientWordRow> & { readonly channelId: string })[] | null
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64')

/** All of it in one statement; the case must be open for its contact. */
export async function loadSealedContact(transaction: Transaction, caseId: CaseId): Promise<SealedContact> {
  const { rows } = await sql<ContactRow>`select * from unwatched.contact_of_case(${caseId})`.execute(
    transaction.tables(),
  )
  const [row] = rows
  if (!row) return { plan: null, isSecondPhraseOpen: true, said: new Map() }
  const said = new Map<string, { said: VerdictRow[]; client: ClientWordRow | null }>()
  const of = (channelId: string) => {
    const known = said.get(channelId) ?? { said: [], client: null }
    said.set(channelId, known)
    return known
  }
  for (const { at, sealed, countsUntil, ...verdict } of row.verdicts ?? [])
    of(verdict.channelId).said.push({
      ...verdict,
      at: new Date(at),
      sealed: bytesOf(sealed),
      countsUntil: countsUntil === null ? null : new Date(countsUntil),
    })
  for (const { channelId, heard, by, ...word } of row.words ?? [])
    of(channelId).client = {
      heard,
      by,
      at: new Date(word.at),
      countsUntil: new Date(word.countsUntil),
      sealed: bytesOf(word.sealed),
    }
  return {
    plan:
      row.revision === null
        ? null
        : { revision: row.revision, sealed: row.sealed, at: row.at, by: row.by_name },
    isSecondPhraseOpen: row.phrase_open ?? true,
    said,
  }
}
