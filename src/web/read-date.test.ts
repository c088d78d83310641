import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDate } from './read-date.ts'

const read = (day: string, month: string, year: string, required = true) =>
  readDate(
    new Map([
      ['on-day', [day]],
      ['on-month', [month]],
      ['on-year', [year]],
    ]),
    'on',
    {
      what: 'the date it happened',
      required,
    },
  )

test.each([
  [['9', '3', '2026'], '2026-03-09'],
  [['09', 'March', '2026'], '2026-03-09'],
  [['29', 'feb', '2024'], '2024-02-29'],
  [[' 1 ', '12', '1999'], '1999-12-01'],
])('%j is a date', ([day = '', month = '', year = ''], date) => {
  expect(read(day, month, year)).toEqual({ ok: true, value: date })
})

test.each([
  [['', '', ''], 'on-day', 'Enter the date it happened'],
  [['9', '', '2026'], 'on-month', 'The date it happened must include a month'],
  [['', '', '2026'], 'on-day', 'The date it happened must include a day and month'],
  [['9', '3', '26'], 'on-year', 'Year must include 4 numbers'],
  [['30', '2', '2026'], 'on-day', 'The date it happened must be a real date'],
  [['9', '13', '2026'], 'on-day', 'The date it happened must be a real date'],
  [['9', 'Marvellous3', '2026'], 'on-day', 'The date it happened must be a real date'],
  [['x', '3', '2026'], 'on-day', 'The date it happened must be a real date'],
])('%j says what to do and where', ([day = '', month = '', year = ''], field, message) => {
  expect(read(day, month, year)).toEqual({ ok: false, problems: [{ field, message }] })
})

test('a date that may be left out is left out', () => {
  expect(read('', '', '', false)).toEqual({ ok: true, value: null })
})

test('every day there was is read as itself', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(days, date => {
      const written = date.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = written.split('-')
      expect(read(String(Number(day)), String(Number(month)), year)).toEqual({ ok: true, value: written })
    }),
  )
})
