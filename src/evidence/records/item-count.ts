import type { ItemId } from '../../foundation/ids.ts'
import { entryKeys, readMonth } from './entry-keys.ts'

const hourLength = 3_600_000

/** Records of one item, kind and sender. */
export type CountedGroup = { readonly itemId: ItemId; readonly kind: string; readonly sender: string }

/** How many records there are, those left out that tell again what another told. Weeks by the day number of their Monday. */
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

/** The groups of one item. */
export type StoredGroups = readonly (Omit<CountedGroup, 'itemId'> & StoredTotals)[]

/** The hours of a month of one item: which of its groups, the hour of the month, how many. */
export type StoredHours = readonly (readonly [number, number, number])[]

const noTotals: StoredTotals = { weeks: [], hours: [], undated: 0 }

/** Counts by week and by hour of the week. */
class Totals {
  readonly #weeks: Map<number, number>
  readonly #hours: Map<number, number>
  #undated: number

  constructor({ weeks, hours, undated }: StoredTotals) {
    this.#weeks = new Map(weeks)
    this.#hours = new Map(hours)
    this.#undated = undated
  }

  /** @param local NaN where nobody knows */
  change(local: number, by: number): void {
    if (Number.isNaN(local)) {
      this.#undated += by
      return
    }
    const hour = Math.floor(local / hourLength)
    const day = Math.floor(hour / 24)
    const weekday = (((day + 3) % 7) + 7) % 7
    addTo(this.#weeks, day - weekday, by)
    addTo(this.#hours, weekday * 24 + (hour - day * 24), by)
  }

  changeAll({ weeks, hours, undated }: StoredTotals, sign: 1 | -1): void {
    for (const [at, counted] of weeks) addTo(this.#weeks, at, sign * counted)
    for (const [at, counted] of hours) addTo(this.#hours, at, sign * counted)
    this.#undated += sign * undated
  }

  read(): StoredTotals {
    const sorted = (counts: ReadonlyMap<number, number>) => [...counts].sort(([one], [other]) => one - other)
    return { weeks: sorted(this.#weeks), hours: sorted(this.#hours), undated: this.#undated }
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const now = (counts.get(key) ?? 0) + by
  if (now === 0) counts.delete(key)
  else counts.set(key, now)
}

/** What is kept under which key; null where nothing is any more. */
export type KeptValue = readonly [key: string, value: unknown]

/** Counts the records of one item, by kind, sender and hour. */
export class ItemCount {
  readonly #itemId: ItemId
  readonly #groups: { readonly kind: string; readonly sender: string; readonly totals: Totals }[] = []
  readonly #numbers = new Map<string, number>()
  readonly #months = new Map<string, Map<number, number>>()
  readonly #changed = new Set<string>()

  /** @param hours by month ("2026-03") */
  constructor(
    itemId: ItemId,
    groups: StoredGroups = [],
    hours: ReadonlyMap<string, StoredHours> = new Map(),
  ) {
    this.#itemId = itemId
    for (const group of groups) this.#addGroup(group.kind, group.sender, group)
    for (const [month, counts] of hours)
      this.#months.set(month, new Map(counts.map(([group, hour, counted]) => [group * 1000 + hour, counted])))
  }

  /** @param local NaN where nobody knows */
  change(kind: string, sender: string, local: number, by: 1 | -1): void {
    const number = this.#numbers.get(`${kind} ${sender}`) ?? this.#addGroup(kind, sender, noTotals)
    this.#groups[number]?.totals.change(local, by)
    if (Number.isNaN(local)) return
    const day = new Date(local)
    const month = day.toISOString().slice(0, 7)
    const hours = this.#months.get(month) ?? new Map<number, number>()
    this.#months.set(month, hours)
    this.#changed.add(month)
    addTo(hours, number * 1000 + (day.getUTCDate() - 1) * 24 + day.getUTCHours(), by)
  }

  get groups(): StoredGroups {
    return this.#groups.map(({ kind, sender, totals }) => ({ kind, sender, ...totals.read() }))
  }

  /** What is kept of it now: the groups, and the months that changed since it was opened. */
  entries(): readonly KeptValue[] {
    if (this.#groups.length === 0) return []
    return [
      [entryKeys.groups(this.#itemId), this.groups],
      ...[...this.#changed].map((month): KeptValue => {
        const counts = [...(this.#months.get(month) ?? [])].map(([at, counted]) => [
          Math.floor(at / 1000),
          at % 1000,
          counted,
        ])
        return [entryKeys.hours(this.#itemId, month), counts]
      }),
    ]
  }

  #addGroup(kind: string, sender: string, totals: StoredTotals): number {
    this.#numbers.set(`${kind} ${sender}`, this.#groups.length)
    return this.#groups.push({ kind, sender, totals: new Totals(totals) }) - 1
  }
}

/** An item's count as it was kept. */
export function openItemCount(itemId: ItemId, kept: ReadonlyMap<string, unknown>): ItemCount {
  const beginning = entryKeys.hours(itemId, '')
  const hours = [...kept].flatMap(([key, value]) =>
    key.startsWith(beginning) ? [[readMonth(key), value as StoredHours] as const] : [],
  )
  return new ItemCount(
    itemId,
    (kept.get(entryKeys.groups(itemId)) as StoredGroups | undefined) ?? [],
    new Map(hours),
  )
}

/** So many senders are offered to choose from: those with the most records. */
const sendersOffered = 500

/** Counts all records of a case. */
export class CaseTotals {
  readonly #all: Totals
  readonly #senders: Map<string, number>

  constructor(all: StoredTotals | undefined, senders: readonly (readonly [string, number])[]) {
    this.#all = new Totals(all ?? noTotals)
    this.#senders = new Map(senders)
  }

  change(sender: string, local: number, by: 1 | -1): void {
    this.#all.change(local, by)
    if (sender !== '') addTo(this.#senders, sender, by)
  }

  changeAll(groups: StoredGroups, sign: 1 | -1): void {
    for (const group of groups) {
      this.#all.changeAll(group, sign)
      const counted = group.weeks.reduce((sum, [, each]) => sum + each, group.undated)
      if (group.sender !== '') addTo(this.#senders, group.sender, sign * counted)
    }
  }

  entries(): readonly KeptValue[] {
    const busiest = [...this.#senders].sort(
      ([one, many], [other, more]) => more - many || (one < other ? -1 : 1),
    )
    const overview: StoredOverview = {
      all: this.#all.read(),
      senders: busiest.slice(0, sendersOffered).map(([sender, counted]) => ({ sender, counted })),
    }
    return [
      [entryKeys.counts, overview],
      [entryKeys.senders, busiest],
    ]
  }
}
