import { z } from 'zod'
import { findMoments, parseWallClock, writeMoment } from '../foundation/local-date.ts'
import { blankRecord } from './importers/blank-record.ts'
import type { EvidenceRecord, WhyNoInstant, WrittenByApp } from './importers/importer.ts'

/** So many lines are typed off one picture at most, and so many characters of each. */
export const mostTranscriptLines = 60
export const longestTranscriptText = 5000

/** Whose words a line is, as the person says who typed it off. */
export const lineAuthors = ['other', 'client', 'app', 'not-known'] as const
export type LineAuthor = (typeof lineAuthors)[number]

/** A band of a picture as wide as the picture: from and to, in hundredths of its height from the top. */
const region = z
  .object({ top: z.int().min(0).max(99), bottom: z.int().min(1).max(100) })
  .refine(({ top, bottom }) => top < bottom)
export type Region = z.output<typeof region>

const transcriptLine = z.object({
  /** Given once: a line that is taken away leaves its number behind, so that what rests on another never moves. */
  number: z.int().min(1).max(1_000_000),
  region: region.nullable(),
  /** As the screen names them. */
  speaker: z.string(),
  author: z.enum(lineAuthors),
  /** As the screen shows it, such as "Yesterday 22:14". */
  shownTime: z.string(),
  /** The wall clock of the telephone, as far as the client can say: "2026-03-02", and "22:14". */
  day: z.string().nullable(),
  time: z.string().nullable(),
  text: z.string(),
})
export type TranscriptLine = z.output<typeof transcriptLine>

/** What a picture shows, in a short form, typed by a person. */
export const transcriptContent = z.object({
  /** Whose device it was taken on, with which app, of which thread, by whom. */
  device: z.string(),
  app: z.string(),
  thread: z.string(),
  takenBy: z.string(),
  /** When it was taken: by the clock that the screen shows, and as the client says. */
  shownClock: z.string(),
  saidWhen: z.string(),
  lines: z.array(transcriptLine).max(mostTranscriptLines),
  /** Why it was corrected; empty for the first. */
  reason: z.string(),
})
export type Transcript = z.output<typeof transcriptContent>

/** What was typed at one time, and by whom; each stays. */
export type TranscriptRevision = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly transcript: Transcript
}

/** Gives each new line the next number that no line ever had. */
export function numberLines(
  lines: readonly (Omit<TranscriptLine, 'number'> & { readonly number: number | null })[],
  earlier: readonly Transcript[],
): readonly TranscriptLine[] {
  const known = new Set(earlier.flatMap(each => each.lines.map(line => line.number)))
  let last = Math.max(0, ...known)
  const taken = new Set<number>()
  return lines.map(line => {
    const isKept = line.number !== null && known.has(line.number) && !taken.has(line.number)
    if (!isKept) last += 1
    const number = isKept && line.number !== null ? line.number : last
    taken.add(number)
    return { ...line, number }
  })
}

/** "the top fifth" is said in figures: from where to where, counted from the top. */
export function sayRegion({ top, bottom }: Region): string {
  return `in the picture, from ${top} % to ${bottom} % of its height`
}

/** A record with its number in its item. */
export type TranscribedRecord = { readonly ordinal: number; readonly record: EvidenceRecord }

/**
 * The records of what was typed off a picture: one for each line, each marked as typed, by whom and on which day. The picture
 * itself is the record 0; a line keeps its number.
 *
 * @param size of the original, in bytes
 * @param zone the zone of the telephone, where somebody has said it
 */
export function transcribedRecords(
  { transcript, byName, at }: TranscriptRevision,
  size: number,
  zone: string | null,
): readonly TranscribedRecord[] {
  const reason = `Typed off the picture by ${byName} on ${at.toISOString().slice(0, 10)}; the picture shows what it says`
  return transcript.lines.map(line => {
    const place = { from: 0, to: size, firstLine: null, lastLine: null, entry: null }
    const record: EvidenceRecord = {
      ...blankRecord(line.author === 'app' ? 'system' : 'message', place, line.text),
      ...timeOf(line, zone),
      sentAsWritten: writtenTime(line),
      sender: line.speaker === '' ? null : line.speaker,
      writtenByApp: writerOf(line.author),
      direction: line.author === 'client' ? 'out' : line.author === 'other' ? 'in' : 'unknown',
      text: line.text,
      marks: ['transcribed'],
      reason,
      region: line.region,
    }
    return { ordinal: line.number, record }
  })
}

function writtenTime({ shownTime, day, time }: TranscriptLine): string | null {
  const parts = [shownTime, ...(day !== null && time === null ? [`the day is said to be ${day}`] : [])]
  const said = parts.filter(part => part !== '').join('; ')
  return said === '' ? null : said
}

function writerOf(author: LineAuthor): WrittenByApp {
  const answer = author === 'app' ? 'yes' : author === 'not-known' ? 'not decided' : 'no'
  return { answer, basis: 'transcribed' }
}

type Timed = Pick<
  EvidenceRecord,
  'sentAt' | 'sentLocal' | 'whyNoInstant' | 'possibleInstants' | 'zone' | 'zoneHow' | 'precision'
>

function timeOf({ day, time }: TranscriptLine, zone: string | null): Timed {
  const clock = day !== null && time !== null ? parseWallClock(`${day}T${time}:00`) : null
  const zoned = { zone, zoneHow: zone === null ? ('unknown' as const) : ('asked' as const) }
  if (!clock)
    return {
      ...zoned,
      sentAt: null,
      sentLocal: null,
      whyNoInstant: 'not-dated',
      possibleInstants: [],
      precision: 'none',
    }
  const open = (whyNoInstant: WhyNoInstant, possibleInstants: readonly string[] = []): Timed => ({
    ...zoned,
    sentAt: null,
    sentLocal: `${day}T${time}:00`,
    whyNoInstant,
    possibleInstants,
    precision: 'minute',
  })
  if (zone === null) return open('zone-unknown')
  const moments = findMoments(clock, zone)
  if (moments.kind === 'none') return open('clock-went-forward')
  if (moments.kind === 'two')
    return open('clock-went-back', [writeMoment(moments.earlier), writeMoment(moments.later)])
  return { ...open('zone-unknown'), sentAt: writeMoment(moments.moment), whyNoInstant: null }
}
