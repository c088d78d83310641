import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeZip } from '../../test/support/made-zip.ts'
import type { Account } from './importers/importer.ts'
import { readEvidence } from './importers/read-evidence.ts'
import { leftOutOrdinal, type NumberedRecord, readBounded } from './read-bounded.ts'
import { isSameAsked, parseAsked, type ReadAsked, wholeAsked } from './read-part.ts'
import { findRoom, type KeptBounds, nothingDerived, TooLong, usualBounds } from './reading-bounds.ts'

const none: KeptBounds = { own: nothingDerived, case: nothingDerived, clinic: nothingDerived }
const sourceOf = (bytes: Buffer, name = 'chat.txt') => ({
  name,
  size: bytes.length,
  async *open() {
    yield bytes
  },
  async *openRange(from: number, to: number) {
    yield bytes.subarray(from, to)
  },
})

/** A chat with a message on each of these days of January 2025, in this order. */
const chatOf = (days: readonly number[]): Buffer =>
  Buffer.from(
    days
      .map(
        (day, index) =>
          `${String(day).padStart(2, '0')}/01/2025, 10:00 - ${index % 2 ? 'Alex' : 'Sam'}: m${index}\n`,
      )
      .join(''),
  )

async function read(
  bytes: Buffer,
  asked: ReadAsked = wholeAsked,
  bounds = usualBounds,
  name?: string,
): Promise<{ readonly kept: readonly NumberedRecord[]; readonly account: Account }> {
  const kept: NumberedRecord[] = []
  let account: Account | null = null
  const answers = { dateOrder: 'day-first' } as const
  for await (const step of readBounded(
    sourceOf(bytes, name),
    answers,
    asked,
    findRoom(bounds, bytes.length, none),
  )) {
    if (step.step === 'record') kept.push(step.numbered)
    if (step.step === 'account') account = step.account
  }
  if (!account) throw new Error('no account')
  return { kept, account }
}

const texts = (kept: readonly NumberedRecord[]) =>
  kept.filter(({ ordinal }) => ordinal !== leftOutOrdinal).map(({ record }) => record.text)

test('a part holds exactly what was asked for, each record under the number it has in the whole, and says what is missing', async () => {
  const days = fc.array(fc.integer({ min: 13, max: 28 }), { minLength: 3, maxLength: 40 })
  const asked: fc.Arbitrary<ReadAsked> = fc.oneof(
    fc.record({ kind: fc.constant('first' as const), records: fc.integer({ min: 1, max: 45 }) }),
    fc.record({ kind: fc.constant('last' as const), records: fc.integer({ min: 1, max: 45 }) }),
    fc.tuple(fc.integer({ min: 12, max: 29 }), fc.integer({ min: 12, max: 29 })).map(([one, other]) => ({
      kind: 'days' as const,
      from: `2025-01-${Math.min(one, other)}`,
      until: `2025-01-${Math.max(one, other)}`,
    })),
  )
  await fc.assert(
    fc.asyncProperty(days, asked, async (each, part) => {
      const bytes = chatOf(each)
      const whole = await read(bytes)
      const { kept, account } = await read(bytes, part)
      const expected = each
        .map((day, index) => ({ day: `2025-01-${day}`, text: `m${index}` }))
        .filter(({ day }, index) =>
          part.kind === 'first'
            ? index < part.records
            : part.kind === 'last'
              ? index >= each.length - part.records
              : part.kind === 'days' && day >= (part.from ?? '') && day <= (part.until ?? ''),
        )
      expect(texts(kept)).toEqual(expected.map(({ text }) => text))
      const numbers = new Map(whole.kept.map(({ ordinal, record }) => [record.text, ordinal]))
      for (const { ordinal, record } of kept)
        if (ordinal !== leftOutOrdinal) expect(ordinal).toBe(numbers.get(record.text))
      const left = each.length - expected.length
      expect(account.part?.left ?? 0).toBe(left)
      expect(account.records + account.unknown + account.quarantined).toBe(kept.length)
      if (left === 0) expect(account).toEqual(whole.account)
      else expect(account.notRead[0]?.reason).toMatch(/^Read in part: /)
    }),
    { numRuns: 60 },
  )
})

test('the first records and the last are together the whole, and none has two numbers', async () => {
  const bytes = chatOf(Array.from({ length: 30 }, (_, index) => 13 + (index % 10)))
  const first = await read(bytes, { kind: 'first', records: 20 })
  const last = await read(bytes, { kind: 'last', records: 20 })
  const both = new Map([...first.kept, ...last.kept].map(({ ordinal, record }) => [ordinal, record.text]))
  both.delete(leftOutOrdinal)
  expect([...both.values()].sort()).toEqual(texts((await read(bytes)).kept).sort())
})

test('of an archive the chosen entries are read, a folder with all that is in it', async () => {
  const zip = makeZip([
    { name: 'a.txt', data: chatOf([13, 14]) },
    { name: 'b/c.txt', data: chatOf([15]) },
    { name: 'b/d.txt', data: chatOf([16, 17, 18]) },
    { name: 'bb.txt', data: chatOf([19]) },
  ])
  const chosen = async (...names: string[]) => {
    const { kept, account } = await read(zip, { kind: 'entries', names }, usualBounds, 'x.zip')
    return [
      ...new Set(
        kept
          .filter(each => each.ordinal !== leftOutOrdinal)
          .map(({ record }) => record.place.entry)
          .sort(),
      ),
      account.part?.left,
    ]
  }
  expect(await chosen('a.txt')).toEqual(['a.txt', 5])
  expect(await chosen('b')).toEqual(['b/c.txt', 'b/d.txt', 3])
  expect(await chosen('b/d.txt', 'bb.txt')).toEqual(['b/d.txt', 'bb.txt', 3])
  expect(await chosen('nothing of the kind')).toEqual([7])
})

test('a reading stops at the first record there is no room for, and has by then handed over no more than there was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      async (messages, most) => {
        const bytes = chatOf(Array.from({ length: messages }, (_, index) => 13 + (index % 15)))
        let handed = 0
        let stopped: TooLong | null = null
        const room = findRoom({ ...usualBounds, file: most }, bytes.length, none)
        try {
          for await (const step of readBounded(sourceOf(bytes), { dateOrder: 'day-first' }, wholeAsked, room))
            if (step.step === 'record') handed += 1
        } catch (cause) {
          if (!(cause instanceof TooLong)) throw cause
          stopped = cause
        }
        expect(handed).toBe(Math.min(messages, most))
        expect(stopped?.reached.name ?? null).toBe(messages > most ? 'file' : null)
        // A part that fits is read of the same file, whatever lies behind it.
        const part = await read(bytes, { kind: 'first', records: most }, { ...usualBounds, file: most })
        expect(texts(part.kept)).toHaveLength(Math.min(messages, most))
      },
    ),
    { numRuns: 60 },
  )
})

test('without bounds it is the same reading, record for record', async () => {
  const bytes = chatOf([13, 14, 15, 20])
  const plain = []
  for await (const step of readEvidence(sourceOf(bytes), { dateOrder: 'day-first' }))
    if (step.step === 'records') plain.push(...step.records)
  expect((await read(bytes)).kept.map(({ record }) => record)).toEqual(plain)
})

test('what is set aside is one line over every byte, with the reason that was given', async () => {
  const bytes = chatOf([13, 14])
  const { kept, account } = await read(bytes, { kind: 'nothing', reason: 'a backup of the same chat' })
  expect(kept.map(({ record }) => [record.kind, record.place.from, record.place.to, record.reason])).toEqual([
    ['quarantined', 0, bytes.length, 'Set aside by a person, and not read: a backup of the same chat'],
  ])
  expect([account.bytes, account.records, account.quarantined]).toEqual([bytes.length, 0, 1])
})

test('a wish that was kept is read as it was, and one that makes no sense is the whole', () => {
  const wishes: readonly ReadAsked[] = [
    { kind: 'first', records: 5 },
    { kind: 'days', from: '2025-01-01', until: null },
    { kind: 'entries', names: ['a.txt'] },
    { kind: 'nothing', reason: '' },
  ]
  for (const wish of wishes)
    expect(isSameAsked(parseAsked(JSON.parse(JSON.stringify(wish))), wish)).toBe(true)
  for (const nonsense of [{}, null, { kind: 'first', records: -1 }, { kind: 'days', from: 'x', until: null }])
    expect(parseAsked(nonsense)).toEqual(wholeAsked)
})
