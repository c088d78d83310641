import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { ownSeal } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { sha256 } from '../../foundation/digest.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { openValue, sealValue } from '../../platform/seal-value.ts'
import { isSignedBy } from '../checkpoint-key.ts'
import { clinicSigner } from '../clinic-signer.ts'
import { parseReceipt } from '../receipt.ts'
import { custodyLineContent, custodyLinePart } from '../sealed-item.ts'
import { loadEvidence, loadItem } from './load-evidence.ts'
import { openOriginal } from './open-original.ts'
import { type Brought, takeInEvidence } from './take-in-evidence.ts'
import { verifyCustody } from './verify-custody.ts'

let world: TestClinic
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  caseId = await openTestCase(world)
})
afterAll(() => world.close())

const brought = (bytes: string | Uint8Array, more: Partial<Brought> = {}): Brought => ({
  name: 'chat.txt',
  broughtBy: 'ABC',
  howObtained: 'exported on her phone',
  body: Readable.from([Buffer.from(bytes)]),
  ...more,
})

const take = (bytes: string | Uint8Array, more: Partial<Brought> = {}, into = caseId) =>
  takeInEvidence(world.clinic, world.as('cyber-adviser'), into, brought(bytes, more))

async function taken(bytes: string | Uint8Array, more: Partial<Brought> = {}, into = caseId) {
  const answer = await take(bytes, more, into)
  if (answer.kind !== 'taken-in') throw new Error(answer.because)
  return answer
}

const look = <Result>(of: CaseId, work: Parameters<typeof withCase<Result>>[3]) =>
  withCase(
    world.clinic.database,
    world.as('cyber-adviser'),
    { caseId: of, part: 'evidence', mode: 'read' },
    work,
  )

async function bytesOf(into: CaseId, itemId: Parameters<typeof openOriginal>[3]): Promise<Buffer> {
  const opened = await openOriginal(world.clinic, work => look(into, work), into, itemId)
  if (!opened) throw new Error('the original did not open')
  return Buffer.concat(await opened.body.toArray())
}

async function blobsKept(): Promise<number> {
  const entries = await readdir(world.clinic.blobFolder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).length
}

test('S5 nobody whose role does not change evidence takes any in, and nothing is left of the attempt', async () => {
  const kept = await blobsKept()
  for (const role of ['coordinator', 'police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    const answer = await takeInEvidence(world.clinic, world.as(role), caseId, brought('hello'))
    expect(answer).toEqual({ kind: 'refused', because: 'not-in-sight' })
  }
  expect(await blobsKept()).toBe(kept)
})

test('a file becomes an item, an arrival, a line of custody and a receipt that the clinic signed', async () => {
  const into = await openTestCase(world)
  const answer = await taken('12/03/2026, 10:00 - Sam: hello', {}, into)
  expect(answer.exhibitRef).toBe('ABC/1')
  expect(answer.sha256).toBe(sha256('12/03/2026, 10:00 - Sam: hello'))
  const receipt = parseReceipt(answer.receipt)
  expect(receipt?.item).toBe(answer.sha256)
  expect(receipt?.size).toBe(1)
  expect(receipt && isSignedBy(receipt.signed, clinicSigner(world.clinic.key, world.clinic.clinicId))).toBe(
    true,
  )
  const whole = await look(into, transaction => loadItem(transaction, into, answer.itemId))
  expect(whole?.arrivals.map(arrival => arrival.originalName)).toEqual(['chat.txt'])
  expect(whole?.custody.map(line => line.act)).toEqual(['arrived'])
  expect(whole?.custody[0]?.actor).toEqual({ person: 'Test cyber-adviser', agency: 'cyber agency' })
  expect(whole?.item.mediaType).toBe('text/plain')
  expect(whole?.reading?.state).toBe('waiting')
})

test('S7 the bytes that arrived are the bytes that leave, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async bytes => {
      const answer = await taken(bytes)
      expect((await bytesOf(caseId, answer.itemId)).equals(Buffer.from(bytes))).toBe(true)
    }),
    { numRuns: 15 },
  )
})

test('S7 no original can be changed or removed: not by the program, and not by the owner of the tables', async () => {
  const { itemId } = await taken('an original')
  const attempts = [
    `update unwatched.item set file_fingerprint = repeat('0', 64)`,
    'delete from unwatched.item',
    'truncate unwatched.item cascade',
    `update unwatched.arrival set sealed = ''`,
    'delete from unwatched.arrival',
    `update unwatched.custody_line set sealed = ''`,
    'delete from unwatched.custody_line',
  ]
  for (const attempt of attempts) {
    const asProgram = look(caseId, transaction => sql.raw(attempt).execute(transaction.tables()))
    await expect(asProgram, attempt).rejects.toThrow(/permission denied|append-only/)
    await expect(
      asOwner(world.ownerUrl, client => client.query(attempt)),
      attempt,
    ).rejects.toThrow(/append-only/)
  }
  expect((await bytesOf(caseId, itemId)).toString()).toBe('an original')
})

test('S7 no line of the room changes or removes an item, an arrival or a line of custody', async () => {
  const room = join(import.meta.dirname, '..')
  const names = (await readdir(room, { recursive: true })).filter(name => /(?<!\.test)\.ts$/.test(name))
  expect(names).toContain('store.ts')
  for (const name of names) {
    const text = await readFile(join(room, name), 'utf8')
    expect(text, name).not.toMatch(
      /(update|delete\s+from|updateTable\(|deleteFrom\()\s*['"]?(unwatched\.)?(item|arrival|custody_line)\b/i,
    )
  }
})

test('the same file twice is one item with two arrivals, also under another name', async () => {
  const into = await openTestCase(world)
  const first = await taken('the same bytes', { name: 'one.txt' }, into)
  const kept = await blobsKept()
  const second = await taken('the same bytes', { name: 'two.txt', broughtBy: 'XYZ' }, into)
  expect(second.isNew).toBe(false)
  expect(second.itemId).toBe(first.itemId)
  expect(second.exhibitRef).toBe('ABC/1')
  expect(second.arrivalId).not.toBe(first.arrivalId)
  expect(await blobsKept()).toBe(kept)
  const whole = await look(into, transaction => loadItem(transaction, into, first.itemId))
  expect(whole?.arrivals.map(arrival => arrival.originalName)).toEqual(['one.txt', 'two.txt'])
  expect(whole?.custody.map(line => line.act)).toEqual(['arrived', 'arrived-again'])
})

test('the same file handed in ten times at the same instant is one item with ten arrivals', async () => {
  const into = await openTestCase(world)
  const bytes = randomBytes(40_000)
  const answers = await Promise.all(Array.from({ length: 10 }, () => taken(bytes, {}, into)))
  expect(new Set(answers.map(answer => answer.itemId)).size).toBe(1)
  expect(new Set(answers.map(answer => answer.arrivalId)).size).toBe(10)
  expect(answers.filter(answer => answer.isNew).length).toBe(1)
  const found = await look(into, transaction => loadEvidence(transaction, into))
  expect(found?.items.map(listed => listed.arrivals)).toEqual([10])
  const check = await look(into, transaction => verifyCustody(world.clinic, transaction, into))
  expect(check?.size).toBe(10)
  expect(check?.problems).toEqual([])
})

test('different files at the same instant get references of their own, without a gap', async () => {
  const into = await openTestCase(world)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      taken(`file ${index}`, { broughtBy: index % 2 ? 'AB' : 'CD' }, into),
    ),
  )
  expect(answers.map(answer => answer.exhibitRef).sort()).toEqual([
    'AB/1',
    'AB/2',
    'AB/3',
    'AB/4',
    'CD/1',
    'CD/2',
    'CD/3',
    'CD/4',
  ])
})

test('a form sent twice is one arrival, also when both are sent at once', async () => {
  const into = await openTestCase(world)
  const once = { formToken: 'form-1:0' }
  const [first, again] = await Promise.all([taken('letter', once, into), taken('letter', once, into)])
  const third = await taken('letter', once, into)
  expect(new Set([first?.arrivalId, again?.arrivalId, third.arrivalId]).size).toBe(1)
  expect(third.receipt).toBe(first?.receipt)
  const other = await taken('another letter', once, into)
  expect(other.isNew).toBe(true)
})

test('an empty file, a sender who goes away and initials that are none are refused, and leave nothing', async () => {
  const into = await openTestCase(world)
  const kept = await blobsKept()
  expect(await take('', {}, into)).toEqual({ kind: 'refused', because: 'empty' })
  const gone = Readable.from(
    (async function* () {
      yield Buffer.alloc(300_000)
      throw new Error('the sender went away')
    })(),
  )
  expect(await take('', { body: gone }, into)).toEqual({ kind: 'refused', because: 'broken-off' })
  expect(await take('x', { broughtBy: '../' }, into)).toEqual({ kind: 'refused', because: 'no-producer' })
  expect(await blobsKept()).toBe(kept)
  expect((await look(into, transaction => loadEvidence(transaction, into)))?.items).toEqual([])
})

test('S7 nothing is acknowledged and no row is kept of a file that the disk did not take', async () => {
  const into = await openTestCase(world)
  // Where the folders of the store would be, there are files: what is written cannot be given its place.
  const blobFolder = await mkdtemp(join(tmpdir(), 'unwatched-no-room-'))
  for (let number = 0; number < 256; number += 1)
    await writeFile(join(blobFolder, number.toString(16).padStart(2, '0')), '')
  const clinic = { ...world.clinic, blobFolder }
  await expect(
    takeInEvidence(clinic, world.as('cyber-adviser'), into, brought('not kept')),
  ).rejects.toMatchObject({ code: /^blob/ })
  const listed = await look(into, transaction => loadEvidence(transaction, into))
  expect(listed?.items).toEqual([])
  expect(await readdir(join(blobFolder, 'incoming'))).toEqual([])
  await rm(blobFolder, { recursive: true })
})

test('a hostile name is kept as data and never used as one', async () => {
  const into = await openTestCase(world)
  for (const name of ['../../etc/passwd', 'a\u0000b', '\u202Egpj.exe', 'x'.repeat(10_000), '<script>']) {
    await taken(name, { name }, into)
  }
  const found = await look(into, transaction => loadEvidence(transaction, into))
  expect(found?.items.map(listed => listed.originalName)).toEqual([
    '../../etc/passwd',
    'a␀b',
    '\u202Egpj.exe',
    'x'.repeat(10_000),
    '<script>',
  ])
})

test('a custody log that was altered behind the program is found out, with every place', async () => {
  const into = await openTestCase(world)
  await taken('one', {}, into)
  await taken('two', {}, into)
  const seal = await ownSeal(world, into)
  const { field, least } = custodyLinePart(0)
  // The person who alters it holds the key as well: the worst there is.
  await alterLine(into, kept => {
    const { line } = custodyLineContent.parse(openValue(seal, field, kept))
    return sealValue(seal, field, { line: line.replace('ABC', 'ABD') }, least)
  })
  const check = await look(into, transaction => verifyCustody(world.clinic, transaction, into))
  expect(check?.problems.some(problem => problem.includes('Line 1 follows'))).toBe(true)
  expect(check?.problems.some(problem => problem.includes('root'))).toBe(true)
})

test('a custody line that was altered without the key is found out, and the log is shown all the same', async () => {
  const into = await openTestCase(world)
  await taken('one', {}, into)
  await taken('two', {}, into)
  await alterLine(into, kept => Buffer.concat([kept.subarray(0, -1), Buffer.of(1 ^ (kept.at(-1) ?? 0))]))
  const check = await look(into, transaction => verifyCustody(world.clinic, transaction, into))
  expect(check?.problems.some(problem => problem.includes('Line 0 is not a custody line'))).toBe(true)
  expect(check?.problems.some(problem => problem.includes('Line 1 follows'))).toBe(true)
})

test('a line of custody that is put at the place of another does not open there', async () => {
  const into = await openTestCase(world)
  await taken('one', {}, into)
  await taken('two', {}, into)
  const second = await asOwner(world.ownerUrl, client =>
    client.query<{ sealed: Buffer }>(
      'select sealed from unwatched.custody_line where case_id = $1 and sequence = 1',
      [into],
    ),
  )
  await alterLine(into, kept => second.rows[0]?.sealed ?? kept)
  const check = await look(into, transaction => verifyCustody(world.clinic, transaction, into))
  expect(check?.problems.some(problem => problem.includes('Line 0 is not a custody line'))).toBe(true)
})

async function alterLine(of: CaseId, alter: (kept: Buffer) => Buffer): Promise<void> {
  await asOwner(world.ownerUrl, async client => {
    await client.query('alter table unwatched.custody_line disable trigger all')
    const found = await client.query<{ sealed: Buffer }>(
      'select sealed from unwatched.custody_line where case_id = $1 and sequence = 0',
      [of],
    )
    await client.query('update unwatched.custody_line set sealed = $2 where case_id = $1 and sequence = 0', [
      of,
      alter(found.rows[0]?.sealed ?? Buffer.alloc(0)),
    ])
    await client.query('alter table unwatched.custody_line enable trigger all')
  })
}

test('the log of custody never runs back in time, even when the clock does', async () => {
  const into = await openTestCase(world)
  world.clock.moveTo('2026-03-02T11:00:00Z')
  await taken('before', {}, into)
  world.clock.moveTo('2026-03-02T10:30:00Z')
  await taken('after', {}, into)
  world.clock.moveTo('2026-03-02T10:00:00Z')
  const check = await look(into, transaction => verifyCustody(world.clinic, transaction, into))
  expect(check?.problems).toEqual([])
})
