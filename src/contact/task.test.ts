import { expect, test } from 'vitest'
import { ofAnotherVersion } from '../foundation/of-another-version.ts'
import { findRaisable, sayTask, sayTaskReason, taskKinds } from './task.ts'
import { taskReasons } from './task-reason.ts'

test('every task and every reason for one is a sentence, and none is shown as its code', () => {
  for (const kind of taskKinds) expect(sayTask({ kind }), kind).toMatch(/^[A-Z].+\.$/)
  for (const because of taskReasons) {
    expect(sayTaskReason({ because }), because).toMatch(/^[A-Z].+\.$/)
    expect(sayTaskReason({ because })).not.toBe(`${because.replaceAll('-', ' ')}.`)
  }
})

test('a task that another version raised is said to be that, and is not raised again in words nobody here knows', () => {
  const other = { kind: ofAnotherVersion, because: ofAnotherVersion } as const
  expect(sayTask(other)).toContain('no words for')
  expect(sayTaskReason(other)).toContain('does not know')
  expect(findRaisable(other)).toBeNull()
  expect(findRaisable({ kind: 'ask-again', because: 'map-changed' })).toEqual({
    kind: 'ask-again',
    because: 'map-changed',
  })
})
