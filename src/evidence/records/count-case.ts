import type { ItemId } from '../../foundation/ids.ts'
import { type ComparedRecord, type Duplicate, findDuplicates } from '../duplicates.ts'
import { entryKeys } from './entry-keys.ts'
import type { LeafEntry } from './leaf.ts'
import type { Segment } from './segment.ts'
import { writeClock } from './stored-record.ts'

/** About so many records are compared at once. */
const comparedAtOnce = 50_000

const hourLength = 3_600_000

/** Numbers that grow with what is put into them. */
class Numbers {
  values = new Float64Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  at(index: number): number {
    return this.values[index] ?? 0
  }
}

/** Texts by numbers, in the order in which they came. */
class Names<Name extends string> {
  readonly list: Name[] = []
  readonly #known = new Map<Name, number>()

  numberOf(name: Name): number {
    let number = this.#known.get(name)
    if (number === undefined) {
      number = this.list.length
      this.list.push(name)
      this.#known.set(name, number)
    }
    return number
  }
}

/** Records of one item, kind and sender. */
export type CountedGroup = { readonly itemId: ItemId; readonly kind: string; readonly sender: string }

/** How many records a case has, those left out that tell again what another told. Weeks by the day number of their Monday. */
export type StoredTotals = {
  readonly weeks: readonly (readonly [number, number])[]
  /** By hour of the week, Monday at midnight first. */
  readonly hours: readonly (readonly [number, number])[]
  /** Without a known time. */
  readonly undated: number
}

/** What the overview of a case's records says. */
export type StoredOverview = {
  readonly all: StoredTotals
  readonly senders: readonly { readonly sender: string; readonly counted: number }[]
}

/** The same for each group. */
export type StoredGroups = readonly (CountedGroup & StoredTotals)[]

/** The hours of a month: the number of a group, the hour of the month, how many. */
export type StoredHours = readonly (readonly [number, number, number])[]

/**
 * Compares and counts all records of a case: each segment is looked at once, and of a record so much is held as four
 * numbers take.
 *
 * @param seeds two odd numbers below 2^32 that nobody outside knows, so that nobody makes two texts that count as one
 */
export class CaseCount {
  readonly #seeds: readonly [number, number]
  readonly #items = new Names<ItemId>()
  readonly #groups = new Names<string>()
  readonly #senders = new Names<string>()
  readonly #group = new Numbers()
  readonly #item = new Numbers()
  readonly #ordinal = new Numbers()
  readonly #local = new Numbers()
  readonly #instant = new Numbers()
  readonly #text = new Numbers()
  /** The sender, and whether the time is to the second. */
  readonly #sender = new Numbers()

  constructor(seeds: readonly [number, number]) {
    this.#seeds = seeds
  }

  add(segment: Segment): void {
    for (let at = 0; at < segment.count; at += 1) {
      const itemId = segment.itemIds[at]
      const shape = segment.shapes[segment.shapeOf[at] ?? 0]
      if (!itemId || !shape) continue
      const sender = segment.senders[segment.senderOf[at] ?? 0] ?? ''
      this.#group.push(this.#groups.numberOf(JSON.stringify([itemId, shape.kind, sender])))
      this.#item.push(this.#items.numberOf(itemId))
      this.#ordinal.push(segment.ordinals[at] ?? 0)
      this.#local.push(segment.locals[at] ?? Number.NaN)
      this.#instant.push(segment.instants[at] ?? Number.NaN)
      const body = segment.bodies[at] ?? ''
      const isCompared = body !== '' && !Number.isNaN(segment.locals[at] ?? Number.NaN)
      this.#text.push(isCompared ? this.#hash(body) : -1)
      this.#sender.push(this.#senders.numberOf(sender) * 2 + (shape.precision === 'second' ? 1 : 0))
    }
  }

  /** The items that hold anything. */
  get items(): readonly ItemId[] {
    return this.#items.list
  }

  /** @param arrived the items of the case in the order in which they arrived */
  findDuplicates(arrived: readonly ItemId[]): readonly Duplicate[] {
    if (this.#items.list.length < 2) return []
    const rank = new Map(arrived.map((itemId, index) => [itemId, index]))
    const rankOf = (index: number): number =>
      rank.get(this.#items.list[this.#item.at(index)] as ItemId) ?? arrived.length
    const order = Uint32Array.from({ length: this.#text.length }, (_, index) => index)
      .filter(index => this.#text.at(index) >= 0)
      .sort((one, other) => this.#text.at(one) - this.#text.at(other))
    const found: Duplicate[] = []
    let batch: number[] = []
    const compare = (): void => {
      batch.sort(
        (one, other) =>
          rankOf(one) - rankOf(other) ||
          this.#item.at(one) - this.#item.at(other) ||
          this.#ordinal.at(one) - this.#ordinal.at(other),
      )
      for (const each of findDuplicates(batch.map(index => this.#comparedAt(index)))) found.push(each)
      batch = []
    }
    let from = 0
    for (let to = 1; to <= order.length; to += 1) {
      const text = this.#text.at(order[from] ?? 0)
      if (to < order.length && this.#text.at(order[to] ?? 0) === text) continue
      const first = this.#item.at(order[from] ?? 0)
      let isShared = false
      for (let at = from + 1; at < to && !isShared; at += 1)
        isShared = this.#item.at(order[at] ?? 0) !== first
      if (isShared) for (let at = from; at < to; at += 1) batch.push(order[at] ?? 0)
      if (batch.length >= comparedAtOnce) compare()
      from = to
    }
    compare()
    return found
  }

  /** What the overlay of the case holds, in the order of its keys. */
  entries(duplicates: readonly Duplicate[]): readonly LeafEntry[] {
    const entries: LeafEntry[] = []
    const add = (key: string, value: unknown): void => {
      entries.push({ key, value: Buffer.from(JSON.stringify(value), 'utf8') })
    }
    const again = new Map<string, Duplicate['ref'][]>()
    for (const { ref, sameAs } of duplicates) {
      add(entryKeys.sameAs(ref.itemId, ref.ordinal), sameAs)
      const key = entryKeys.toldAgain(sameAs.itemId, sameAs.ordinal)
      again.set(key, [...(again.get(key) ?? []), ref])
    }
    for (const [key, refs] of again) add(key, refs)
    this.#addCounts(new Set(duplicates.map(({ ref }) => `${ref.itemId} ${ref.ordinal}`)), add)
    return entries.sort((one, other) => (one.key < other.key ? -1 : 1))
  }

  #addCounts(marked: ReadonlySet<string>, add: (key: string, value: unknown) => void): void {
    const all = new Totals()
    const groups = this.#groups.list.map(() => new Totals())
    const senders = new Map<string, number>()
    const months = new Map<string, Map<string, number>>()
    for (let index = 0; index < this.#group.length; index += 1) {
      if (
        marked.size > 0 &&
        marked.has(`${this.#items.list[this.#item.at(index)]} ${this.#ordinal.at(index)}`)
      )
        continue
      const local = this.#local.at(index)
      all.add(local)
      groups[this.#group.at(index)]?.add(local)
      const sender = this.#senders.list[Math.floor(this.#sender.at(index) / 2)] ?? ''
      if (sender !== '') senders.set(sender, (senders.get(sender) ?? 0) + 1)
      if (Number.isNaN(local)) continue
      const day = new Date(local)
      const month = day.toISOString().slice(0, 7)
      const hours = months.get(month) ?? new Map<string, number>()
      months.set(month, hours)
      const key = `${this.#group.at(index)} ${(day.getUTCDate() - 1) * 24 + day.getUTCHours()}`
      hours.set(key, (hours.get(key) ?? 0) + 1)
    }
    const busiest = [...senders].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    add(entryKeys.counts, {
      all: all.read(),
      senders: busiest.slice(0, 500).map(([sender, counted]) => ({ sender, counted })),
    } satisfies StoredOverview)
    add(
      entryKeys.groups,
      groups.map((totals, number) => {
        const [itemId, kind, sender] = JSON.parse(this.#groups.list[number] ?? '[]')
        return { itemId, kind, sender, ...totals.read() }
      }),
    )
    for (const [month, hours] of months)
      add(
        entryKeys.hours(month),
        [...hours].map(([key, counted]) => [...key.split(' ').map(Number), counted]),
      )
  }

  #comparedAt(index: number): ComparedRecord {
    const instant = this.#instant.at(index)
    const sender = this.#sender.at(index)
    return {
      ref: {
        itemId: this.#items.list[this.#item.at(index)] as ItemId,
        ordinal: this.#ordinal.at(index),
      },
      sender: String(Math.floor(sender / 2)),
      text: String(this.#text.at(index)),
      sentAt: Number.isNaN(instant) ? null : instant,
      sentLocal: writeClock(this.#local.at(index)),
      precision: sender % 2 === 1 ? 'second' : 'minute',
    }
  }

  /** 53 bits of a text, by two numbers that nobody outside knows. */
  #hash(text: string): number {
    let [one, other] = this.#seeds
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      one = Math.imul(one ^ code, 0x9e37_79b1)
      one ^= one >>> 15
      other = Math.imul(other ^ code, 0x85eb_ca77)
      other ^= other >>> 13
    }
    return ((one >>> 0) & 0x1f_ffff) * 2 ** 32 + (other >>> 0)
  }
}

/** Counts by week and by hour of the week. */
class Totals {
  readonly #weeks = new Map<number, number>()
  readonly #hours = new Map<number, number>()
  #undated = 0

  add(local: number): void {
    if (Number.isNaN(local)) {
      this.#undated += 1
      return
    }
    const hour = Math.floor(local / hourLength)
    const day = Math.floor(hour / 24)
    const weekday = (((day + 3) % 7) + 7) % 7
    const monday = day - weekday
    const ofWeek = weekday * 24 + (hour - day * 24)
    this.#weeks.set(monday, (this.#weeks.get(monday) ?? 0) + 1)
    this.#hours.set(ofWeek, (this.#hours.get(ofWeek) ?? 0) + 1)
  }

  read(): StoredTotals {
    const sorted = (counts: ReadonlyMap<number, number>) => [...counts].sort(([one], [other]) => one - other)
    return { weeks: sorted(this.#weeks), hours: sorted(this.#hours), undated: this.#undated }
  }
}
