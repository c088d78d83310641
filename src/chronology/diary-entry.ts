import type { DiaryEntryId } from '../foundation/ids.ts'
import type { When } from './incident.ts'

/** What a client wrote in their diary: their words, and when it was, as surely as they know. */
export type DiaryAccount = {
  readonly what: string
  readonly felt: string
  readonly when: When
  readonly zone: string
}

/** One entry as it was written. A correction is an entry too, and names the one it corrects. */
export type DiaryEntry = DiaryAccount & {
  readonly entryId: DiaryEntryId
  readonly writtenAt: Date
  readonly corrects: DiaryEntryId | null
}

/** An entry as it stands now, with what it said before, the newest first. */
export type DiaryThread = { readonly now: DiaryEntry; readonly before: readonly DiaryEntry[] }

/** Puts corrections with what they correct: the newest words stand, nothing that was written is left out. */
export function threadDiary(entries: readonly DiaryEntry[]): readonly DiaryThread[] {
  const byId = new Map(entries.map(entry => [entry.entryId, entry]))
  const rootOf = (entry: DiaryEntry): DiaryEntryId => {
    let at = entry
    for (let steps = 0; at.corrects && steps < entries.length; steps += 1) at = byId.get(at.corrects) ?? at
    return at.entryId
  }
  const threads = new Map<DiaryEntryId, DiaryEntry[]>()
  for (const entry of entries) {
    const root = rootOf(entry)
    threads.set(root, [...(threads.get(root) ?? []), entry])
  }
  return [...threads.values()]
    .map(thread => [...thread].sort(newestFirst))
    .flatMap(([now, ...before]) => (now ? [{ now, before }] : []))
    .sort((one, other) => newestFirst(one.before.at(-1) ?? one.now, other.before.at(-1) ?? other.now))
}

/** Of two written in one instant, a correction is the later. */
function newestFirst(one: DiaryEntry, other: DiaryEntry): number {
  const apart = other.writtenAt.getTime() - one.writtenAt.getTime()
  return (
    apart ||
    Number(one.corrects === null) - Number(other.corrects === null) ||
    (one.entryId < other.entryId ? 1 : -1)
  )
}

/** An account as text, to be sealed. */
export function writeDiaryAccount({ what, felt, when, zone }: DiaryAccount): string {
  const at = when.precision === 'unknown' ? {} : { startsAt: when.startsAt.toISOString() }
  const until = when.precision === 'between' ? { endsAt: when.endsAt.toISOString() } : {}
  return JSON.stringify({ what, felt, zone, precision: when.precision, ...at, ...until })
}

type Written = {
  readonly what: string
  readonly felt: string
  readonly zone: string
  readonly precision: When['precision']
  readonly startsAt?: string
  readonly endsAt?: string
}

/** Reads back what `writeDiaryAccount` wrote. */
export function readDiaryAccount(text: string): DiaryAccount {
  const { what, felt, zone, precision, startsAt = '', endsAt = '' }: Written = JSON.parse(text)
  return { what, felt, zone, when: readWhen(precision, new Date(startsAt), new Date(endsAt)) }
}

function readWhen(precision: When['precision'], startsAt: Date, endsAt: Date): When {
  switch (precision) {
    case 'exact':
    case 'about':
      return { precision, startsAt }
    case 'between':
      return { precision, startsAt, endsAt }
    case 'unknown':
      return { precision }
  }
}
