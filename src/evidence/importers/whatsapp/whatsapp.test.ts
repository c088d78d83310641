import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import type { Account, Answers, EvidenceRecord, EvidenceSource } from '../importer.ts'
import { whatsApp } from './whatsapp.ts'

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url))

type Read = { readonly dialect: string; readonly records: EvidenceRecord[]; readonly account: Account }

const sourceOf = (bytes: Uint8Array, chunk = 65_536): EvidenceSource => ({
  name: 'chat.txt',
  size: bytes.length,
  async *open() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  },
})

async function readAll(bytes: Uint8Array, answers: Answers = {}, chunk?: number): Promise<Read> {
  const records: EvidenceRecord[] = []
  let dialect = ''
  let account: Account | null = null
  for await (const step of whatsApp.read(sourceOf(bytes, chunk), answers)) {
    if (step.step === 'records') records.push(...step.records)
    else if (step.step === 'identified') dialect = step.dialect
    else account = step.account
  }
  if (!account) throw new Error('no closing account')
  return { dialect, records, account }
}

const readText = (text: string, answers?: Answers) => readAll(Buffer.from(text), answers)

/** The part of a record a person can check against the sample by eye. */
const brief = ({ dialect, records, account }: Read) => ({
  dialect,
  records: records.map(record => ({
    lines: `${record.place.firstLine}-${record.place.lastLine}`,
    kind: record.kind,
    sentLocal: record.sentLocal,
    sender: record.sender,
    text: record.text,
    ...(record.writtenByApp
      ? { writtenByApp: `${record.writtenByApp.answer}: ${record.writtenByApp.basis}` }
      : {}),
    ...(record.fact ? { fact: record.fact } : {}),
    ...(record.attachments.length > 0 ? { attachments: record.attachments.map(file => file.name) } : {}),
    ...(record.marks.length > 0 ? { marks: record.marks } : {}),
  })),
  notes: account.notes,
  problems: account.problems.map(problem => problem.message),
  questions: account.questions.map(question => question.text),
})

/** Every byte is in exactly one record, in order. */
function expectTiled(records: readonly EvidenceRecord[], size: number): void {
  let at = 0
  for (const record of records) {
    expect(record.place.from).toBe(at)
    expect(record.place.to).toBeGreaterThan(at)
    at = record.place.to
  }
  expect(at).toBe(size)
}

const samples = readdirSync(folder).filter(name => name.endsWith('.txt'))

test.each(samples)('%s is read as the file beside it says', async name => {
  const bytes = readFileSync(folder + name)
  const read = await readAll(bytes)
  expectTiled(read.records, bytes.length)
  const expectedPath = folder + name.replace('.txt', '.expected.json')
  if (process.env['WRITE_EXPECTED']) writeFileSync(expectedPath, `${JSON.stringify(brief(read), null, 2)}\n`)
  expect(brief(read)).toEqual(JSON.parse(readFileSync(expectedPath, 'utf8')))
})

test('it does not matter how the bytes arrive', async () => {
  for (const name of samples) {
    const bytes = readFileSync(folder + name)
    expect((await readAll(bytes, {}, 7)).records).toEqual((await readAll(bytes)).records)
  }
})

test('a chat is recognised by its content, whatever it is called', () => {
  for (const name of samples) {
    const found = whatsApp.identify(readFileSync(folder + name), 'notes.bin', [])
    expect(found.kind, name).toBe(name.startsWith('text-before') ? 'not mine' : 'mine')
  }
})

test('a server log, a letter and a PDF are not taken for a chat', () => {
  const check = (text: string) => whatsApp.identify(Buffer.from(text), 'file.txt', []).kind
  expect(check('2024-02-03 07:58:01 - INFO: started\n2024-02-03 07:58:02 - WARN: slow\n')).toBe('not mine')
  expect(check('Dear Kit,\n\non 3/2/2024, 07:58 - I think: no.\n')).toBe('not mine')
  expect(check('%PDF-1.7\n')).toBe('not mine')
  expect(check('')).toBe('not mine')
})

test('a file that only has the name of an export is said to be broken, not passed over', () => {
  const found = whatsApp.identify(Buffer.from('hello'), 'WhatsApp Chat with Kit.txt', [])
  expect(found.kind).toBe('broken')
})

const undecided = '03/02/2024, 07:58 - Kit Orme: one\n04/02/2024, 07:59 - Kit Orme: two\n'

test('where day and month cannot be told apart no time is given until a person answers', async () => {
  const open = await readText(undecided)
  expect(open.records.map(record => [record.sentLocal, record.whyNoInstant])).toEqual([
    [null, 'date-order-unknown'],
    [null, 'date-order-unknown'],
  ])
  expect(open.account.questions.map(question => question.id)).toEqual(['date-order'])
  const dayFirst = await readText(undecided, { dateOrder: 'day-first' })
  expect(dayFirst.records.map(record => record.sentLocal)).toEqual([
    '2024-02-03T07:58:00',
    '2024-02-04T07:59:00',
  ])
  const monthFirst = await readText(undecided, { dateOrder: 'month-first' })
  expect(monthFirst.records.map(record => record.sentLocal)).toEqual([
    '2024-03-02T07:58:00',
    '2024-04-02T07:59:00',
  ])
  expect(monthFirst.account.questions).toEqual([])
})

test('an answer does not overrule what the file itself shows', async () => {
  const read = await readText('25/02/2024, 07:58 - Kit: one\n', { dateOrder: 'month-first' })
  expect(read.records[0]?.sentLocal).toBe('2024-02-25T07:58:00')
})

test('the hour that came twice has two moments, and the hour that was skipped has none', async () => {
  const text = '27/10/2024, 01:30 - Kit: a\n31/03/2024, 01:30 - Kit: b\n13/07/2024, 09:00 - Kit: c\n'
  const { records } = await readText(text, { zone: 'Europe/London' })
  expect(records.map(record => [record.sentAt, record.whyNoInstant, record.possibleInstants])).toEqual([
    [null, 'clock-went-back', ['2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z']],
    [null, 'clock-went-forward', []],
    ['2024-07-13T08:00:00Z', null, []],
  ])
})

test('a line the app wrote keeps the name before it, and is not that person’s message', async () => {
  const { records } = await readText('[13.02.24, 07:58:01] Dee: \u200eDee hat diese Gruppe erstellt\n')
  expect(records.map(record => [record.kind, record.sender, record.writtenByApp, record.fact])).toEqual([
    ['system', 'Dee', { answer: 'yes', basis: 'phrase' }, 'group-made'],
  ])
})

test('sent and received are told apart only when the client says which name is theirs', async () => {
  const text = '13/02/2024, 07:58 - Kit: a\n13/02/2024, 07:59 - Dee: b\n'
  const plain = await readText(text)
  expect(plain.records.map(record => record.direction)).toEqual(['unknown', 'unknown'])
  const told = await readText(text, { ownName: 'Kit' })
  expect(told.records.map(record => record.direction)).toEqual(['out', 'in'])
})

test('a name of ten thousand characters and right-to-left text are kept whole', async () => {
  const name = 'ن\u202E\u200Bx'.repeat(2500)
  const { records } = await readText(`13/02/2024, 07:58 - ${name}: سلام \u202Eabc\u202C\u200B!\n`)
  expect(records[0]?.sender).toBe(name)
  expect(records[0]?.text).toBe('سلام \u202Eabc\u202C\u200B!')
})

test('bytes that are not text are marked and kept in their place', async () => {
  const bytes = Buffer.concat([
    Buffer.from('13/02/2024, 07:58 - Kit: a'),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from('\n'),
  ])
  const { records, account } = await readAll(bytes)
  expect(records[0]?.marks).toEqual(['bytes-not-text'])
  expect(account.problems.map(problem => problem.code)).toEqual(['bytes-not-text'])
})

test('a text without end is set apart instead of filling the memory', async () => {
  const { records, account } = await readAll(
    Buffer.from(`13/02/2024, 07:58 - Kit: ${'x'.repeat(9_000_000)}\n13/02/2024, 07:59 - Kit: b\n`),
  )
  expect(account.quarantined).toBeGreaterThan(0)
  expect(records.at(-1)?.text).toBe('b')
  expectTiled(records, account.bytes)
})

test('a text made to be slow to search is read like any other', async () => {
  for (const filler of [' ', '\u200e', '<', '<a:', ':', '"', '(', '\r']) {
    const { records } = await readText(`13/02/2024, 07:58 - Kit: ${filler.repeat(300_000)}x>\n`)
    expect(records.length).toBe(1)
  }
})

test('for any bytes at all nothing is thrown and nothing vanishes', async () => {
  const header = fc.constantFrom(
    '13/02/2024, 07:58 - Kit: ',
    '[13.02.24, 07:58:01] Dee: \u200e',
    '2/13/24, 7:58\u202fAM - ',
    '٣/٢/٢٠٢٤، ٧:٥٨ ص - ',
    '99/99/9999, 99:99 - x: ',
  )
  const line = fc.tuple(fc.option(header, { nil: '' }), anyText({ maxLength: 30 }))
  const text = fc
    .array(line, { maxLength: 12 })
    .map(lines => Buffer.from(lines.map(([head, rest]) => head + rest).join('\n')))
  const anything = fc.oneof(text, fc.uint8Array({ maxLength: 200 }))
  await fc.assert(
    fc.asyncProperty(anything, fc.integer({ min: 1, max: 50 }), async (bytes, chunk) => {
      whatsApp.identify(bytes, 'x.txt', [])
      const { records, account } = await readAll(bytes, { zone: 'Europe/London' }, chunk)
      if (bytes.length === 0) return
      expectTiled(records, bytes.length)
      expect(account.records + account.unknown + account.quarantined).toBe(records.length)
    }),
    { numRuns: 300 },
  )
})
