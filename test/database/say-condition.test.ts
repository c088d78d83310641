import { expect, test } from 'vitest'
import { sayCondition } from './say-condition.ts'

const ofClinic = 'clinic_id = unwatched.clinic_now()'

test('what must all hold stands one below another, and that a row is of the clinic goes without saying', () => {
  expect(
    sayCondition(`${ofClinic} and case_id = unwatched.client_case_now()
      and case_id in (select unwatched.opened_cases('diary', 'write'))`),
  ).toEqual([
    'it is the [client’s own](#client_case_now) file, and they act',
    'this transaction has [opened](#opened_cases) the part *diary* of the case to change it',
  ])
  expect(sayCondition(ofClinic)).toEqual([])
})

test('of what is one enough, and of what all, is never mixed up', () => {
  expect(
    sayCondition(`${ofClinic} and (task_now() = 'public-form' and (not is_matched or state = 'not-ours')
      or (unwatched.role_now() in ('call-handler', 'coordinator') and taken_by = unwatched.person_now()))`),
  ).toEqual([
    'one of these:',
    '  all of these:',
    '    the program is at the task *public-form*',
    '    one of these:',
    '      not `is_matched`',
    '      `state` is *not-ours*',
    '  the person acting is *call-handler* or *coordinator*, and `taken_by` is the person acting',
  ])
  expect(sayCondition("state = 'a' and note = 'this and that' or state = 'b'")).toEqual([
    'one of these:',
    '  `state` is *a*, and `note` is *this and that*',
    '  `state` is *b*',
  ])
})

test('what depends on the row is told case by case', () => {
  expect(
    sayCondition(
      "case kind when 'return' then state = 'in case it ends' else reason <> '' and not set_aside end",
    ),
  ).toEqual([
    'depending on the row:',
    '  where `kind` is *return*:',
    '    `state` is *in case it ends*',
    '  otherwise:',
    '    `reason` is not empty',
    '    not `set_aside`',
  ])
})
