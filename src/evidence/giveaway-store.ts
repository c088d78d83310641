import { sql } from 'kysely'
import { z } from 'zod'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import { type GiveawaySearch, giveawayKinds } from './giveaways/giveaway.ts'

const place = z.object({
  from: z.number(),
  to: z.number(),
  firstLine: z.number().nullable(),
  lastLine: z.number().nullable(),
  entry: z.string().nullable(),
})
const lookSchema = z.object({
  found: z.array(z.object({ kind: z.enum(giveawayKinds), count: z.number(), places: z.array(place) })),
  notLooked: z.array(z.object({ because: z.string(), place: place.nullable() })),
  notLookedCount: z.number(),
  pictures: z.number(),
  inName: z.boolean().default(false),
})

/** What looking through an item came to, and which details of the client it was looked through for. */
export type KeptSearch = { readonly look: GiveawaySearch; readonly searchedFor: string }

const fieldOf = (itemId: ItemId): string => `giveaways ${itemId}`
/** In bytes, before it is sealed. */
const leastLook = 2048

/** Keeps what a reading found, in place of what an earlier one did. */
export async function saveGiveaways(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  { look, searchedFor }: KeptSearch,
  seal: CaseSeal,
): Promise<void> {
  const sealed = sealValue(seal, fieldOf(itemId), look, leastLook)
  await sql`insert into unwatched.giveaway_search (clinic_id, case_id, item_id, at, searched_for, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, ${transaction.now}, ${searchedFor}, ${sealed})
    on conflict (clinic_id, case_id, item_id)
      do update set at = excluded.at, searched_for = excluded.searched_for, sealed = excluded.sealed`.execute(
    transaction.tables(),
  )
}

/** What was found in the items named; an item that nobody has looked through is not among them. */
export async function loadGiveaways(
  transaction: Transaction,
  caseId: CaseId,
  items: readonly ItemId[],
  seal: CaseSeal,
): Promise<ReadonlyMap<ItemId, KeptSearch>> {
  const found = await sql<Pick<Row<'giveaway_search'>, 'item_id' | 'searched_for' | 'sealed'>>`
    select item_id, searched_for, sealed from unwatched.giveaway_search
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = any (${items}::uuid[])`.execute(
    transaction.tables(),
  )
  return new Map(
    found.rows.map(row => {
      const look = lookSchema.parse(openValue(seal, fieldOf(row.item_id), row.sealed))
      return [row.item_id, { look, searchedFor: row.searched_for }]
    }),
  )
}
