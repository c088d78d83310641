import { expect, test } from 'vitest'
import { listGivenFields } from './given-back.ts'

test('what was typed can be seen; what the program put into the form travels along; empty stays empty', () => {
  const form = new Map([
    ['_csrf', ['token']],
    ['_once', ['once']],
    ['_seen', ['2']],
    ['personId', ['01900000-0000-7000-8000-000000000000']],
    ['clientName', ['Ada']],
    ['phone', ['07700900123']],
    ['note', ['one\ntwo']],
    ['empty', ['']],
    ['ticks', ['a', 'b']],
  ])
  const given = listGivenFields('/cases/x', form, true)
  expect(given.map(field => [field.name, field.kind, field.label])).toEqual([
    ['_seen', 'hidden', 'Seen'],
    ['personId', 'hidden', 'Person id'],
    ['clientName', 'line', 'Client name'],
    ['phone', 'line', 'Phone'],
    ['note', 'text', 'Note'],
    ['empty', 'hidden', 'Empty'],
    ['ticks', 'line', 'Ticks (1)'],
    ['ticks', 'line', 'Ticks (2)'],
  ])
})

test('S2: where others may look on, a label is made of plain words alone', () => {
  const form = new Map([
    ['stalkerName', ['x']],
    ['what', ['y']],
  ])
  expect(listGivenFields('/refer/form', form, false).map(field => field.label)).toEqual([
    'Your answer',
    'What',
  ])
})
