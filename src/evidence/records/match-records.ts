import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { Lookup } from '../../foundation/blocks/leaf-reader.ts'
import { entryKeys } from './entry-keys.ts'
import type { OpenGeneration, PageReader } from './page-reader.ts'
import { addBits, allBits, type Bits, decodePostings, dropBits, keepBits, noBits } from './postings.ts'
import { beginningOf, isMeant, type SearchTerm } from './record-terms.ts'
import { keyOfSender } from './record-words.ts'
import type { StoredQuery } from './stored-query.ts'

/** The records of each generation that the words, senders, kinds and items of a query let through; null for all of them. */
export async function matchRecords(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  query: Omit<StoredQuery, 'times'>,
): Promise<readonly (Bits | null)[]> {
  // Nothing that must be there was looked for: then nothing is found.
  if (query.search?.all.length === 0) return generations.map(({ root }) => noBits(root.records))
  const { all, none } = listConditions(query)
  if (all.length + none.length === 0) return generations.map(() => null)
  const lookups = [...all, ...none].flatMap(each => each.lookups)
  const found = await reader.lookUp(generations.map(generation => ({ generation, lookups })))
  return generations.map(({ root }, index) => {
    const entries = found[index] ?? []
    const bits = allBits(root.records)
    for (const condition of all) keepBits(bits, bitsOf(condition, entries, root.records))
    for (const condition of none) dropBits(bits, bitsOf(condition, entries, root.records))
    return bits
  })
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

function bitsOf({ means }: Condition, entries: readonly LeafEntry[], records: number): Bits {
  const bits = noBits(records)
  const own = noBits(records)
  for (const { key, value } of entries) {
    if (!means(key)) continue
    own.fill(0)
    decodePostings(value, records, own)
    addBits(bits, own)
  }
  return bits
}
