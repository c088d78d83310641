import { expect, test } from 'vitest'
import { recordFields } from '../web/field-recorder.ts'
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
    ['ticks', ['threats-to-kill', 'weapon']],
    ['adult', ['yes']],
  ])
  const given = listGivenFields('/cases/x', form, { isForStaff: true, words: new Map() })
  expect(given.map(field => [field.name, field.kind, field.label])).toEqual([
    ['_seen', 'hidden', 'Seen'],
    ['personId', 'hidden', 'Person id'],
    ['clientName', 'line', 'Client name'],
    ['phone', 'line', 'Phone'],
    ['note', 'text', 'Note'],
    ['empty', 'hidden', 'Empty'],
    ['ticks', 'choice', 'Ticks'],
    ['ticks', 'choice', 'Ticks'],
    ['adult', 'choice', 'Adult'],
  ])
  expect(given.filter(field => field.kind === 'choice').map(field => [field.value, field.says])).toEqual([
    ['threats-to-kill', 'threats to kill'],
    ['weapon', 'weapon'],
    ['yes', 'yes'],
  ])
})

test('a form whose words are known is given back in them: free words in a box, however short', () => {
  const words = recordFields(write => {
    write.words('words', 'What is happening?')
    write.line('name', 'What may we call you?')
    write.choose('adult', 'Are you an adult?', [{ value: 'yes', text: 'Yes' }])
    write.date('date', 'Date')
  })
  const form = new Map([
    ['words', ['help']],
    ['name', ['una']],
    ['adult', ['yes', 'made up']],
    ['date-day', ['3']],
  ])
  const given = listGivenFields('/refer/form', form, { isForStaff: false, words })
  expect(given.map(({ kind, label, says }) => [kind, label, says])).toEqual([
    ['text', 'What is happening?', ''],
    ['line', 'What may we call you?', ''],
    ['choice', 'Are you an adult?', 'Yes'],
    ['choice', 'Are you an adult?', 'made up'],
    ['line', 'Date: day', ''],
  ])
})

test('S2: where other people may see the screen, a label is made of plain words alone', () => {
  const form = new Map([
    ['stalkerName', ['x']],
    ['what', ['y']],
  ])
  expect(
    listGivenFields('/refer/form', form, { isForStaff: false, words: new Map() }).map(field => field.label),
  ).toEqual(['Your answer', 'What'])
})
