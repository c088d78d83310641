import { expect, test } from 'vitest'
import type { Account, EvidenceRecord } from '../importer.ts'
import { whatsApp } from './whatsapp.ts'

async function read(text: string): Promise<{ records: readonly EvidenceRecord[]; account: Account }> {
  const bytes = Buffer.from(text)
  const records: EvidenceRecord[] = []
  let account: Account | null = null
  const source = {
    name: 'chat.txt',
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  for await (const step of whatsApp.read(source, {}))
    if (step.step === 'records') records.push(...step.records)
    else if (step.step === 'account') account = step.account
  if (!account) throw new Error('no closing account')
  return { records, account }
}

const identify = (text: string) => whatsApp.identify(Buffer.from(text), 'file.txt', []).kind

test.each([
  ['25/08/2025, 21:00: Rob: hi', '2025-08-25T21:00:00'],
  ['8/25/17, 12:29:34 PM: Rob: hi', '2017-08-25T12:29:34'],
  ['25.08.2025, 21.00: Rob: hi', '2025-08-25T21:00:00'],
  ['25.8.2025 klo 21.00 - Rob: hi', '2025-08-25T21:00:00'],
  ['25.8.2025 klo 21.00.12: Rob: hi', '2025-08-25T21:00:12'],
  ['[25.8.2025 klo 21.00.12] Rob: hi', '2025-08-25T21:00:12'],
  ['[25/08/25 21.00.12] Rob: hi', '2025-08-25T21:00:12'],
  ['[\u200e25/08/2025, 21:00:12] Rob: hi', '2025-08-25T21:00:12'],
  ['[25/08/2025, 21:00:12\u200e] Rob: hi', '2025-08-25T21:00:12'],
  ['\u200f[25/08/2025, 9:00:12\u202fPM] Rob: hi', '2025-08-25T21:00:12'],
  ['\ufeff[25/08/2025,\u200921:00:12] Rob: hi', '2025-08-25T21:00:12'],
  ['2025-08-25, 21:00 - Rob: hi', '2025-08-25T21:00:00'],
  ['21:00, 25/08/2025 - Rob: hi', '2025-08-25T21:00:00'],
])('a line that begins “%s” is a message', async (line, at) => {
  const { records } = await read(`${line}\n`)
  expect(records.map(({ kind, sender, text, sentLocal }) => [kind, sender, text, sentLocal])).toEqual([
    ['message', 'Rob', 'hi', at],
  ])
})

test('a log with dates, times and colons is not taken for a chat', () => {
  expect(identify('2024-02-03 07:58:01: worker: started\n2024-02-03 07:58:02: worker: slow\n')).toBe(
    'not mine',
  )
  expect(identify('03/02/2024, 07:58:01: started\n03/02/2024, 07:58:02: stopped\n')).toBe('not mine')
  expect(identify('13/02/2024, 07:58: Rob: hi\n13/02/2024, 07:59: Nell: stop\n')).toBe('mine')
})

test.each([
  ['2015-08-04-PHOTO-00004762.jpg <attached>', '2015-08-04-PHOTO-00004762.jpg'],
  ['\u200e2015-08-04-PHOTO-00004762.jpg \u200e<\u200eattached>', '2015-08-04-PHOTO-00004762.jpg'],
  ['Bill.pdf <angehängt>', 'Bill.pdf'],
  ['< attached: 00000012-AUDIO-2025-08-25.opus >', '00000012-AUDIO-2025-08-25.opus'],
  ['\u200e<attached: \u200e00000012-AUDIO-2025-08-25.opus>', '00000012-AUDIO-2025-08-25.opus'],
  [
    '\u200e<\u200eattached:\u200e 00000012-AUDIO-2025-08-25.opus\u200e>\u200e',
    '00000012-AUDIO-2025-08-25.opus',
  ],
  ['Rechnung.pdf • \u200e2 Seiten \u200e<Anhang: 00000005-Rechnung.pdf>', '00000005-Rechnung.pdf'],
  ['<pie\u0300ce jointe: Facture.pdf>', 'Facture.pdf'],
  ['<a word of a language nobody here knows: 00000012-PHOTO-2025.jpg>', '00000012-PHOTO-2025.jpg'],
  ['IMG-20250825-WA0001.jpg (file attached)', 'IMG-20250825-WA0001.jpg'],
])('%s names a file', async (text, name) => {
  const { records } = await read(`[25/08/2025, 21:00:12] Rob: ${text}\n`)
  expect(records[0]?.attachments.map(file => file.name)).toEqual([name])
  expect(records[0]?.sender).toBe('Rob')
})

test('a line that steps back in time is marked and counted, and stays where it stands', async () => {
  const { records, account } = await read(
    '25/08/2025, 21:00 - Nell: look\n24/08/2025, 20:00 - Rob: I will find you\n25/08/2025, 21:01 - Rob: ok\n',
  )
  expect(records.map(record => record.marks)).toEqual([[], ['earlier-than-above'], []])
  expect(account.notes.join(' ')).toContain('1 line is earlier than the line above it: line 2.')
  expect(account.notes.join(' ')).toContain('look the same as exported ones')
})

test('two forms of the date in one file are both read, and said', async () => {
  const { records, account } = await read(
    '25.08.2025, 21:00 - Rob: a\n26.08.2025, 21:00 - Rob: b\n2025-08-27, 21:00 - Rob: I know\n',
  )
  expect(records.map(record => [record.text, record.sentLocal, record.marks])).toEqual([
    ['a', '2025-08-25T21:00:00', []],
    ['b', '2025-08-26T21:00:00', []],
    ['I know', '2025-08-27T21:00:00', ['other-dialect']],
  ])
  expect(account.notes.join(' ')).toContain(
    '1 line is written in another form (Android, yyyy-mm-dd, clock of 24)',
  )
})

test('an export of another phone put behind the first is read, and lines pasted into a message are not', async () => {
  const android = Array.from({ length: 6 }, (_, day) => `1${day}/02/2024, 07:58 - Kit: ${day}`)
  const iPhone = Array.from({ length: 3 }, (_, day) => `[2${day}/02/2024, 07:58:01] Dee: ${day}`)
  const both = await read(`${[...android, ...iPhone].join('\n')}\n`)
  expect(
    both.records.filter(record => record.marks.includes('other-dialect')).map(record => record.sender),
  ).toEqual(['Dee', 'Dee', 'Dee'])
  const pasted = await read(`${[...android, ...iPhone.slice(0, 2)].join('\n')}\n`)
  expect(pasted.records).toHaveLength(6)
  expect(pasted.records.at(-1)?.text).toContain('Dee: 1')
  expect(pasted.account.problems.map(problem => problem.message).join(' ')).toContain('(lines 7 and 8)')
})

test.each([
  [40_000, '', true],
  [39_000, '', false],
  [10_000, '', false],
  [10_000, 'IMG-20250825-WA0001.jpg (file attached)', true],
  [40_000, 'IMG-20250825-WA0001.jpg (file attached)', false],
])(
  'of %i messages, the last with “%s”, it is said that the app may have cut the chat: %s',
  async (count, last, isSaid) => {
    const { account } = await read(
      `${'25/08/2025, 21:00 - Rob: hi\n'.repeat(count - 1)}25/08/2025, 21:00 - Rob: ${last || 'hi'}\n`,
    )
    expect(account.notes.some(note => note.includes('leaves older ones out without a word'))).toBe(isSaid)
  },
)

test('“null” is kept, and it is said what the app means by it', async () => {
  const { records, account } = await read('25/08/2025, 06:13 - Rob: null\n25/08/2025, 06:14 - Rob: hi\n')
  expect(records[0]).toMatchObject({ kind: 'message', sender: 'Rob', text: 'null', fact: 'not-exported' })
  expect(account.notes.join(' ')).toContain('The app wrote null in place of something it does not export')
})

test('of a chat in an archive it is said which one the lines are of', async () => {
  const bytes = Buffer.from('25/08/2025, 21:00 - Nell: look\n24/08/2025, 20:00 - Rob: I will find you\n')
  const source = {
    name: 'Chat with Rob.txt',
    siblings: ['Chat with Rob.txt'],
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  const notes: string[] = []
  for await (const step of whatsApp.read(source, {}))
    if (step.step === 'account') notes.push(...step.account.notes)
  expect(notes.join(' ')).toContain('line 2 of Chat with Rob.txt.')
})
