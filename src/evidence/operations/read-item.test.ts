import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { storedRecords } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import { evidenceJobs } from '../jobs.ts'
import { answerQuestion } from './answer-question.ts'
import { loadItem, type WholeItem } from './load-evidence.ts'
import { takeInEvidence } from './take-in-evidence.ts'

let world: TestClinic
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  caseId = await openTestCase(world)
})
afterAll(() => world.close())

const onCase = <Result>(work: Parameters<typeof withCase<Result>>[3]) =>
  withCase(
    world.clinic.database,
    world.as('cyber-adviser'),
    { caseId, part: 'evidence', mode: 'write' },
    work,
  )

async function bring(bytes: string | Buffer, name = 'chat.txt', answers = {}): Promise<ItemId> {
  const body = Readable.from([Buffer.from(bytes)])
  const brought = { name, broughtBy: 'ABC', howObtained: 'exported', body, answers }
  const answer = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, brought)
  if (answer.kind !== 'taken-in') throw new Error(answer.because)
  return answer.itemId
}

/** Does what the queue does. */
async function readNow(itemId: ItemId): Promise<void> {
  for (const job of evidenceJobs) {
    if (job.name === 'read-item') await job.work(world.clinic, { caseId, itemId })
  }
}

async function wholeItem(itemId: ItemId): Promise<WholeItem> {
  const whole = await onCase(transaction => loadItem(transaction, caseId, itemId))
  if (!whole) throw new Error('no such item')
  return whole
}

const recordsOf = async (itemId: ItemId) =>
  (await storedRecords(world, caseId, itemId)).map(({ shape, ...record }) => ({ ...record, ...shape }))

/** A PNG of one pixel. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

const clear = `24/12/2025, 18:00 - Sam: where are you
24/12/2025, 18:01 - Alex: at work
and nobody asked
25/12/2025, 09:30 - Sam: I saw you
`

test('the messages of a chat become records with their place in the file, and the account says what became of all', async () => {
  const itemId = await bring(clear)
  await readNow(itemId)
  const rows = await recordsOf(itemId)
  const messages = rows.filter(row => row.kind === 'message')
  expect(messages.map(row => [row.sender, row.body, row.place.firstLine])).toEqual([
    ['Sam', 'where are you', 1],
    ['Alex', 'at work\nand nobody asked', 2],
    ['Sam', 'I saw you', 4],
  ])
  expect(messages[0]?.local).toBe(Date.UTC(2025, 11, 24, 18))
  expect(messages[0]?.sentAt).toBeNull()
  expect(messages[0]?.zoneHow).toBe('unknown')
  expect(messages[0]?.whyNoInstant).toBe('zone-unknown')
  const { reading, custody } = await wholeItem(itemId)
  expect(reading?.state).toBe('done')
  expect(reading?.format).toBe('chat')
  expect(reading?.account?.byKind.message).toBe(3)
  expect(custody.map(line => line.act)).toEqual(['arrived', 'read'])
})

test('the zone that was said on arrival gives every message its moment', async () => {
  const itemId = await bring(clear.replace('where', 'where on earth'), 'chat.txt', { zone: 'Europe/London' })
  await readNow(itemId)
  const [first] = (await recordsOf(itemId)).filter(row => row.kind === 'message')
  expect(first?.sentAt).toBe(Date.UTC(2025, 11, 24, 18))
  expect([first?.zone, first?.zoneHow]).toEqual(['Europe/London', 'asked'])
})

test('a chat whose day and month cannot be told apart asks, remembers the answer in custody, and is read again', async () => {
  const itemId = await bring('03/04/2025, 18:00 - Sam: hello\n03/04/2025, 18:05 - Alex: stop\n')
  await readNow(itemId)
  const asked = await wholeItem(itemId)
  expect(asked.reading?.state).toBe('asking')
  expect(asked.reading?.questions.map(question => question.id)).toEqual(['date-order', 'program'])
  expect((await recordsOf(itemId)).map(row => row.sentAt)).toEqual([null, null])
  expect(
    await onCase(transaction =>
      answerQuestion(world.clinic, transaction, caseId, itemId, {
        dateOrder: 'day-first',
        zone: 'Europe/London',
      }),
    ),
  ).toBe(true)
  expect((await wholeItem(itemId)).reading?.state).toBe('waiting')
  await readNow(itemId)
  const answered = await wholeItem(itemId)
  expect(answered.reading?.state).toBe('done')
  expect(answered.custody.map(line => line.act)).toEqual(['arrived', 'read', 'question-answered', 'read'])
  const rows = (await recordsOf(itemId)).filter(row => row.kind === 'message')
  expect(rows.map(row => row.sentAt)).toEqual([Date.UTC(2025, 3, 3, 17), Date.UTC(2025, 3, 3, 17, 5)])
})

test('a chat that several programs could have written is read at once, and named when a person said which, as part of its custody', async () => {
  const itemId = await bring(clear.replace('where', 'from where'))
  await readNow(itemId)
  const open = await wholeItem(itemId)
  expect([open.reading?.state, open.reading?.format]).toEqual(['done', 'chat'])
  expect(open.reading?.questions.map(question => question.id)).toEqual(['program'])
  await onCase(transaction =>
    answerQuestion(world.clinic, transaction, caseId, itemId, { program: 'whatsapp' }),
  )
  await readNow(itemId)
  const named = await wholeItem(itemId)
  expect([named.reading?.state, named.reading?.format, named.reading?.questions]).toEqual([
    'done',
    'whatsapp',
    [],
  ])
  expect(named.custody.map(line => line.act)).toEqual(['arrived', 'read', 'question-answered', 'read'])
})

test('reading again replaces what was read, and never doubles it', async () => {
  const itemId = await bring(clear.replace('where', 'and where'))
  await Promise.all([readNow(itemId), readNow(itemId)])
  await readNow(itemId)
  expect((await recordsOf(itemId)).filter(row => row.kind === 'message').length).toBe(3)
})

test('characters that the database cannot hold are shown and said, and nothing is lost', async () => {
  const early = '24/12/2025, 17:00 - Sam: plain\n'.repeat(3000)
  const itemId = await bring(`${early}24/12/2025, 18:00 - Sam: a\u0000b\n`)
  await readNow(itemId)
  expect((await wholeItem(itemId)).reading?.state).toBe('done')
  const messages = (await recordsOf(itemId)).filter(row => row.kind === 'message')
  expect(messages.map(row => row.marks.length).filter(marks => marks > 0)).toEqual([1])
  expect([messages[3000]?.body, messages[3000]?.marks]).toEqual(['a␀b', ['characters-replaced']])
})

test('a message of three hundred thousand different words is kept whole', async () => {
  const words = Array.from({ length: 300_000 }, (_, index) => `w${index}`).join(' ')
  const itemId = await bring(`24/12/2025, 18:00 - Sam: ${words}\n24/12/2025, 18:01 - Alex: stop\n`)
  await readNow(itemId)
  const rows = await recordsOf(itemId)
  expect(rows.map(row => row.body).join('')).toContain('w299999')
  expect((await wholeItem(itemId)).reading?.state).toBe('done')
})

test('a chat in an archive is read with its pictures, each with its place, and what it leaves out is said', async () => {
  const zip = new ZipFile()
  const chat =
    '24/12/2025, 18:00 - Sam: IMG-20251224-WA0001.jpg (file attached)\n24/12/2025, 18:01 - Sam: IMG-20251224-WA0002.jpg (file attached)\n24/12/2025, 18:02 - Alex: stop\n'
  zip.addBuffer(Buffer.from(chat), 'WhatsApp Chat with Sam.txt')
  zip.addBuffer(Buffer.from(onePixel, 'base64'), 'IMG-20251224-WA0001.jpg')
  zip.end()
  const packed: Buffer[] = []
  for await (const part of zip.outputStream) packed.push(Buffer.from(part))
  const itemId = await bring(Buffer.concat(packed), 'WhatsApp Chat with Sam.zip', { zone: 'Europe/London' })
  await readNow(itemId)
  const { reading } = await wholeItem(itemId)
  expect(reading?.state).toBe('done')
  const rows = await recordsOf(itemId)
  expect(rows.filter(row => row.kind === 'message').map(row => row.body)).toEqual(['stop'])
  expect(rows.filter(row => row.kind === 'image').map(row => row.place.entry)).toEqual([
    'IMG-20251224-WA0001.jpg',
  ])
  expect(rows.every(row => row.place.entry !== null)).toBe(true)
  expect(
    reading?.account?.problems.some(problem => problem.message.includes('IMG-20251224-WA0002.jpg')),
  ).toBe(true)
})

test('S10 a PDF that calls itself a chat, random bytes and a broken archive are each accounted for', async () => {
  const pdf = await bring('%PDF-1.7\n%âãÏÓ\n1 0 obj\n', 'WhatsApp Chat with Sam.txt')
  const noise = await bring(
    Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)),
    'x.txt',
  )
  const zip = await bring(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(300, 7)]), 'chat.zip')
  for (const itemId of [pdf, noise, zip]) {
    await readNow(itemId)
    const { reading, item } = await wholeItem(itemId)
    expect(reading?.state).toBe('done')
    const { account } = reading ?? {}
    expect((account?.unknown ?? 0) + (account?.quarantined ?? 0)).toBeGreaterThan(0)
    expect(account?.bytes).toBe(item.size)
  }
  expect((await wholeItem(pdf)).reading?.format).toBe('pdf')
})

test('an original that was altered on the disk is found out, said, and never read as if it were the client’s', async () => {
  const itemId = await bring(clear.replace('where', 'but where'))
  const entries = await readdir(world.clinic.blobFolder, { recursive: true, withFileTypes: true })
  const blobId = await asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ blob_id: string }>(
      'select blob_id from unwatched.item where item_id = $1',
      [itemId],
    )
    return found.rows[0]?.blob_id
  })
  const blob = entries.find(entry => entry.name === blobId)
  if (!blob) throw new Error('the blob is not where it was put')
  const path = join(blob.parentPath, blob.name)
  await rm(path)
  await writeFile(path, 'something else')
  await expect(readNow(itemId)).rejects.toMatchObject({ code: 'original-altered' })
  const { reading } = await wholeItem(itemId)
  expect([reading?.state, reading?.failure]).toEqual(['failed', 'original-altered'])
  expect(await recordsOf(itemId)).toEqual([])
})

test('nothing is left in the spool when the work is done', async () => {
  expect(await readdir(world.clinic.spoolFolder)).toEqual([])
})
