import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { Lookup } from '../../foundation/blocks/leaf-reader.ts'
import type { SegmentsPlace } from './directory.ts'
import { entryKeys } from './entry-keys.ts'
import type { OpenGeneration, PageReader } from './page-reader.ts'
import {
  addBits,
  allBits,
  type Bits,
  countBits,
  countPostings,
  decodePart,
  decodePostings,
  dropBits,
  keepBits,
  noBits,
  type PostingsPart,
  partsOfPostings,
} from './postings.ts'
import { beginningOf, isMeant, type SearchTerm } from './record-terms.ts'
import { keyOfSender } from './record-words.ts'
import type { StoredQuery } from './stored-query.ts'

/** What the words, senders, kinds and items of a query let through of each generation; null for all of its records. */
export async function matchRecords(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  query: Omit<StoredQuery, 'times'>,
): Promise<readonly (Matched | null)[]> {
  // Nothing that must be there was looked for: then nothing is found.
  if (query.search?.all.length === 0)
    return generations.map(generation => new Matched(reader, generation, [nothing], []))
  const { all, none } = listConditions(query)
  if (all.length + none.length === 0) return generations.map(() => null)
  const lookups = [...all, ...none].flatMap(each => each.lookups)
  const found = await reader.lookUp(generations.map(generation => ({ generation, lookups })))
  return generations.map((generation, index) => {
    const listed = (condition: Condition): Listed =>
      listEntries(condition, found[index] ?? [], generation.root.records)
    return new Matched(reader, generation, all.map(listed), none.map(listed))
  })
}

/** The lists of records that fulfil a condition: one that stands in a leaf is here, of a longer one where its parts lie. */
type Listed = {
  /** How many records the lists name, each by itself. */
  readonly counts: readonly number[]
  readonly own: Bits | null
  readonly parts: readonly PostingsPart[]
}

const nothing: Listed = { counts: [], own: null, parts: [] }

function listEntries({ means }: Condition, entries: readonly LeafEntry[], records: number): Listed {
  const named = entries.filter(({ key }) => means(key))
  const parts: PostingsPart[] = []
  let own: Bits | null = null
  for (const { value } of named) {
    const cut = partsOfPostings(value, records)
    if (cut) parts.push(...cut)
    else {
      own ??= noBits(records)
      decodePostings(value, records, own)
    }
  }
  return { counts: named.map(({ value }) => countPostings(value)), own, parts }
}

/**
 * The records of one generation that fulfil all conditions and none of some others. Of long lists only those parts are read
 * of which it is asked, so that a page of a common word takes as little in a large case as in a small one.
 */
export class Matched {
  readonly bits: Bits
  readonly #reader: PageReader
  readonly #generation: OpenGeneration
  readonly #all: readonly Listed[]
  readonly #none: readonly Listed[]
  /** What those conditions that are known as a whole let through; null where there are none. */
  readonly #known: Bits | null
  readonly #read = new Map<PostingsPart, Buffer | null>()

  constructor(
    reader: PageReader,
    generation: OpenGeneration,
    all: readonly Listed[],
    none: readonly Listed[],
  ) {
    this.#reader = reader
    this.#generation = generation
    this.#all = all
    this.#none = none
    const { records } = generation.root
    const whole = all.filter(({ parts }) => parts.length === 0)
    const known = whole.length > 0 ? allBits(records) : null
    if (known) for (const { own } of whole) keepBits(known, own ?? noBits(records))
    this.#known = known
    this.bits = noBits(records)
    this.#combine()
  }

  /** How many records there are in all, where one list alone says so; null where lists have to be read for it. */
  get counted(): number | null {
    const [only, ...others] = this.#all
    return only && others.length + this.#none.length === 0 && only.counts.length <= 1
      ? (only.counts[0] ?? 0)
      : null
  }

  /** Of pages of the directory, in their order, the first that are expected to hold so many records. */
  choosePages(pages: readonly SegmentsPlace[], need: number): readonly SegmentsPlace[] {
    if (this.#missing(0, this.#generation.root.records).length === 0) return pages
    let expected = 0
    const until = pages.findIndex((page, index) => {
      // Much of the first may lie before what is asked for.
      expected += this.#expect(page) / (index === 0 ? 2 : 1)
      return expected >= need
    })
    return until < 0 ? pages : pages.slice(0, until + 1)
  }

  /** Whether something has to be read to know which of these records there are. */
  isMissing(from: number, until: number): boolean {
    return this.#missing(from, until).length > 0
  }

  /** Reads what is needed to know which of the records from `from` up to but without `until` there are: `bits` hold them then. */
  async load(from: number, until: number): Promise<void> {
    const missing = this.#missing(from, until)
    if (missing.length === 0) return
    const written = missing.filter(({ block }) => block !== null)
    const pages = await this.#reader.pages(
      this.#generation,
      written.map(({ block }) => ({ first: block ?? 0, blocks: 1 })),
    )
    for (const part of missing) this.#read.set(part, pages[written.indexOf(part)] ?? null)
    this.#combine()
  }

  /** Where what is known of the records already lets none through, nothing more is read. */
  #missing(from: number, until: number): readonly PostingsPart[] {
    return [...this.#all, ...this.#none].flatMap(({ parts }) =>
      parts.filter(
        part =>
          !this.#read.has(part) &&
          part.from < until &&
          part.until > from &&
          (!this.#known ||
            countBits(this.#known, Math.max(from, part.from), Math.min(until, part.until)) > 0),
      ),
    )
  }

  /** About how many there are in a page, were the conditions fulfilled by chance. */
  #expect({ recordsBefore, records }: SegmentsPlace): number {
    const until = recordsBefore + records
    let expected = this.#known ? countBits(this.#known, recordsBefore, until) : records
    for (const { parts } of this.#all) {
      if (parts.length === 0) continue
      const near = parts.filter(part => part.from < until && part.until > recordsBefore)
      const named = near.reduce((sum, part) => sum + part.count, 0)
      const among = near.reduce((sum, part) => sum + part.until - part.from, 0)
      // Where a condition has several lists, each has parts of its own over the same records.
      const lists = Math.max(
        1,
        near.filter(part => part.from <= recordsBefore && part.until > recordsBefore).length,
      )
      expected *= Math.min(1, (named * lists) / Math.max(1, among))
    }
    return expected
  }

  #combine(): void {
    const { records } = this.#generation.root
    this.bits.set(this.#known ?? allBits(records))
    for (const listed of this.#all) if (listed.parts.length > 0) keepBits(this.bits, this.#bitsOf(listed))
    for (const listed of this.#none) dropBits(this.bits, this.#bitsOf(listed))
  }

  #bitsOf({ own, parts }: Listed): Bits {
    const bits = noBits(this.#generation.root.records)
    if (own) addBits(bits, own)
    for (const part of parts) {
      const page = this.#read.get(part)
      if (page !== undefined) decodePart(part, page, bits)
    }
    return bits
  }
}

/** One thing that must be so, or must not: any of the entries that it means. */
type Condition = { readonly lookups: readonly Lookup[]; readonly means: (key: string) => boolean }

function listConditions({ kinds, senders, items, fact, search }: Omit<StoredQuery, 'times'>) {
  const anyOf = (keys: readonly string[]): Condition => ({
    lookups: keys.map(key => ({ by: 'key', key })),
    means: key => keys.includes(key),
  })
  const all: Condition[] = []
  if (kinds) all.push(anyOf(kinds.map(entryKeys.kind)))
  if (senders) all.push(anyOf(senders.map(sender => entryKeys.sender(keyOfSender(sender)))))
  if (items) all.push(anyOf(items.map(entryKeys.item)))
  if (fact !== null) all.push(anyOf([entryKeys.fact(fact)]))
  all.push(...(search?.all ?? []).map(toCondition))
  return { all, none: (search?.none ?? []).map(toCondition) }
}

function toCondition(term: SearchTerm): Condition {
  const beginning = entryKeys.word(beginningOf(term))
  return {
    lookups: [term.by === 'as-it-is' ? { by: 'key', key: beginning } : { by: 'beginning', key: beginning }],
    means: key => key.startsWith(beginning) && isMeant(term, key.slice(1)),
  }
}
