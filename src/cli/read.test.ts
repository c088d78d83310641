import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { makeZip } from '../../test/support/made-zip.ts'
import { read } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-'))
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function run(...args: string[]) {
  const texts = { out: '', err: '' }
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        texts[name] += String(chunk)
        done()
      },
    })
  const code = await read(args, { out: into('out'), err: into('err') })
  return { code, ...texts }
}

const chat = put('chat.txt', '13/07/2024, 07:58 - Dee: hello\n14/07/2024, 07:59 - Kit: stop\n')
const undecided = put('undecided.txt', '03/02/2024, 07:58 - Kit: one\n04/02/2024, 07:59 - Kit: two\n')

test('a chat is described in plain words, with its digest, its dates and its account', async () => {
  const { code, out } = await run(chat)
  expect(code).toBe(0)
  expect(out).toContain('chat: dates before a dash, dd/mm/yyyy, clock of 24')
  expect(out).toContain('From 13 July 2024 at 7:58am to 14 July 2024 at 7:59am')
  expect(out).toContain('Account: 2 records, 0 unknown, 0 quarantined')
})

test('each file is one JSON object on a line, with everything the account needs', async () => {
  const { code, out } = await run('--json', chat, undecided)
  expect(code).toBe(1)
  const [first, second] = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(Object.keys(first)).toEqual([
    'file',
    'format',
    'dialect',
    'confidence',
    'sha256',
    'records',
    'account',
    'questions',
  ])
  expect(
    first.records.map((record: { sentAt: string; sender: string }) => [record.sentAt, record.sender]),
  ).toEqual([
    ['2024-07-13T07:58:00', 'Dee'],
    ['2024-07-14T07:59:00', 'Kit'],
  ])
  expect(first.records[1].source).toEqual({ from: 31, to: 61, firstLine: 2, lastLine: 2, entry: null })
  expect(second.questions[0].id).toBe('date-order')
})

test('an answer gives the times their order and their zone', async () => {
  const { code, out } = await run(undecided, '--json', '--date-order=day-first', '--zone', 'America/New_York')
  expect(code).toBe(0)
  expect(JSON.parse(out).records[0].sentAt).toBe('2024-02-03T07:58:00-05:00')
})

test('what needs a person ends with 1, and what cannot be read with 2', async () => {
  expect((await run(put('empty.txt', ''))).code).toBe(1)
  expect((await run(put('cut.zip', 'PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'))).code).toBe(2)
  expect((await run(chat, join(folder, 'not there'))).code).toBe(2)
  const missing = await run('--json', join(folder, 'not there'))
  expect(JSON.parse(missing.out).error).toBe('There is no such file.')
  expect((await run(folder)).err).toContain('This is a folder.')
})

test('an archive says what became of each entry, and ends with 1 while anything in it is not read', async () => {
  const zip = put(
    'download.zip',
    makeZip([
      { name: 'WhatsApp Chat with Dee.txt', data: '13/07/2024, 07:58 - Dee: hello\n' },
      {
        name: 'Takeout/Mail/All mail.mbox',
        data: 'From 1@xxx Mon Aug 25 10:00:00 2025\nFrom: a@x.example\n\nx\n',
      },
    ]),
  )
  const { code, out } = await run(zip)
  expect(code).toBe(1)
  expect(out).toContain('Read in part or in doubt')
  expect(out).toContain('Read: WhatsApp Chat with Dee.txt: 1 message')
  expect(out).toContain(
    'Not read: Takeout/Mail/All mail.mbox: By its content this is a mailbox (mbox), part of a Google Takeout download, not read yet.',
  )
  const { account } = JSON.parse((await run('--json', zip)).out)
  expect(account.notRead.map((each: { place: { entry: string } }) => each.place.entry)).toEqual([
    'Takeout/Mail/All mail.mbox',
  ])
})

test('a picture is looked through, and one that is cut short ends with 1', async () => {
  const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
  expect(await run(put('whole.gif', gif))).toMatchObject({
    code: 0,
    out: expect.stringContaining('Looked through'),
  })
  const cut = await run(put('cut.gif', gif.subarray(0, gif.length - 1)))
  expect(cut.code).toBe(1)
  expect(cut.out).toContain('It is damaged and ends early')
})

test('a chat that several programs could have written is read, asked about, and named by the answer', async () => {
  const open = await run(chat)
  expect([open.code, open.out.includes('Question (program)')]).toEqual([0, true])
  expect(open.out).toContain(
    'a chat in the form that WhatsApp and exporters of Signal and other programs write alike',
  )
  const answered = await run('--program', 'whatsapp', chat)
  expect(answered.out).toContain('whatsapp: Android')
  expect(answered.out).not.toContain('Question')
  expect((await run('--program', 'viber', chat)).code).toBe(64)
})

test('a flag that does not exist is named, and nothing is read', async () => {
  expect(await run('--jsno', chat)).toEqual({
    code: 64,
    out: '',
    err: 'unwatched read: There is no option --jsno. See unwatched read --help.\n',
  })
  expect((await run('--zone', 'Mars/Base', chat)).err).toContain('Mars/Base is not a zone we know.')
  expect((await run()).code).toBe(64)
  expect((await run('--help')).out).toContain('Usage: unwatched read')
})

test('a name that would command the terminal is shown without its command', async () => {
  const { out } = await run(
    put('zip.txt', '13/07/2024, 07:58 - Dee: \u001b[2J.jpg (file attached)\n31/02/2024, 07:58 - x: y\n'),
  )
  expect(out).not.toContain('\u001b')
})
