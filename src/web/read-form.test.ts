import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { anyText } from '../../test/support/any-text.ts'
import { anyOf, oneOf, oneOrNone, optionalText, requiredText } from './form-fields.ts'
import { problemBeside, problemSummary, problemsOf, titleWithProblems } from './form-problems.ts'
import { cleanText, readForm } from './read-form.ts'

const schema = z.object({
  name: requiredText({ enter: 'Enter your name', what: 'Your name', max: 10 }),
  place: oneOf(['town', 'country'], 'Select where you live'),
  times: anyOf(['morning', 'evening'], 'Select when we may call'),
  contact: oneOrNone(['post', 'phone'], 'Select how we may reach you'),
  note: optionalText({ what: 'Your note', max: 5 }),
})
const form = (fields: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(fields))

test('an empty form names every field that is missing, in the order of the page', () => {
  const read = readForm(schema, form({}))
  expect(read).toEqual({
    ok: false,
    problems: [
      { field: 'name', message: 'Enter your name' },
      { field: 'place', message: 'Select where you live' },
      { field: 'times', message: 'Select when we may call' },
    ],
  })
})

test('a whole form is read into its type', () => {
  const read = readForm(
    schema,
    form({ name: [' Anna '], place: ['town'], times: ['evening'], note: ['a\r\nb'] }),
  )
  expect(read).toEqual({
    ok: true,
    value: { name: 'Anna', place: 'town', times: ['evening'], contact: null, note: 'a\nb' },
  })
})

test('a text that is too long says how long it may be, counting characters as a person does', () => {
  const times = { place: ['town'], times: ['morning'] }
  expect(readForm(schema, form({ ...times, name: ['🌍'.repeat(10)] })).ok).toBe(true)
  const read = readForm(schema, form({ ...times, name: ['🌍'.repeat(11)] }))
  expect(problemsOf(read)).toEqual([{ field: 'name', message: 'Your name must be 10 characters or less' }])
})

test('a choice that was never offered asks for one of those that were', () => {
  const read = readForm(
    schema,
    form({ name: ['Anna'], place: ['moon'], times: ['midnight'], contact: ['fax'] }),
  )
  expect(problemsOf(read).map(problem => problem.message)).toEqual([
    'Select where you live',
    'Select when we may call',
    'Select how we may reach you',
  ])
})

test('control characters go, and every script and direction stays', () => {
  expect(cleanText('a\u0007b\u009bc\td\ne')).toBe('abc\td\ne')
  expect(cleanText('שלום \u202eعربي\u200b 🏳️‍🌈')).toBe('שלום \u202eعربي\u200b 🏳️‍🌈')
})

test('whatever is sent, a form is read or its problems are listed', () => {
  const names = fc.constantFrom('name', 'place', 'times', 'contact', 'note', '__proto__', 'constructor', 'x')
  const anything = fc.array(fc.tuple(names, fc.array(anyText(), { maxLength: 3 })))
  fc.assert(
    fc.property(anything, fields => {
      const read = readForm(schema, new Map(fields))
      if (read.ok) expect(['town', 'country']).toContain(read.value.place)
      else expect(read.problems.length).toBeGreaterThan(0)
    }),
  )
})

test('each problem is a link to its field, and stands beside it', () => {
  const problems = [{ field: 'name', message: 'Enter your name' }]
  expect(problemSummary(problems).markup).toContain('<a href="#name">Enter your name</a>')
  expect(problemSummary(problems, field => `${field}-1`).markup).toContain('href="#name-1"')
  expect(problemBeside(problems, 'name')).toEqual({ text: 'Enter your name' })
  expect(problemBeside(problems, 'place')).toBeUndefined()
  expect(problemSummary([]).markup).toBe('')
  expect(titleWithProblems('Your name', problems)).toBe('Error: Your name')
})
