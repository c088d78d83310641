import { expect, test } from 'vitest'
import { findDayPeriod, hourOfDay, isJoiner } from './day-period.ts'
import { fromPersian } from './persian-calendar.ts'

const locales =
  'en-GB en-US en-AU af sq ar be bg ca cs cy da de el es es-MX et fa fi fil fr fr-CA ga he hi hr hu is it ja ko lt lv mk ms nl pl pt-PT ro ru sk sl sr sv sw th tr uk vi zh-CN zh-TW'.split(
    ' ',
  )

test('every word for the half of the day that phones use is known', () => {
  for (const locale of locales) {
    const formatter = new Intl.DateTimeFormat(locale, {
      hour: 'numeric',
      minute: 'numeric',
      hour12: true,
      timeZone: 'UTC',
    })
    for (const [hour, expected] of [
      [9, 'before noon'],
      [17, 'after noon'],
    ] as const) {
      const parts = formatter.formatToParts(Date.UTC(2024, 0, 1, hour))
      const word = parts.find(part => part.type === 'dayPeriod')?.value
      if (word !== undefined) expect(findDayPeriod(word), `${locale}: ${word}`).toBe(expected)
    }
  }
})

test('midnight and midday are the hours people mean', () => {
  expect(hourOfDay(12, 'before noon')).toBe(0)
  expect(hourOfDay(0, 'before noon')).toBe(0)
  expect(hourOfDay(12, 'after noon')).toBe(12)
  expect(hourOfDay(1, 'after noon')).toBe(13)
  expect(hourOfDay(13, 'after noon')).toBe(13)
  expect(hourOfDay(1, 'around noon')).toBe(13)
  expect(hourOfDay(11, 'around noon')).toBe(11)
})

test('a word that joins date and time says nothing about the half of the day', () => {
  for (const word of ['à', 'klo', 'um', 'kl.', 'às', 'u', 'ч.']) {
    expect(isJoiner(word), word).toBe(true)
    expect(findDayPeriod(word), word).toBeNull()
  }
})

test('the calendar of phones in Iran agrees with the locale data on every day of forty years', () => {
  const formatter = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  for (let moment = Date.UTC(1995, 0, 1); moment < Date.UTC(2035, 0, 1); moment += 86_400_000) {
    const part: Record<string, number> = {}
    for (const { type, value } of formatter.formatToParts(moment)) part[type] = Number.parseInt(value, 10)
    const day = fromPersian(part['year'] ?? 0, part['month'] ?? 0, part['day'] ?? 0)
    expect(day && Date.UTC(day.year, day.month - 1, day.day)).toBe(moment)
  }
  expect(fromPersian(1402, 12, 30)).toBeNull()
  expect(fromPersian(1403, 12, 30)).not.toBeNull()
})
