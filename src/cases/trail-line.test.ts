import { expect, test } from 'vitest'
import type { RecordedAct } from '../audit/act.ts'
import { writeTrail } from './trail-line.ts'

function act(verb: string, more: Partial<RecordedAct> = {}): RecordedAct {
  return {
    actId: 1,
    at: new Date('2026-03-02T10:00:00Z'),
    personName: 'Ada',
    agencyName: 'The charity',
    task: null,
    verb,
    part: null,
    subject: null,
    detail: {},
    ...more,
  }
}
const said = (acts: readonly RecordedAct[]) => writeTrail(acts).map(line => `${line.who}: ${line.did}`)

test('looks at several parts on one page are one line, the first part first', () => {
  expect(
    said([
      act('case-opened', { part: 'bundle' }),
      act('case-opened', { part: 'evidence' }),
      act('case-opened', { part: 'overview' }),
    ]),
  ).toEqual(['Ada: Looked at the overview, the evidence and bundles'])
})

test('looks of two people, or at two instants, are two lines', () => {
  const later = { at: new Date('2026-03-02T10:00:01Z'), part: 'evidence' }
  expect(said([act('case-opened', later), act('case-opened', { part: 'evidence' })])).toHaveLength(2)
  expect(
    said([
      act('case-opened', { part: 'evidence', personName: 'Ben' }),
      act('case-opened', { part: 'evidence' }),
    ]),
  ).toHaveLength(2)
})

test('a refused look is never mixed with one that was let in', () => {
  expect(said([act('case-refused', { part: 'evidence' }), act('case-opened', { part: 'overview' })])).toEqual(
    ['Ada: Was refused a look at the evidence', 'Ada: Looked at the overview'],
  )
})

test('what the program did by itself is said to be the program', () => {
  const program = { personName: null, task: 'job-read-item', agencyName: null }
  expect(said([act('evidence-read', program)])).toEqual([
    'The program, reading evidence: Read evidence into the chronology',
  ])
})

test('an act without words of its own is shown as it was recorded, never left out', () => {
  expect(said([act('kettle-boiled'), act('case-opened', { part: 'orders' })])).toEqual([
    'Ada: kettle boiled',
    'Ada: Looked at orders',
  ])
})
