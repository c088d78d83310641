import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptCounts } from '../../../test/support/kept-counts.ts'
import { makeZip } from '../../../test/support/made-zip.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { storedRecords } from '../../../test/support/test-records.ts'
import { openTestSite } from '../../../test/support/test-site.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic, MostRecords } from '../../platform/clinic.ts'
import { needsChoice } from '../giveaways/giveaway.ts'
import { leftOutOrdinal } from '../read-bounded.ts'
import type { ReadAsked } from '../read-part.ts'
import { findReadingStatus } from '../reading-status.ts'
import { sayReading } from '../say-reading.ts'
import { askToRead } from './ask-to-read.ts'
import { listGiveaways } from './list-giveaways.ts'
import { loadItem, type WholeItem } from './load-evidence.ts'
import { readItem } from './read-item.ts'
import { setReadingAside } from './set-reading-aside.ts'
import { takeInEvidence } from './take-in-evidence.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const bounded = (mostRecords: MostRecords): Clinic => ({ ...world.clinic, mostRecords })
const onCase = <Result>(caseId: CaseId, work: Parameters<typeof withCase<Result>>[3]) =>
  withCase(
    world.clinic.database,
    world.as('cyber-adviser'),
    { caseId, part: 'evidence', mode: 'write' },
    work,
  )

let made = 0
/** A chat with so many messages, unlike every other. */
function chatOf(messages: number): Buffer {
  made += 1
  return Buffer.from(
    Array.from({ length: messages }, (_, index) => {
      const day = 13 + (index % 16)
      return `${day}/01/2025, 10:00 - Sam: m${index} of ${made}\n`
    }).join(''),
  )
}

async function bring(caseId: CaseId, bytes: Buffer, name = 'chat.txt'): Promise<ItemId> {
  const body = Readable.from([bytes])
  const brought = { name, broughtBy: 'ABC', howObtained: 'exported', body, answers: {} }
  const answer = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, brought)
  if (answer.kind !== 'taken-in') throw new Error(answer.because)
  return answer.itemId
}

const ask = (caseId: CaseId, itemId: ItemId, asked: ReadAsked) =>
  onCase(caseId, transaction => askToRead(world.clinic, transaction, caseId, itemId, asked))

async function wholeItem(caseId: CaseId, itemId: ItemId): Promise<WholeItem> {
  const whole = await onCase(caseId, transaction => loadItem(transaction, caseId, itemId))
  if (!whole) throw new Error('no such item')
  return whole
}

async function recordsOf(caseId: CaseId, itemId: ItemId) {
  const found = await storedRecords(world, caseId, itemId)
  return found.map(({ ordinal, shape, body, rest }) => ({
    ordinal,
    kind: shape.kind,
    body,
    reason: rest.reason,
  }))
}

/** What is counted, and what is there. */
async function counts(caseId: CaseId) {
  const cases = await asOwner(world.ownerUrl, client =>
    client.query<{ case_id: CaseId }>('select case_id from unwatched.record_root'),
  )
  let all = 0
  for (const row of cases.rows) all += (await storedRecords(world, row.case_id)).length
  const held = (await storedRecords(world, caseId)).length
  return { ...(await keptCounts(world, caseId)), held, all }
}

async function expectCounted(caseId: CaseId): Promise<number> {
  const { kept, held, clinic, all } = await counts(caseId)
  expect([kept, clinic]).toEqual([held, all])
  return held
}

test('a file one record too long is not read, keeps one line that says so, and what a person can do about it', async () => {
  const caseId = await openTestCase(world)
  const clinic = bounded({ file: 200 })
  for (const [messages, isRead] of [
    [199, true],
    [200, true],
    [201, false],
  ] as const) {
    const itemId = await bring(caseId, chatOf(messages))
    await readItem(clinic, caseId, itemId)
    const { reading, custody } = await wholeItem(caseId, itemId)
    const records = await recordsOf(caseId, itemId)
    expect(reading?.state).toBe('done')
    if (isRead) {
      expect(records).toHaveLength(messages)
      expect(findReadingStatus(reading ?? null)).toBe('read')
      continue
    }
    expect(records.map(({ ordinal, kind }) => [ordinal, kind])).toEqual([[leftOutOrdinal, 'quarantined']])
    expect(records[0]?.reason).toMatch(/^Not read: too long\. It holds more than the 200 records/)
    expect(findReadingStatus(reading ?? null)).toBe('unread')
    const { tag, line } = sayReading(reading ?? null)
    expect([tag, line]).toEqual([
      'Not read: too long',
      'It holds more than the 200 records that are read from one file. Read a part of it, or bring a smaller export.',
    ])
    expect(custody.at(-1)).toMatchObject({ act: 'not-read', detail: { because: 'bound' } })
  }
  await expectCounted(caseId)
})

test('S10 a small archive that holds far more than its size is not read, and fills nothing', async () => {
  const caseId = await openTestCase(world)
  const line = '13/01/2025, 10:00 - S: \n'
  const zip = makeZip([{ name: 'WhatsApp Chat with S.txt', data: line.repeat(60_000) }])
  expect(zip.length).toBeLessThan(9000)
  const itemId = await bring(caseId, zip, 'small.zip')
  await readItem(world.clinic, caseId, itemId)
  const { reading } = await wholeItem(caseId, itemId)
  expect(sayReading(reading ?? null).tag).toBe('Not read: too long')
  expect(reading?.account?.part?.entries).toEqual([
    { name: 'WhatsApp Chat with S.txt', size: line.length * 60_000 },
  ])
  expect(await expectCounted(caseId)).toBe(1)
  // A person can still read a part of it.
  await ask(caseId, itemId, { kind: 'first', records: 300 })
  await readItem(world.clinic, caseId, itemId)
  expect(await expectCounted(caseId)).toBe(301)
})

test('a case and a clinic have bounds of their own, and one that is full refuses nothing that is there', async () => {
  const caseId = await openTestCase(world)
  const first = await bring(caseId, chatOf(120))
  const clinic = bounded({ file: 200, case: 300 })
  await readItem(clinic, caseId, first)
  const second = await bring(caseId, chatOf(181))
  await readItem(clinic, caseId, second)
  expect((await recordsOf(caseId, second))[0]?.reason).toMatch(/the case would hold more than 300 records/)
  const third = await bring(caseId, chatOf(179))
  await readItem(clinic, caseId, third)
  // 120 messages, a line for what is too long, and 179 messages: full to the last.
  expect(await expectCounted(caseId)).toBe(300)
  // Read again, it keeps what it kept; so does it under a bound that was lowered.
  await readItem(clinic, caseId, first)
  await readItem(bounded({ file: 100, case: 100, clinic: 100 }), caseId, third)
  expect(await expectCounted(caseId)).toBe(300)
  const { all } = await counts(caseId)
  const other = await openTestCase(world)
  const next = await bring(other, chatOf(20))
  await readItem(bounded({ clinic: all + 19 }), other, next)
  expect((await recordsOf(other, next))[0]?.reason).toMatch(/the clinic would hold more than/)
  await readItem(bounded({ clinic: all + 20 }), other, next)
  expect(await recordsOf(other, next)).toHaveLength(20)
  await expectCounted(other)
})

test('two readings at once never go beyond a bound together: of a case, or of the clinic from two cases', async () => {
  const caseId = await openTestCase(world)
  const items = await Promise.all([
    bring(caseId, chatOf(150)),
    bring(caseId, chatOf(150)),
    bring(caseId, chatOf(150)),
  ])
  await Promise.all(items.map(itemId => readItem(bounded({ case: 320 }), caseId, itemId)))
  const held = await Promise.all(items.map(async itemId => (await recordsOf(caseId, itemId)).length))
  expect(held.sort()).toEqual([1, 150, 150])
  await expectCounted(caseId)

  const cases = await Promise.all([openTestCase(world), openTestCase(world)])
  const { all } = await counts(caseId)
  const two = await Promise.all(cases.map(async each => [each, await bring(each, chatOf(150))] as const))
  await Promise.all(two.map(([each, itemId]) => readItem(bounded({ clinic: all + 200 }), each, itemId)))
  const kept = await Promise.all(two.map(async ([each, itemId]) => (await recordsOf(each, itemId)).length))
  expect(kept.sort()).toEqual([1, 150])
})

/** As if everything had been read by a version that counted nothing. */

test('what is kept is counted once, for the case and the clinic, and bounds hold for readings at once', async () => {
  const caseId = await openTestCase(world)
  const first = await bring(caseId, chatOf(120))
  await readItem(world.clinic, caseId, first)
  const items = [await bring(caseId, chatOf(100)), await bring(caseId, chatOf(100))]
  // Both begin at once, and only one of them has room; read again, the first keeps what it kept.
  await Promise.all([first, ...items].map(itemId => readItem(bounded({ case: 240 }), caseId, itemId)))
  const held = await Promise.all([first, ...items].map(async each => (await recordsOf(caseId, each)).length))
  expect([held[0], ...held.slice(1).sort()]).toEqual([120, 1, 100])
  await expectCounted(caseId)

  const other = await openTestCase(world)
  const last = await bring(other, chatOf(50))
  const { all } = await counts(caseId)
  await readItem(bounded({ clinic: all + 49 }), other, last)
  expect((await recordsOf(other, last))[0]?.reason).toMatch(/the clinic would hold more than/)
  expect(await expectCounted(other)).toBe(1)
})

test('a part replaces what was read before: parts that overlap double nothing, numbers stay, and the whole comes back', async () => {
  const caseId = await openTestCase(world)
  const itemId = await bring(caseId, chatOf(100))
  await readItem(world.clinic, caseId, itemId)
  const whole = await recordsOf(caseId, itemId)
  const partOf = async (asked: ReadAsked) => {
    await ask(caseId, itemId, asked)
    await readItem(world.clinic, caseId, itemId)
    const records = await recordsOf(caseId, itemId)
    for (const { ordinal, body } of records)
      if (ordinal !== leftOutOrdinal) expect(whole[ordinal]?.body).toBe(body)
    await expectCounted(caseId)
    return records.map(({ ordinal }) => ordinal)
  }
  expect(await partOf({ kind: 'first', records: 60 })).toEqual([...Array(60).keys(), leftOutOrdinal])
  expect(await partOf({ kind: 'last', records: 60 })).toEqual([
    ...Array.from({ length: 60 }, (_, index) => 40 + index),
    leftOutOrdinal,
  ])
  const { reading, custody } = await wholeItem(caseId, itemId)
  expect(findReadingStatus(reading ?? null)).toBe('in-doubt')
  expect(sayReading(reading ?? null)).toMatchObject({
    tag: 'Read in part',
    line: expect.stringMatching(
      /^Read in part: the last 60 records\. 40 other records of this file were not read\. 60 messages/,
    ),
  })
  expect(custody.slice(-2).map(({ act, detail }) => [act, detail['part']])).toEqual([
    ['reading-asked', 'the last 60 records'],
    ['read', 'the last 60 records'],
  ])
  const days = await partOf({ kind: 'days', from: '2025-01-13', until: '2025-01-13' })
  expect(days).toEqual([...Array.from({ length: 7 }, (_, index) => index * 16), leftOutOrdinal])
  expect(await partOf({ kind: 'whole' })).toHaveLength(100)
  expect(findReadingStatus((await wholeItem(caseId, itemId)).reading ?? null)).toBe('read')
})

test('a reading is set aside and taken up again, and both are in the log with who did it', async () => {
  const caseId = await openTestCase(world)
  const itemId = await bring(caseId, chatOf(50))
  await readItem(world.clinic, caseId, itemId)
  await ask(caseId, itemId, { kind: 'nothing', reason: 'the same chat twice' })
  await readItem(world.clinic, caseId, itemId)
  expect((await recordsOf(caseId, itemId)).map(({ reason }) => reason)).toEqual([
    'Set aside by a person, and not read: the same chat twice',
  ])
  const { reading, custody } = await wholeItem(caseId, itemId)
  expect([findReadingStatus(reading ?? null), sayReading(reading ?? null).tag]).toEqual([
    'unread',
    'Set aside, not read',
  ])
  const aside = custody.find(({ act }) => act === 'set-aside')
  expect([aside?.actor.person, aside?.detail]).toEqual([
    'Test cyber-adviser',
    { exhibit: 'ABC/1', reason: 'the same chat twice' },
  ])
  await ask(caseId, itemId, { kind: 'whole' })
  await readItem(world.clinic, caseId, itemId)
  expect(await recordsOf(caseId, itemId)).toHaveLength(50)
  await expectCounted(caseId)
})

test('the person who sets a reading aside waits for nobody, and the one at work keeps nothing', async () => {
  const caseId = await openTestCase(world)
  const itemId = await bring(caseId, chatOf(3000))
  const working = await asOwner(world.ownerUrl, async owner => {
    // No record can be shown while this is held, so the reading is at work for as long as the test wants.
    await owner.query('begin')
    await owner.query('lock table unwatched.record_root in share mode')
    const begun = readItem(world.clinic, caseId, itemId)
    const waits = `select count(*)::int as n from pg_locks where relation = 'unwatched.record_root'::regclass and not granted`
    await expect
      .poll(async () => (await owner.query<{ n: number }>(waits)).rows[0]?.n, { timeout: 30_000 })
      .toBe(1)
    expect((await wholeItem(caseId, itemId)).reading?.state).toBe('reading')
    expect(await ask(caseId, itemId, { kind: 'nothing', reason: '' })).toBe(true)
    expect((await wholeItem(caseId, itemId)).reading?.state).toBe('waiting')
    await owner.query('commit')
    return await begun
  })
  expect(working).toBe('rightly-nothing')
  expect(await recordsOf(caseId, itemId)).toEqual([])
  expect((await wholeItem(caseId, itemId)).reading?.state).toBe('waiting')
  await readItem(world.clinic, caseId, itemId)
  expect((await recordsOf(caseId, itemId)).map(({ ordinal }) => ordinal)).toEqual([leftOutOrdinal])
  await expectCounted(caseId)
})

test('a file that was too long is read whole once the operator allows more', async () => {
  const caseId = await openTestCase(world)
  const itemId = await bring(caseId, chatOf(80))
  await readItem(bounded({ file: 50 }), caseId, itemId)
  expect(await recordsOf(caseId, itemId)).toHaveLength(1)
  expect(await ask(caseId, itemId, { kind: 'whole' })).toBe(true)
  expect((await wholeItem(caseId, itemId)).reading?.state).toBe('waiting')
  await readItem(bounded({ file: 80 }), caseId, itemId)
  expect(await recordsOf(caseId, itemId)).toHaveLength(80)
  await expectCounted(caseId)
})

test('S6 what a reading did not read was not looked through: set aside, too long or in part, with the reason', async () => {
  const caseId = await openTestCase(world)
  const site = await openTestSite(world)
  const pageOf = async (itemId: ItemId) =>
    (await site.get(`/cases/${caseId}/evidence/${itemId}`, { as: 'cyber-adviser' })).text
  const lookOf = async (itemId: ItemId) => {
    const searches = await onCase(caseId, transaction => listGiveaways(transaction, caseId, [itemId]))
    return searches?.get(itemId)?.look ?? null
  }
  const read = async (itemId: ItemId, asked: ReadAsked, mostRecords: MostRecords = {}) => {
    await ask(caseId, itemId, asked)
    await readItem(bounded(mostRecords), caseId, itemId)
    return lookOf(itemId)
  }
  const cases: readonly (readonly [ReadAsked, MostRecords, RegExp, boolean])[] = [
    [{ kind: 'nothing', reason: 'long' }, {}, /^Set aside by a person, and not read: long$/, true],
    [{ kind: 'whole' }, { file: 20 }, /^Not read: too long/, true],
    [{ kind: 'first', records: 3 }, {}, /^Read in part: the first 3 records/, false],
  ]
  for (const [asked, most, because, isNotRead] of cases) {
    const itemId = await bring(caseId, chatOf(40))
    if (asked.kind === 'whole') await readItem(bounded(most), caseId, itemId)
    const look = asked.kind === 'whole' ? await lookOf(itemId) : await read(itemId, asked, most)
    expect(needsChoice(look)).toBe(true)
    expect(look).toMatchObject({
      notLookedCount: 1,
      notLooked: [{ because: expect.stringMatching(because) }],
    })
    const shown = await pageOf(itemId)
    expect(shown).not.toContain('Nothing of what is looked for was found')
    expect(shown.includes('Nobody has looked through what it holds')).toBe(isNotRead)
    expect(needsChoice(await read(itemId, { kind: 'whole' }))).toBe(false)
    expect(await pageOf(itemId)).toContain('Nothing of what is looked for was found')
  }
  await site.close()
})

test('a reading that came to its end stands, whyever its job was given up, and one that did not is said as not read', async () => {
  const caseId = await openTestCase(world)
  for (const why of ['stopped', 'cancelled'] as const) {
    const itemId = await bring(caseId, chatOf(10))
    expect(await setReadingAside(world.clinic, caseId, itemId, why)).toBe('done')
    expect(findReadingStatus((await wholeItem(caseId, itemId)).reading ?? null)).toBe('failed')
    await readItem(world.clinic, caseId, itemId)
    expect(await setReadingAside(world.clinic, caseId, itemId, why)).toBe('rightly-nothing')
    expect(findReadingStatus((await wholeItem(caseId, itemId)).reading ?? null)).toBe('read')
  }
})
