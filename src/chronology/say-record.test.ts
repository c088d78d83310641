import { expect, test } from 'vitest'
import { actCodes, parseActCode, sayActCode } from './act-codes.ts'
import { clipText } from './pages/parts/text-view.ts'
import { sayPlace } from './say-place.ts'
import { sayFormat, sayRecordKind, sayRecordMark } from './say-record-kind.ts'
import { sayRecordTime, sayRecordZone } from './say-record-time.ts'

test('a place is said so that anybody can find it in the source', () => {
  const place = { from: 0, to: 5120, firstLine: 12, lastLine: 12, entry: null }
  expect(sayPlace(place)).toBe('line 12')
  expect(sayPlace({ ...place, lastLine: 14, firstLine: 1200 })).toBe('line 1,200')
  expect(sayPlace({ ...place, lastLine: 1214, firstLine: 1200, entry: '_chat.txt' })).toBe(
    'lines 1,200 to 1,214 of _chat.txt',
  )
  expect(sayPlace({ ...place, firstLine: null, lastLine: null })).toBe('bytes 0 to 5,120')
  expect(sayPlace({ ...place, to: 0, firstLine: null, lastLine: null })).toBe('the whole file')
  expect(sayPlace({ ...place, to: 0, firstLine: null, lastLine: null, entry: 'a.jpg' })).toBe(
    'the entry a.jpg',
  )
})

test('a time is said as finely as the source says it, and never when the source does not', () => {
  const record = { sentLocal: '2026-03-03T16:05:09', sentAsWritten: '3/3/26, 16:05', precision: 'minute' }
  expect(sayRecordTime(record)).toBe('3 March 2026 at 4:05pm')
  expect(sayRecordTime({ ...record, precision: 'second' })).toBe('3 March 2026 at 4:05:09pm')
  expect(sayRecordTime({ ...record, sentLocal: null })).toBe('Not known: written as “3/3/26, 16:05”')
  expect(sayRecordTime({ ...record, sentLocal: null, sentAsWritten: '' })).toBe('No time in the source')
})

test('a zone is always said with how it is known', () => {
  expect(sayRecordZone({ zone: null, zoneHow: 'unknown' })).toContain('not known')
  expect(sayRecordZone({ zone: 'Europe/London', zoneHow: 'asked' })).toBe(
    'Europe/London, as a person answered',
  )
  expect(sayRecordZone({ zone: 'UTC', zoneHow: 'stated' })).toBe('UTC, stated in the source')
})

test('kinds, marks and formats have words, and one that is not known is never shown as its code', () => {
  expect(sayRecordKind('quarantined')).toBe('Kept apart')
  expect(sayRecordKind('postcard')).toContain('has no words for')
  expect(sayRecordMark('deleted')).toBe('Says it was deleted')
  expect(sayRecordMark('not-seen-before')).toContain('has no words for')
  expect(sayFormat('whatsapp')).toBe('WhatsApp')
  expect(sayFormat('telegram-json')).toBe('A Telegram export (JSON)')
  expect(sayFormat('')).toBe('Not known')
})

test('the acts are the seven of s.2A(3) in their order, and one for what the list does not name', () => {
  expect(actCodes.map(each => each.paragraph)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', null])
  expect(sayActCode('D_MONITOR')).toMatch(/^s\.2A\(3\)\(d\) /)
  expect(sayActCode('X_OTHER')).toBe('Another act')
  expect(parseActCode('Z_NONE')).toBeNull()
})

test('a long text is cut between characters, never inside one', () => {
  expect(clipText('abc', 3)).toEqual({ text: 'abc', isWhole: true })
  expect(clipText('👍🏽👍🏽', 1)).toEqual({ text: '👍', isWhole: false })
})
