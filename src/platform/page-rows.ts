import { type RawBuilder, sql } from 'kysely'
import { mostCounted, type PlaceInList, rowsOfPage } from '../foundation/page-of-list.ts'

/**
 * The rows of one page (`place`, `counted`, `id`) as a table to select from, of a query that gives uuids in the order of
 * the list: at most one more than are counted is read of it. The query says itself what comes after `place.after`.
 */
export function pageRows(idsInOrder: RawBuilder<unknown>, place: PlaceInList): RawBuilder<unknown> {
  const { skipped, atMost } = rowsOfPage(place)
  return sql`(select p.place, cardinality(l.ids) as counted, p.id
    from (select array(${idsInOrder} limit ${sql.lit(mostCounted + 1)}) as ids) l
    cross join lateral unwatched.page_of(l.ids, ${skipped}, ${atMost}) p)`
}
