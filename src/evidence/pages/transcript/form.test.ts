import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormFields } from '../../../web/request.ts'
import { transcriptContent } from '../../transcript.ts'
import { readTranscriptForm, transcriptAsTyped } from './form.ts'

const formOf = (fields: Readonly<Record<string, string>>): FormFields =>
  new Map(
    Object.entries({ lines: '1', 'line-1-author': 'other', 'line-1-text': 'hello', ...fields }).map(
      ([name, value]) => [name, [value]],
    ),
  )

test('whatever is typed is kept as it can be kept, or every problem names a box that is there', () => {
  const part = fc.constantFrom(
    'text',
    'author',
    'speaker',
    'shown',
    'day',
    'time',
    'place',
    'from',
    'to',
    'number',
  )
  const word = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '31 2 2026',
      '1 1 2026',
      '25:00',
      '22:14',
      '4pm',
      '-1',
      '50',
      '101',
      'top',
      'other',
      'x'.repeat(6000),
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), part, word), { maxLength: 20 }), typed => {
      const form = formOf({
        lines: '3',
        ...Object.fromEntries(typed.map(([index, name, value]) => [`line-${index}-${name}`, value])),
      })
      const read = readTranscriptForm(form, true)
      if (!read.ok) {
        for (const { field, message } of read.problems) {
          expect(field).toMatch(/^(?:line-[1-3]-\w+|device)$/)
          expect(message.length).toBeGreaterThan(10)
        }
        return
      }
      const kept = {
        ...read.typed,
        lines: read.typed.lines.map((each, place) => ({ ...each, number: place + 1 })),
      }
      // What is kept can be sealed and opened, and comes back into the form as it was.
      const again = readTranscriptForm(transcriptAsTyped(transcriptContent.parse(kept)), true)
      expect(again).toEqual({ ok: true, typed: kept })
    }),
  )
})

test('what is missing or impossible is said beside the box it is about', () => {
  const messages = (fields: Readonly<Record<string, string>>, isFirst = true): readonly string[] => {
    const read = readTranscriptForm(formOf(fields), isFirst)
    return read.ok ? [] : read.problems.map(problem => problem.message)
  }
  expect(messages({ 'line-1-author': '' })).toEqual(['Select whose words line 1 is'])
  expect(messages({ 'line-1-day': '31 2 2026' })[0]).toContain('must be a real date')
  expect(messages({ 'line-1-time': '25:00' })[0]).toContain('must be a time')
  expect(messages({ 'line-1-time': '22:14' })[0]).toContain('Enter the day of line 1 as well')
  expect(messages({ 'line-1-from': '60', 'line-1-to': '40' })[0]).toContain('two numbers from 0 to 100')
  expect(messages({ 'line-1-from': '60' })[0]).toContain('two numbers from 0 to 100')
  expect(messages({ 'line-1-text': '', 'line-1-speaker': 'Sam' })[0]).toContain('Enter what line 1 says')
  expect(messages({ 'line-1-text': '' })).toEqual(['Enter something that the picture shows'])
  expect(messages({}, false)).toEqual(['Enter why it is corrected'])
  expect(messages({ device: 'x'.repeat(201) })[0]).toContain('200 characters or less')
  expect(messages({ 'line-1-place': 'top', app: 'Messages' })).toEqual([])
})
