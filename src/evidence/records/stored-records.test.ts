import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeStored, openInMemory, openMergedInMemory } from '../../../test/support/stored-in-memory.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { countStored, findByRef, findStretch, type StoredStretch } from './find-stored.ts'
import { isFound, readSearch } from './record-terms.ts'
import { compareIn, isWithin, type StoredOrder, type StoredQuery } from './stored-query.ts'
import { compareKeys, type RecordShape, type StoredRecord, type TimelineKey } from './stored-record.ts'

const items = ['a', 'b', 'c'].map(letter => `${letter.repeat(8)}-0000-4000-8000-000000000000` as ItemId)
const words = [
  'stalk',
  'stalked',
  'Stalking',
  'tele',
  'telephone',
  'telling',
  'Straße',
  'café',
  '警察',
  '👁️',
  'привет',
  "don't",
]

const text = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map(each => each.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)
const clock = fc.option(
  fc.oneof(
    fc.constantFrom(...[0, 1000, 60_000, 61_000, -5_000_000_000_000, 4_102_444_800_000]),
    fc.integer({ min: 0, max: 4_000_000_000 }).map(second => second * 1000),
    fc.integer({ min: 0, max: 4_000_000_000_000 }),
  ),
)
const shape = fc
  .record({
    kind: fc.constantFrom('message', 'call', 'image', 'unsettled'),
    zone: fc.option(fc.constantFrom('Europe/London', 'UTC')),
    zoneHow: fc.constantFrom('stated', 'unknown'),
    precision: fc.constantFrom('minute', 'second', 'none'),
    marks: fc.subarray(['edited', 'deleted']),
    fact: fc.option(fc.constantFrom('blocked', 'call')),
  })
  .map((each): RecordShape => each)
const stored: fc.Arbitrary<StoredRecord> = fc.record({
  itemId: fc.constantFrom(...items),
  ordinal: fc.integer({ min: 0, max: 999_999_999 }),
  local: clock,
  sentAt: clock,
  shape,
  sender: fc.constantFrom('', 'Rob', 'Linda', 'R\u0001b'),
  body: text,
  raw: fc.option(text),
  sentAsWritten: fc.constantFrom('', '24/12/2025, 18:00', '24/12/2025, 18:01'),
  place: fc.record({
    from: fc.nat(),
    to: fc.nat(),
    firstLine: fc.option(fc.nat()),
    lastLine: fc.option(fc.nat()),
    entry: fc.option(fc.constantFrom('', 'chat.txt')),
  }),
  rest: fc.oneof(
    fc.constant({}),
    fc.record({ reason: text, attachments: fc.constant([{ name: 'IMG_1.jpg', entry: null }]) }),
  ),
})

/** Records as a case has them: no two of one item under one number. */
const stored1 = fc.uniqueArray(stored, { maxLength: 80, selector: each => `${each.itemId} ${each.ordinal}` })

const inOrder = (records: readonly StoredRecord[], order: StoredOrder = 'oldest') =>
  [...records].sort(compareIn(order))
const everything = {
  atMost: 1_000_000,
  mostText: 1e12,
  mostBlocks: 1e9,
  after: null,
  order: 'oldest',
} as const
const every: StoredQuery = { kinds: null, senders: null, items: null, fact: null, search: null, times: 'any' }

/** Some records in each of a few generations. */
const split = (records: readonly StoredRecord[], parts: number) =>
  Array.from({ length: parts }, (_, part) => records.filter((_, index) => index % parts === part))

/** As they were written, or written together as one. */
const opening = fc.constantFrom(openInMemory, openMergedInMemory)

test('what is written is read back, to the last character, in the order of the timeline and from any number of generations', async () => {
  await fc.assert(
    fc.asyncProperty(stored1, fc.integer({ min: 1, max: 4 }), opening, async (records, parts, open) => {
      const { reader, generations } = await open(split(records, parts))
      const { records: found, until } = await findStretch(reader, generations, every, everything)
      expect(found).toEqual(inOrder(records))
      expect(until).toBeNull()
    }),
    { numRuns: 60 },
  )
})

test('a search finds what looking through every record finds, page after page, from either end, and counts it', async () => {
  const typed = fc.constantFrom(
    'stalk',
    '"stalk"',
    'tele*',
    'stalk -telephone',
    '"stalked stalking"',
    '警察',
    'ПРИВЕТ',
    'don’t',
    'cafe',
  )
  const often = <Value>(value: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, value)
  const query = fc.record({
    kinds: often(fc.subarray(['message', 'call'], { minLength: 1 })),
    senders: often(fc.subarray(['Rob', 'Linda'], { minLength: 1 })),
    items: often(fc.subarray(items, { minLength: 1 })),
    fact: often(fc.constantFrom('any', 'call')),
    search: often(typed.map(readSearch)),
    times: fc.oneof(
      { weight: 3, arbitrary: fc.constant('any' as const) },
      fc.constant({ known: false } as const),
      fc.record({ known: fc.constant(true as const), from: clock, until: clock }),
    ),
  })
  const passes = (record: StoredRecord, asked: StoredQuery): boolean =>
    (asked.kinds?.includes(record.shape.kind) ?? true) &&
    (asked.senders?.includes(record.sender) ?? true) &&
    (asked.items?.includes(record.itemId) ?? true) &&
    (asked.fact === null ||
      (asked.fact === 'any' ? !!record.shape.fact : record.shape.fact === asked.fact)) &&
    (asked.search === null ||
      isFound(
        asked.search,
        [record.sender, record.body, ...(record.rest.attachments ?? []).map(each => each.name)].join(' '),
      )) &&
    isWithin(asked.times, record.local)
  let hits = 0
  await fc.assert(
    fc.asyncProperty(
      stored1,
      query,
      fc.constantFrom('oldest', 'newest'),
      fc.integer({ min: 1, max: 20 }),
      opening,
      async (records, asked, order, atMost, open) => {
        const { reader, generations } = await open(split(records, 3))
        const expected = inOrder(
          records.filter(each => passes(each, asked)),
          order,
        )
        hits += expected.length
        const met: StoredRecord[] = []
        let after: TimelineKey | null = null
        for (;;) {
          const page = await findStretch(reader, generations, asked, { ...everything, order, after, atMost })
          met.push(...page.records)
          const last = page.records.at(-1)
          after = page.until ?? (page.records.length === atMost && last ? last : null)
          if (!after) break
        }
        expect(met).toEqual(expected)
        expect(await countStored(reader, generations, asked, 1e9)).toEqual({
          count: expected.length,
          isAll: true,
        })
      },
    ),
    { numRuns: 150, seed: 20260302 },
  )
  expect(hits).toBeGreaterThan(150)
})

test('a record is found by its item and number, wherever its clock puts it', async () => {
  await fc.assert(
    fc.asyncProperty(stored1, fc.array(fc.nat()), opening, async (records, picked, open) => {
      const { reader, generations } = await open(split(records, 2))
      const refs = picked.flatMap(index => records[index % Math.max(1, records.length)] ?? [])
      const absent = { itemId: items[0] as ItemId, ordinal: 1_000_000_000 }
      const found = await findByRef(reader, generations, [...refs, absent])
      expect(found).toEqual(inOrder([...new Set(refs)]))
    }),
    { numRuns: 60 },
  )
})

test('ten thousand messages fill many segments and leaves, a long one runs through several blocks, and a page opens few', async () => {
  const chance = makeChance(7)
  const records = Array.from({ length: 10_000 }, (_, ordinal) =>
    makeStored(chance, items[0] as ItemId, ordinal),
  )
  const long = {
    ...makeStored(chance, items[1] as ItemId, 0),
    local: 0,
    body: Array.from({ length: 15_000 }, (_, index) => `w${index}`).join(' '),
  }
  const { reader, generations, fetched } = await openInMemory([[...records, long]])
  const all = inOrder([...records, long])
  const first = await findStretch(reader, generations, every, {
    ...everything,
    atMost: 51,
    after: records[0] ?? null,
  })
  expect(first.records).toEqual(
    all.filter(each => compareKeys(each, records[0] as StoredRecord) > 0).slice(0, 51),
  )
  expect(fetched().length).toBeLessThan(6)
  const rare = { ...every, search: readSearch('w14999') }
  expect((await findStretch(reader, generations, rare, everything)).records).toEqual([long])
  const [ref] = await findByRef(reader, generations, [{ itemId: items[0] as ItemId, ordinal: 7777 }])
  expect(ref).toEqual(records[7777])
  // Less than half of what a message would take alone.
  const bytes = generations.length * 4000 * fetched('all').length
  expect(bytes / all.length).toBeLessThan(75)
})

test('a page of long texts ends early and goes on where it ended', async () => {
  const long = Array.from({ length: 9 }, (_, ordinal) => ({
    ...makeStored(makeChance(ordinal), items[0] as ItemId, ordinal),
    body: `m${ordinal} ${'answer me now '.repeat(5000)}`,
  }))
  const { reader, generations } = await openInMemory([long])
  const met: StoredRecord[] = []
  let after: TimelineKey | null = null
  let pages = 0
  do {
    const page: Awaited<ReturnType<typeof findStretch>> = await findStretch(reader, generations, every, {
      ...everything,
      after,
      mostText: 200_000,
    })
    met.push(...page.records)
    after = page.until
    pages += 1
  } while (after && pages < 20)
  expect(pages).toBeGreaterThan(2)
  expect(met).toEqual(inOrder(long))
})

/** A chat of so many messages by two people, of which some are brought again as another item, in generations of both. */
function makeGenerations(messages: number): readonly (readonly StoredRecord[])[] {
  const chance = makeChance(11)
  const chat = Array.from({ length: messages }, (_, ordinal) => ({
    ...makeStored(chance, items[0] as ItemId, ordinal),
    ...(ordinal % 997 === 5 ? { body: `zebrafish ${ordinal}` } : {}),
  }))
  const again = chat
    .filter((_, index) => index % 3 === 0)
    .map((each, ordinal) => ({ ...each, itemId: items[1] as ItemId, ordinal }))
  const half = Math.floor(messages / 2)
  return [chat.slice(0, half), chat.slice(half), again]
}

const asked = {
  'first page': every,
  'jump to a date': { ...every, times: { known: true, from: Date.UTC(2024, 0, 2), until: null } },
  'common word': { ...every, search: readSearch('umbrella') },
  'two common words': { ...every, search: readSearch('umbrella school') },
  'common word without another': { ...every, search: readSearch('umbrella -school') },
  'rare word': { ...every, search: readSearch('zebrafish') },
  'rare and common word': { ...every, search: readSearch('zebrafish umbrella') },
  'absent word': { ...every, search: readSearch('xylograph') },
  'half word': { ...every, search: readSearch('umb*') },
  phrase: { ...every, search: readSearch('"green umbrella"') },
  'sender and kind': { ...every, senders: ['Sam'], kinds: ['message'] },
  'one item': { ...every, items: [items[1] as ItemId] },
} satisfies Readonly<Record<string, StoredQuery>>

test('generations that were merged answer as they did before, and lists too long for a leaf are read in parts', async () => {
  const parts = makeGenerations(24_000)
  const before = await openInMemory(parts)
  const merged = await openMergedInMemory(parts)
  for (const [name, query] of Object.entries(asked))
    for (const order of ['oldest', 'newest'] as const) {
      let after: TimelineKey | null = null
      for (let page = 0; page < 3; page += 1) {
        const stretch: StoredStretch = { ...everything, order, after, atMost: 51 }
        const [one, other] = [
          await findStretch(before.reader, before.generations, query, stretch),
          await findStretch(merged.reader, merged.generations, query, stretch),
        ]
        expect(other.records, `${name}, ${order} first`).toEqual(one.records)
        after = one.records.at(-1) ?? after
      }
      expect(await countStored(merged.reader, merged.generations, query, 1e9), name).toEqual(
        await countStored(before.reader, before.generations, query, 1e9),
      )
    }
})

test('a page of a large case that was merged takes hardly more blocks than one of a small case, and no more steps than it may', async () => {
  const [small, large] = [
    await openMergedInMemory(makeGenerations(3000)),
    await openMergedInMemory(makeGenerations(40_000)),
  ]
  const look = async (of: typeof small, query: StoredQuery) => {
    const { reader, generations, fetched, steps } = await of.again()
    await findStretch(reader, generations, query, { ...everything, atMost: 51 })
    return { blocks: fetched().length, steps: steps() }
  }
  const mostSteps = {
    'first page': 2,
    'jump to a date': 2,
    'common word': 4,
    'two common words': 4,
    'absent word': 2,
    'half word': 4,
    'sender and kind': 4,
  } as const
  for (const name of Object.keys(mostSteps) as (keyof typeof mostSteps)[]) {
    const [few, many] = [await look(small, asked[name]), await look(large, asked[name])]
    expect(many.blocks, name).toBeLessThanOrEqual(few.blocks + 3)
    expect(many.steps, name).toBeLessThanOrEqual(mostSteps[name])
  }
})
