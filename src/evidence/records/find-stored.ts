import { BlockReader, BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import { settleAll } from '../../foundation/settle-all.ts'
import type { SegmentPlace, SegmentsPlace } from './directory.ts'
import { entryKeys, readOrdinal } from './entry-keys.ts'
import { type Matched, matchRecords } from './match-records.ts'
import type { OpenGeneration, PageReader } from './page-reader.ts'
import { type Bits, countBits, hasBit } from './postings.ts'
import { makePhraseCheck } from './record-terms.ts'
import type { Segment } from './segment.ts'
import { compareIn, isWithin, mayBeWithin, type StoredOrder, type StoredQuery } from './stored-query.ts'
import type { StoredRecord, TimelineKey } from './stored-record.ts'

/** One stretch of the timeline: in which order, after what, how many, and how much text it may hold. */
export type StoredStretch = {
  readonly order: StoredOrder
  readonly after: TimelineKey | null
  readonly atMost: number
  /** Characters: the record that passes it is still there. */
  readonly mostText: number
  /** Blocks that are opened at most, before the stretch ends where it got. */
  readonly mostBlocks: number
}

/** What was found of a stretch. `until` is where it ends before it is as long as was asked for although more may follow. */
export type FoundStretch = { readonly records: readonly StoredRecord[]; readonly until: TimelineKey | null }

type Cut = SegmentPlace & {
  readonly generation: OpenGeneration
  readonly bits: Bits | null
  /** Its first record's place among those of the generation. */
  readonly from: number
  readonly hits: number
}

/** Blocks that are fetched in one step. */
const blocksAtOnce = 500

/** The records that a query lets through, a stretch of them. */
export async function findStretch(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  query: StoredQuery,
  stretch: StoredStretch,
): Promise<FoundStretch> {
  const matched = await matchRecords(reader, generations, query)
  const compare = compareIn(stretch.order)
  const found: StoredRecord[] = []
  let { after } = stretch
  const hasPhrases = query.search && query.search.phrases.length > 0 ? makePhraseCheck(query.search) : null
  let text = 0
  let opened = 0
  let ahead = 1
  let reach = 2
  for (;;) {
    const need = (stretch.atMost - found.length) * ahead
    // Where few of those that have the words have them side by side, more are fetched at once, so that it is asked seldom.
    if (hasPhrases) ahead *= 4
    const listed = await listCuts(reader, generations, matched, query, { ...stretch, after, need, reach })
    reach *= 4
    const { chosen, bound } = chooseCuts(listed, query, stretch.order, after, need)
    const read = await reader.segments(chosen.map(each => ({ generation: each.generation, place: each })))
    opened += chosen.reduce((sum, each) => sum + each.blocks, 0)
    const batch: { readonly key: TimelineKey; readonly segment: Segment; readonly at: number }[] = []
    for (const [index, cut] of chosen.entries()) {
      const segment = read[index]
      if (!segment || segment.count !== cut.records) throw new BrokenBlock('a segment is not what it was')
      for (let at = 0; at < segment.count; at += 1) {
        if (cut.bits && !hasBit(cut.bits, cut.from + at)) continue
        const key = keyIn(segment, at)
        if (!isWithin(query.times, key.local)) continue
        if (after && compare(key, after) <= 0) continue
        if (bound && compare(key, bound) > 0) continue
        batch.push({ key, segment, at })
      }
    }
    batch.sort((one, other) => compare(one.key, other.key))
    for (const { key, segment, at } of batch) {
      const body = segment.bodies[at] ?? ''
      if (hasPhrases && !hasPhrases(`${segment.senders[segment.senderOf[at] ?? 0] ?? ''} ${body}`)) continue
      const record = segment.recordAt(at)
      found.push(record)
      text += record.body.length
      if (found.length >= stretch.atMost) return { records: found, until: null }
      if (text >= stretch.mostText) return { records: found, until: key }
    }
    if (!bound) return { records: found, until: null }
    after = bound
    if (opened >= stretch.mostBlocks) return { records: found, until: after }
  }
}

const keyIn = (segment: Segment, at: number): TimelineKey => {
  const local = segment.locals[at] ?? Number.NaN
  return {
    local: Number.isNaN(local) ? null : local,
    itemId: segment.itemIds[at] ?? '',
    ordinal: segment.ordinals[at] ?? 0,
  }
}

const firstIn = (order: StoredOrder, place: SegmentPlace): TimelineKey =>
  order === 'oldest' ? place.firstKey : place.lastKey
const lastIn = (order: StoredOrder, place: SegmentPlace): TimelineKey =>
  order === 'oldest' ? place.lastKey : place.firstKey

/** Whether all that lies there is of the stretch and of the times chosen. */
const isWholeIn =
  ({ times }: StoredQuery, order: StoredOrder, after: TimelineKey | null) =>
  (place: SegmentPlace): boolean =>
    isWithin(times, place.firstKey.local) &&
    isWithin(times, place.lastKey.local) &&
    (!after || compareIn(order)(firstIn(order, place), after) > 0)

/** Segments in the order of their generations; `whole` is up to where they are all that there are, null to the end. */
type Listed = { readonly cuts: readonly Cut[]; readonly whole: TimelineKey | null }

/** What is looked for among segments: how many records, and how far beyond where so many are expected it is looked. */
type Wanted = StoredStretch & { readonly need: number; readonly reach: number }

/** The segments in which the next records can be: of each generation as many as hold enough. */
async function listCuts(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  matched: readonly (Matched | null)[],
  query: StoredQuery,
  { order, after, need, reach }: Wanted,
): Promise<Listed> {
  const compare = compareIn(order)
  const isLeft = (place: SegmentPlace): boolean =>
    mayBeWithin(query.times, place.firstKey, place.lastKey) &&
    (!after || compare(lastIn(order, place), after) > 0)
  const isWhole = isWholeIn(query, order, after)
  const left = generations.map(({ root }) => {
    const pages = root.segments.filter(isLeft)
    return order === 'oldest' ? pages : pages.reverse()
  })
  const near = left.map((pages, index) => matched[index]?.choosePages(pages, need * reach) ?? pages)
  await loadMatched(reader, generations, matched, near)
  let whole: TimelineKey | null = null
  const pages = generations.flatMap((generation, index) => {
    const bits = matched[index]?.bits ?? null
    let last: SegmentsPlace | null = null
    let isShort = (near[index]?.length ?? 0) < (left[index]?.length ?? 0)
    let sure = 0
    const listed = (near[index] ?? []).flatMap(place => {
      if (sure >= need) {
        isShort = true
        return []
      }
      last = place
      const hits = bits
        ? countBits(bits, place.recordsBefore, place.recordsBefore + place.records)
        : place.records
      if (hits === 0) return []
      // What a page begins with may lie before the stretch, or before the days chosen: only whole pages are sure.
      if (isWhole(place)) sure += hits
      return [{ generation, bits, place }]
    })
    const end = last && lastIn(order, last)
    if (isShort && end && (!whole || compare(end, whole) < 0)) whole = end
    return listed
  })
  const places = await reader.segmentPlaces(pages)
  const cuts = pages.flatMap(({ generation, bits, place }, index) => {
    let from = place.recordsBefore
    return (places[index] ?? []).flatMap(each => {
      const start = from
      from += each.records
      if (!isLeft(each)) return []
      const hits = bits ? countBits(bits, start, from) : each.records
      return hits === 0 ? [] : [{ ...each, generation, bits, from: start, hits }]
    })
  })
  return { cuts, whole }
}

/** So many pages of a directory are fetched before it is known which of them are needed. */
const mostPagesAhead = 2

/**
 * Reads of long lists what concerns these pages of the directories. Where something has to be read for it, the pages are read
 * beside it, as far as they are few.
 */
async function loadMatched(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  matched: readonly (Matched | null)[],
  near: readonly (readonly SegmentsPlace[])[],
): Promise<void> {
  const stretches = near.map((pages): readonly [number, number] => [
    Math.min(...pages.map(page => page.recordsBefore)),
    Math.max(...pages.map(page => page.recordsBefore + page.records)),
  ])
  const missing = matched.flatMap((match, index) => {
    const [from, until] = stretches[index] ?? [0, 0]
    return match?.isMissing(from, until) ? [{ match, from, until }] : []
  })
  if (missing.length === 0) return
  const pages = generations.flatMap((generation, index) => {
    const places = near[index] ?? []
    return places.length <= mostPagesAhead ? places.map(place => ({ generation, place })) : []
  })
  await settleAll([
    ...missing.map(({ match, from, until }) => match.load(from, until)),
    reader.segmentPlaces(pages).then(() => {}),
  ])
}

/**
 * Of these segments those that hold the next records of all generations, and up to where what they hold is all there
 * is; null where that is the end.
 */
function chooseCuts(
  { cuts, whole }: Listed,
  query: StoredQuery,
  order: StoredOrder,
  after: TimelineKey | null,
  need: number,
): { readonly chosen: readonly Cut[]; readonly bound: TimelineKey | null } {
  const compare = compareIn(order)
  const isWhole = isWholeIn(query, order, after)
  const byEnd = [...cuts].sort((one, other) => compare(lastIn(order, one), lastIn(order, other)))
  let sure = 0
  let blocks = 0
  let bound: TimelineKey | null = null
  for (const [index, cut] of byEnd.entries()) {
    if (isWhole(cut)) sure += cut.hits
    blocks += cut.blocks
    if (sure < need && blocks < blocksAtOnce) continue
    if (index < byEnd.length - 1) bound = lastIn(order, cut)
    break
  }
  const until = !bound || (whole && compare(whole, bound) < 0) ? whole : bound
  return { chosen: until ? cuts.filter(cut => compare(firstIn(order, cut), until) <= 0) : cuts, bound: until }
}

/** How many records a query lets through; `isAll` is false where not all of them could be looked at in so many blocks. */
export type StoredCount = { readonly count: number; readonly isAll: boolean }

/**
 * Counts exactly, from the leaves alone but for the two segments in which the days chosen begin and end. Words that must
 * stand side by side are compared in the records themselves, as far as `mostBlocks` go.
 */
export async function countStored(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  query: StoredQuery,
  mostBlocks: number,
): Promise<StoredCount> {
  if ((query.search?.phrases.length ?? 0) > 0) {
    const bounds = {
      order: 'oldest',
      after: null,
      atMost: 1_000_000,
      mostText: Number.MAX_SAFE_INTEGER,
    } as const
    const { records, until } = await findStretch(reader, generations, query, { ...bounds, mostBlocks })
    return { count: records.length, isAll: until === null && records.length < bounds.atMost }
  }
  const matched = await matchRecords(reader, generations, query)
  const ranges = await settleAll(generations.map(generation => rangeWithin(reader, generation, query)))
  const counts = await settleAll(
    ranges.map(async ([from, to], index) => {
      const match = matched[index]
      if (!match) return Math.max(0, to - from)
      if (query.times === 'any' && match.counted !== null) return match.counted
      await match.load(from, to)
      return countBits(match.bits, from, to)
    }),
  )
  return { count: counts.reduce((sum, each) => sum + each, 0), isAll: true }
}

/** The first record of a generation within the times of a query, and the first after them, by their places. */
async function rangeWithin(
  reader: PageReader,
  generation: OpenGeneration,
  { times }: StoredQuery,
): Promise<readonly [number, number]> {
  const { records, dated } = generation.root
  if (times === 'any') return [0, records]
  if (!times.known) return [dated, records]
  const from = times.from === null ? 0 : await placeOfTime(reader, generation, times.from)
  const to = times.until === null ? dated : await placeOfTime(reader, generation, times.until + 1)
  return [from, Math.max(from, to)]
}

/** The place of the first record at or after a time. */
async function placeOfTime(reader: PageReader, generation: OpenGeneration, time: number): Promise<number> {
  const { root } = generation
  const isBefore = ({ lastKey }: SegmentPlace): boolean => lastKey.local !== null && lastKey.local < time
  const page = root.segments.find(place => !isBefore(place))
  if (!page) return root.records
  const [places = []] = await reader.segmentPlaces([{ generation, place: page }])
  let place = page.recordsBefore
  for (const each of places) {
    if (!isBefore(each)) {
      if (each.firstKey.local === null || each.firstKey.local >= time) return place
      const [segment] = await reader.segments([{ generation, place: each }])
      const at = segment?.locals.findIndex(local => Number.isNaN(local) || local >= time) ?? 0
      return place + Math.max(0, at)
    }
    place += each.records
  }
  return place
}

/** Records by item and number, in the order of the timeline. Those that are not there are left out. */
export async function findByRef(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  refs: readonly Pick<StoredRecord, 'itemId' | 'ordinal'>[],
): Promise<readonly StoredRecord[]> {
  if (refs.length === 0) return []
  const lookups = refs.map(({ itemId, ordinal }) => ({
    by: 'last-up-to' as const,
    key: entryKeys.placeOf(itemId, ordinal),
  }))
  const [entries] = await settleAll([
    reader.lookUp(generations.map(generation => ({ generation, lookups }))),
    reader.fetchDirectories(generations),
  ])
  const wanted = generations.flatMap((generation, index) => {
    const numbers = new Set<number>()
    for (const { key, value } of entries[index] ?? [])
      for (const { itemId, ordinal } of refs)
        if (key.startsWith(entryKeys.placeOf(itemId, 0).slice(0, -10)) && readOrdinal(key) <= ordinal) {
          const segment = findRun(value, ordinal)
          if (segment !== null) numbers.add(segment)
        }
    return [...numbers].flatMap(number => {
      const page = generation.root.segments.findLast(each => each.segmentsBefore <= number)
      return page ? [{ generation, place: page, number: number - page.segmentsBefore }] : []
    })
  })
  const directories = await reader.segmentPlaces(wanted)
  const segments = await reader.segments(
    wanted.map(({ generation, number }, index) => {
      const place = directories[index]?.[number]
      if (!place) throw new BrokenBlock('a segment is named that is not there')
      return { generation, place }
    }),
  )
  const sought = new Set(refs.map(({ itemId, ordinal }) => `${itemId} ${ordinal}`))
  const found = segments.flatMap(segment =>
    segment.itemIds.flatMap((itemId, at) =>
      sought.has(`${itemId} ${segment.ordinals[at]}`) ? [segment.recordAt(at)] : [],
    ),
  )
  return found.sort(compareIn('oldest'))
}

/** The segment in which a number lies, of runs that are written one behind the other. */
function findRun(value: Buffer, ordinal: number): number | null {
  const reader = new BlockReader(value)
  while (reader.left > 0) {
    const start = reader.number()
    const length = reader.number()
    const segment = reader.number()
    if (ordinal >= start && ordinal < start + length) return segment
  }
  return null
}
