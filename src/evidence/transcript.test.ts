import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  lineAuthors,
  numberLines,
  type Transcript,
  type TranscriptLine,
  transcribedRecords,
  transcriptContent,
} from './transcript.ts'

const line = (change: Partial<TranscriptLine> = {}): TranscriptLine => ({
  number: 1,
  region: { top: 10, bottom: 20 },
  speaker: 'Sam',
  author: 'other',
  shownTime: '22:14',
  day: '2026-03-02',
  time: '22:14',
  text: 'where are you',
  ...change,
})
const transcript = (lines: readonly TranscriptLine[]): Transcript => ({
  device: '',
  app: '',
  thread: '',
  takenBy: '',
  shownClock: '',
  saidWhen: '',
  lines: [...lines],
  reason: '',
})
const recordsOf = (lines: readonly TranscriptLine[], zone: string | null = 'Europe/London') =>
  transcribedRecords(
    {
      transcript: transcript(lines),
      byName: 'Ada Adviser',
      at: new Date('2026-03-05T09:00:00Z'),
      revision: 1,
    },
    5000,
    zone,
  )

test('a line keeps its number through every correction, and no number is ever given to another line', () => {
  const step = fc.array(fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 12 })), { maxLength: 6 })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), steps => {
      const earlier: Transcript[] = []
      const first = new Map<number, number>()
      for (const [round, numbers] of steps.entries()) {
        const known = new Set(earlier.flatMap(each => each.lines.map(each => each.number)))
        const given = numberLines(
          numbers.map(number => ({ ...line(), number })),
          earlier,
        )
        expect(new Set(given.map(each => each.number)).size).toBe(given.length)
        for (const [place, { number }] of given.entries()) {
          expect(number).toBeGreaterThan(0)
          // A number that was there before is only on a line that said it was that line.
          if (known.has(number)) expect(numbers[place]).toBe(number)
          else first.set(number, first.get(number) ?? round)
        }
        earlier.unshift(transcript(given))
      }
      for (const each of earlier) expect(transcriptContent.safeParse(each).success).toBe(true)
    }),
  )
})

test('S14 every record that was typed says so, by whom and on which day, and points at its place', () => {
  for (const author of lineAuthors) {
    const [found] = recordsOf([line({ author, number: 7 })])
    expect(found?.ordinal).toBe(7)
    expect(found?.record).toMatchObject({
      kind: author === 'app' ? 'system' : 'message',
      marks: ['transcribed'],
      region: { top: 10, bottom: 20 },
      sender: 'Sam',
      raw: 'where are you',
      place: { from: 0, to: 5000 },
      writtenByApp: { basis: 'transcribed' },
    })
    expect(found?.record.reason).toContain('Typed off the picture by Ada Adviser on 2026-03-05')
  }
  expect(recordsOf([line({ author: 'not-known' })])[0]?.record.writtenByApp?.answer).toBe('not decided')
  expect(recordsOf([line({ author: 'client' })])[0]?.record.direction).toBe('out')
})

test('a time is as sure as what was typed: no zone, no hour that was skipped, no time of a day alone', () => {
  const timed = (change: Partial<TranscriptLine>, zone: string | null = 'Europe/London') =>
    recordsOf([line(change)], zone)[0]?.record
  expect(timed({})).toMatchObject({
    sentLocal: '2026-03-02T22:14:00',
    sentAt: '2026-03-02T22:14:00Z',
    precision: 'minute',
  })
  expect(timed({}, null)).toMatchObject({
    sentAt: null,
    whyNoInstant: 'zone-unknown',
    sentLocal: '2026-03-02T22:14:00',
  })
  expect(timed({ day: '2026-03-29', time: '01:30' })).toMatchObject({
    sentAt: null,
    whyNoInstant: 'clock-went-forward',
  })
  const twice = timed({ day: '2026-10-25', time: '01:30' })
  expect([twice?.sentAt, twice?.possibleInstants.length]).toEqual([null, 2])
  const dayAlone = timed({ time: null })
  expect([dayAlone?.sentLocal, dayAlone?.precision]).toEqual([null, 'none'])
  expect(dayAlone?.sentAsWritten).toBe('22:14; the day is said to be 2026-03-02')
})
