import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvidence } from './read-evidence.ts'

async function check(bytes: Uint8Array | string, name: string) {
  const content = Buffer.from(bytes)
  const source = {
    name,
    size: content.length,
    async *open() {
      yield content
    },
  }
  const steps = []
  for await (const step of readEvidence(source)) steps.push(step)
  const records = steps.flatMap(step => (step.step === 'records' ? step.records : []))
  const opening = steps.find(step => step.step === 'identified')
  const last = steps.at(-1)
  if (last?.step !== 'account') throw new Error('no closing account')
  return { format: opening?.format, records, account: last.account }
}

test.each([
  ['', 'empty.txt', 'empty', 'The file is empty.'],
  [
    '%PDF-1.7\n%âãÏÓ',
    'WhatsApp Chat with Kit.txt',
    'pdf',
    'By its content this is a PDF document, not read yet, although it is named .txt. It is damaged and ends early: the file stops before the end of the document.',
  ],
  [
    'From: a@example.org\nTo: b@example.org\nSubject: x\n\nhi',
    'x',
    'eml',
    'By its content this is an email message, not read yet.',
  ],
  ['{"messages":[]}', 'x', 'json', 'By its content this is JSON data, not read yet.'],
  [
    '<!DOCTYPE html><html></html>',
    'x.txt',
    'html',
    'By its content this is a web page (HTML), not read yet.',
  ],
  ['BEGIN:VCALENDAR\nEND:VCALENDAR', 'x', 'ics', 'By its content this is a calendar (ICS), not read yet.'],
  ['When,Who\n1,2\n', 'x.csv', 'csv', 'By its content this is a table (CSV), not read yet.'],
  [
    'SQLite format 3\0aaaaaaaaaaaaaaaa',
    'x',
    'sqlite',
    'By its content this is an SQLite database, not read yet.',
  ],
  [
    'hello',
    'WhatsApp Chat with Kit.txt',
    'text',
    'It is named like a WhatsApp export, but no line begins with a date and a time.',
  ],
])('%j named %s is said to be %s', async (content, name, format, reason) => {
  const read = await check(content, name)
  expect(read.format).toBe(format)
  expect(
    read.records.map(record => [record.kind, record.reason, record.place.from, record.place.to]),
  ).toEqual([['unknown', reason, 0, Buffer.byteLength(content)]])
  expect(read.account.unknown).toBe(1)
})

test('for any bytes under any name there is an account, and every byte is in it', async () => {
  const magic = fc.constantFrom(
    '',
    'PK\x03\x04',
    'PK\x05\x06',
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'RIFF1234WEBP',
    '\0\0\0\x18ftypheic',
    '\xff\xfe',
    '%PDF',
    '<?xml',
  )
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 200 }), fc.string(), async (start, rest, name) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest])
      const { records, account } = await check(bytes, name)
      expect(account.bytes).toBe(bytes.length)
      expect(account.records + account.unknown + account.quarantined).toBe(records.length)
      const covered = records
        .filter(record => record.place.entry === null)
        .reduce((sum, { place }) => sum + place.to - place.from, 0)
      // What an archive holds is counted entry by entry.
      if (records.every(record => record.place.entry === null)) expect(covered).toBe(bytes.length)
    }),
    { numRuns: 300 },
  )
})
