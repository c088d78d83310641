import {
  type ArchiveEntry,
  compareEntries,
  type EntryPlan,
  judgeEntries,
  type OpenedEntry,
  type RangeOf,
} from './archive.ts'
import { findDirectory, longestTail, readDirectory } from './archive-directory.ts'
import { openContent } from './archive-entry.ts'
import { readForward } from './archive-forward.ts'
import { decodeEntryName } from './archive-name.ts'
import { rescueEntries } from './archive-rescue.ts'
import type { EvidenceSource, ReadBudget } from './importers/importer.ts'

/** A stretch of the file that is no entry and no directory. */
export type Stray = {
  readonly from: number
  readonly to: number
  readonly where: 'before' | 'behind' | 'between'
}

export type Archive = {
  readonly entries: readonly OpenedEntry[]
  /** How many entries the archive says it has beyond those that were looked at. */
  readonly beyond: number
  /** Null when the directory is there and whole. */
  readonly rescue: { readonly cut: string | null; readonly gaveUp: boolean } | null
  readonly strays: readonly Stray[]
  readonly comment: string
  bytes(from: number, to: number): Promise<Buffer>
  close(): Promise<void>
}

/** A directory of more lines than this is read no further: what lies behind is counted by what it states. */
const mostLines = 2_000_000

/**
 * Opens a zip (zip64 too), whatever stands before or behind it. One that has lost its directory is opened entry by
 * entry. Never throws for anything the bytes contain.
 */
export async function openArchive(source: EvidenceSource, budget: ReadBudget): Promise<Archive> {
  const forward = readForward(source)
  const range: RangeOf = {
    size: source.size,
    stream: forward.range,
    async bytes(from, to) {
      const pieces: Uint8Array[] = []
      for await (const piece of forward.range(from, Math.min(to, source.size))) pieces.push(piece)
      return Buffer.concat(pieces)
    },
  }
  const most = budget.bounds().entries
  const planned = (await planByDirectory(range, most)) ?? (await planByRescue(range, most))
  const described = planned.plans
    .map(plan => ({ plan, name: decodeEntryName(plan.nameBytes), entry: describe(plan) }))
    .sort((one, other) => compareEntries(one.entry, other.entry))
  const entries = described.map(({ entry }) => entry)
  const verdicts = judgeEntries(entries, budget.bounds())
  budget.spend(
    entries.length,
    verdicts.reduce(
      (sum, verdict, index) => sum + (verdict.kind === 'open' ? (entries[index]?.size ?? 0) : 0),
      0,
    ),
  )
  return {
    entries: described.map(({ plan, name, entry }, index) => ({
      entry,
      name,
      verdict: verdicts[index] ?? { kind: 'folder' },
      sum: plan.sum,
      ...openContent(range, plan),
    })),
    beyond: planned.beyond,
    rescue: planned.rescue,
    strays: await findStrays(range, planned),
    comment: planned.comment,
    bytes: range.bytes,
    close: () => forward.close(),
  }
}

type Planned = {
  readonly plans: readonly EntryPlan[]
  readonly beyond: number
  readonly rescue: Archive['rescue']
  readonly comment: string
  /** The directory, its end record and its comment: they belong to no entry. */
  readonly directory: { readonly from: number; readonly to: number }
}

async function planByDirectory(range: RangeOf, most: number): Promise<Planned | null> {
  const tailAt = Math.max(0, range.size - longestTail)
  const place =
    findDirectory(await range.bytes(tailAt, range.size), tailAt, range.size) ?? (await findEarlierEnd(range))
  if (!place) return null
  const first = chooseFirst(most)
  let lines = 0
  let read = 0
  for await (const { plan, to } of readDirectory(range.stream(place.from, place.to), place.shift)) {
    first.take(plan)
    lines += 1
    read = to
    if (lines === mostLines) break
  }
  // A directory of which not one line can be read is none.
  if (place.entries > 0 && lines === 0) return null
  // A broken line in the directory hides those behind it; the entries themselves are still there.
  const broken = place.from + read < place.to && lines < mostLines
  if (broken && lines < place.entries) return null
  const plans = first.chosen()
  return {
    plans,
    beyond: Math.max(lines, place.entries) - plans.length,
    rescue: null,
    comment: new TextDecoder('utf-8').decode(place.comment),
    directory: { from: place.from, to: place.end },
  }
}

/**
 * Keeps the first entries in the order they are read in, whatever the order they come in: of a directory of any length
 * no more is held than twice what may be opened.
 */
function chooseFirst(most: number): { take(plan: EntryPlan): void; chosen(): readonly EntryPlan[] } {
  let held: { readonly plan: EntryPlan; readonly entry: ArchiveEntry }[] = []
  const cut = (): void => {
    held.sort((one, other) => compareEntries(one.entry, other.entry))
    held = held.slice(0, most)
  }
  return {
    take(plan) {
      held.push({ plan, entry: describe(plan) })
      if (held.length > 2 * most + 100) cut()
    },
    chosen() {
      cut()
      return held.map(({ plan }) => plan)
    },
  }
}

/** More may stand behind an archive than a comment can be long: then the whole file is searched for its end. */
async function findEarlierEnd(range: RangeOf): Promise<ReturnType<typeof findDirectory>> {
  let carried: Buffer = Buffer.alloc(0)
  let at = 0
  let found: ReturnType<typeof findDirectory> = null
  for await (const piece of range.stream(0, range.size)) {
    const bytes = Buffer.concat([carried, piece])
    const from = at - carried.length
    if (bytes.includes('PK\x05\x06', 0, 'latin1')) found = findDirectory(bytes, from, range.size) ?? found
    at += piece.length
    carried = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 100)))
  }
  return found
}

async function planByRescue(range: RangeOf, most: number): Promise<Planned> {
  const { entries, cut, gaveUp } = await rescueEntries(range)
  const first = chooseFirst(most)
  for (const entry of entries) first.take(entry)
  const plans = first.chosen()
  return {
    plans,
    beyond: entries.length - plans.length,
    rescue: { cut: cut && decodeEntryName(cut).name, gaveUp },
    comment: '',
    directory: { from: range.size, to: range.size },
  }
}

function describe(plan: EntryPlan): ArchiveEntry {
  const { size, compressedSize, method, encrypted, mode, from } = plan
  // The local header has at least thirty bytes and the name before the data.
  const to = from + 30 + plan.nameBytes.length + compressedSize
  return {
    name: decodeEntryName(plan.nameBytes).name,
    size,
    compressedSize,
    method,
    encrypted,
    mode,
    from,
    to,
  }
}

const mostStrays = 1000

/** Bytes of the file that belong to no entry: a file can be hidden there, so each stretch is named. */
async function findStrays(range: RangeOf, planned: Planned): Promise<readonly Stray[]> {
  const { directory } = planned
  const parts: { readonly from: number; readonly to: number; readonly loose: number }[] = []
  // In the order of the file: a source that can only be read forwards is then read once.
  for (const plan of [...planned.plans].sort((one, other) => one.from - other.from)) {
    if (plan.from < 0 || plan.from >= range.size) continue
    const head = await range.bytes(plan.from, plan.from + 30)
    const known = head.length === 30 && head.readUInt32LE(0) === 0x04034b50
    const lead = known ? 30 + head.readUInt16LE(26) + head.readUInt16LE(28) : 0
    // The label behind an entry that states its sizes there is 12 to 24 bytes long.
    parts.push({
      from: plan.from,
      to: plan.from + lead + (known ? plan.compressedSize : 0),
      loose: plan.described ? 24 : 0,
    })
  }
  parts.push({ ...directory, loose: 0 })
  parts.sort((one, other) => one.from - other.from)
  const strays: Stray[] = []
  let end = 0
  let loose = 0
  for (const part of [...parts, { from: range.size, to: range.size, loose: 0 }]) {
    const where =
      end === 0 ? 'before' : end >= directory.to && directory.to > directory.from ? 'behind' : 'between'
    // What lies between may be entries that were not looked at, and those are said by their number.
    const isEntries = where === 'between' && planned.beyond > 0
    if (part.from - end > loose && strays.length < mostStrays && !isEntries)
      strays.push({ from: end, to: Math.min(part.from, range.size), where })
    if (part.to >= end) loose = part.loose
    end = Math.max(end, part.to)
  }
  return strays
}
