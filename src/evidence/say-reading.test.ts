import { expect, test } from 'vitest'
import { wholeAccount as account } from '../../test/support/made-items.ts'
import type { Reading } from './item.ts'
import { sayReading } from './say-reading.ts'

const reading: Reading = {
  state: 'done',
  format: 'whatsapp',
  dialect: '',
  account,
  failure: null,
  questions: [],
  answers: {},
  endedAt: null,
}

test('a reading that understood everything says so, and that nothing was set aside', () => {
  expect(sayReading(reading)).toEqual({
    tag: 'Read',
    mood: 'good',
    line: '12 messages, 0 not understood, 0 set aside',
  })
})

test('a line that was set aside is never hidden behind the word read, and its place is named', () => {
  const place = { from: 0, to: 9, firstLine: 40, lastLine: 40, entry: null }
  const problems = [{ code: 'bad', message: 'This line breaks off.', place }]
  const partly = { ...account, quarantined: 1, problems }
  expect(sayReading({ ...reading, account: partly })).toEqual({
    tag: 'Read in part',
    mood: 'question',
    line: '12 messages, 0 not understood, 1 set aside: line 40',
  })
})

test('a file of a kind that nobody reads yet is kept, and says why it is not read', () => {
  const problems = [{ code: 'no-importer', message: 'By its content this is a PDF.', place: null }]
  const nothing = { ...account, records: 0, unknown: 1, byKind: { ...account.byKind, message: 0 }, problems }
  expect(sayReading({ ...reading, account: nothing })).toEqual({
    tag: 'Kept, not read',
    mood: 'settled',
    line: '1 not understood, 0 set aside. By its content this is a PDF.',
  })
})

test('a file that cannot be read, a question and a failure each have words of their own', () => {
  expect(sayReading({ ...reading, account: { ...account, readable: false } }).tag).toBe('Cannot be read')
  expect(sayReading({ ...reading, state: 'asking' }).tag).toBe('Has a question')
  expect(sayReading({ ...reading, state: 'failed', failure: 'disk-full' }).line).toContain('disk-full')
  expect(sayReading({ ...reading, state: 'failed', failure: 'original-altered' }).line).toContain(
    'not what arrived',
  )
  expect(sayReading({ ...reading, state: 'waiting' }).tag).toBe('Being read')
  expect(sayReading(null).tag).toBe('Kept, not read')
})
