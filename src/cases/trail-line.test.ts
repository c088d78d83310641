import { expect, test } from 'vitest'
import type { RecordedAct } from '../audit/act.ts'
import { doneByItself } from '../audit/by-itself.ts'
import { recordedTasks } from '../audit/recorded-task.ts'
import { type VerbOfCase, verbsOfCase } from '../audit/verb.ts'
import { ofAnotherVersion } from '../foundation/of-another-version.ts'
import { untoldToClient, writeCountedForClient, writeTrailForClient } from './trail-for-client.ts'
import { writeTrail } from './trail-line.ts'

function act(verb: RecordedAct['verb'], more: Partial<RecordedAct> = {}): RecordedAct {
  return {
    actId: 1,
    inOneGo: '1',
    at: new Date('2026-03-02T10:00:00Z'),
    personName: 'Ada',
    agencyName: 'The charity',
    task: null,
    verb,
    part: null,
    subject: null,
    detail: {},
    isOfCompanion: false,
    setUpAgainAt: null,
    ...more,
  }
}
const said = (acts: readonly RecordedAct[]) => writeTrail(acts).map(line => `${line.who}: ${line.did}`)

test('accesses to several parts on one page are one line, the first part first', () => {
  expect(
    said([
      act('case-opened', { part: 'bundle' }),
      act('case-opened', { part: 'evidence' }),
      act('case-opened', { part: 'overview' }),
    ]),
  ).toEqual(['Ada: Looked at the overview, the evidence and bundles'])
})

test('what a page showed beside what was asked for is marked as that, and is no access of its own', () => {
  const beside = { detail: { mode: 'read', beside: true } }
  const [line, ...others] = writeTrail([
    act('case-opened', { part: 'bundle', ...beside }),
    act('case-opened', { part: 'evidence', ...beside }),
    act('case-opened', { part: 'overview' }),
  ])
  expect(others).toEqual([])
  expect(line?.did).toBe('Looked at the overview')
  expect(line?.beside).toBe('the evidence and bundles')
})

test('what was opened to do something is shown with what was done, and is no access of its own', () => {
  const [line, ...others] = writeTrail([
    act('bundle-asked-for', { part: 'bundle' }),
    act('case-opened', { part: 'consent', detail: { mode: 'read', beside: true } }),
    act('case-opened', { part: 'bundle', detail: { mode: 'write' } }),
  ])
  expect(others).toEqual([])
  expect(line).toMatchObject({ did: 'Asked for a bundle', opened: 'bundles', beside: 'consents' })
  expect(said([act('task-done'), act('task-raised')])).toEqual(['Ada: Raised a task. Did a task'])
  expect(said([act('task-done', { inOneGo: '2' }), act('task-raised')])).toHaveLength(2)
})

test('one visit in two transactions is one line, and a second visit is another', () => {
  const later = { inOneGo: '2', part: 'bundle' } as const
  const again = { ...later, detail: { mode: 'read', again: true } }
  expect(said([act('case-opened', again), act('case-opened', { part: 'bundle' })])).toEqual([
    'Ada: Looked at bundles',
  ])
  expect(said([act('case-opened', later), act('case-opened', { part: 'bundle' })])).toHaveLength(2)
  // Somebody else between them: shown as accesses, rather than put down to the wrong visit.
  const between = act('case-opened', { part: 'order', personName: 'Ben' })
  expect(said([act('case-opened', again), between, act('case-opened', { part: 'bundle' })])).toHaveLength(3)
})

test('the program is shown by name, and an act without a name is never put down to it', () => {
  const unnamed = { personName: null, agencyName: null }
  expect(said([act('case-opened', { part: 'evidence', ...unnamed })])).toEqual([
    'Not known: Looked at the evidence',
  ])
  expect(
    writeTrailForClient([
      act('case-opened', { part: 'evidence', ...unnamed, task: null }),
      act('case-opened', { part: 'evidence', ...unnamed, task: 'job-command-line' }),
      act('evidence-read', { ...unnamed, task: 'job-read-item' }),
    ]).map(line => line.who),
  ).toEqual(['Not known', 'Somebody at our computer', 'Our computer'])
})

test('everything the program does by itself has a name in the trail, and the command line is somebody', () => {
  for (const task of recordedTasks)
    if (doneByItself.includes(task))
      expect(said([act('task-raised', { personName: null, task })])[0]).toMatch(/^The (program|setting up)/)
  for (const task of ['job-command-line', 'public-form', 'sign-in', 'client'])
    expect(doneByItself).not.toContain(task)
})

test('S4 staff read of a visit with the second phrase that it was shown the empty file, never the client’s', () => {
  const there = { personName: null, agencyName: null, task: 'client', isOfCompanion: true } as const
  const beside = { part: 'plan', detail: { mode: 'read', beside: true } } as const
  const [line] = writeTrail([
    act('case-opened', { ...there, ...beside }),
    act('case-opened', { ...there, part: 'appointment' }),
  ])
  expect(line?.who).toBe('With the second phrase, by whom is not known')
  expect(line?.did).toBe('Was shown the empty file: appointments')
  expect(line?.beside).toBe('the empty file: the safety plan')
  const acts: readonly VerbOfCase[] = [
    'client-signed-in',
    'client-signed-out',
    'diary-entry-written',
    'client-sign-in-refused',
  ]
  const all = [...acts.map(verb => act(verb, there)), act('case-opened', { ...there, part: 'diary' })]
  for (const { did, opened } of all.map(each => writeTrail([each])[0] ?? { did: '', opened: '' }))
    expect(`${did} ${opened}`).toMatch(/second phrase|empty file/)
  // Of the client's own visit it says what it said.
  expect(
    writeTrail([act('case-opened', { ...there, isOfCompanion: false, part: 'appointment' })])[0],
  ).toMatchObject({ who: 'The client', did: 'Looked at appointments' })
})

test('S4 the client’s counts tell nothing of which phrase was used', () => {
  const at = new Date('2026-03-02T10:00:00Z')
  const kind = { times: 3, firstAt: at, lastAt: at, part: 'contact' } as const
  const other = { ...kind, task: 'job-read-item', verb: 'evidence-read' } as const
  const program = { ...kind, task: 'job-look-at-phrase-use' } as const
  const counted = writeCountedForClient([
    other,
    { ...program, verb: 'case-opened' },
    { ...program, verb: 'task-raised' },
  ])
  expect(counted).toEqual(writeCountedForClient([other]))
})

test('S4 a message that was held back reads to the client like one that left, and a task for it is not shown', () => {
  const at = new Date('2026-03-02T10:00:00Z')
  const by = { task: 'job-send-message', firstAt: at, lastAt: at } as const
  const one = (verb: VerbOfCase, times: number) => ({ ...by, verb, times, part: 'contact' }) as const
  expect(
    writeCountedForClient([one('message-refused', 1), one('task-raised', 1), one('case-opened', 1)]),
  ).toEqual(writeCountedForClient([one('message-sent', 1), one('case-opened', 2)]))
  const go = (...verbs: readonly VerbOfCase[]) => writeTrailForClient(verbs.map(verb => act(verb)))
  expect(go('task-raised', 'message-refused', 'appointment-booked')).toEqual(
    go('message-asked-for', 'appointment-booked'),
  )
})

test('accesses of two people, or in two goes, are two lines, at whatever instant', () => {
  const later = { inOneGo: '2', part: 'evidence' } as const
  expect(said([act('case-opened', later), act('case-opened', { part: 'evidence' })])).toHaveLength(2)
  expect(
    said([
      act('case-opened', { part: 'evidence', personName: 'Ben' }),
      act('case-opened', { part: 'evidence' }),
    ]),
  ).toHaveLength(2)
})

test('a refused access is never mixed with one that was let in', () => {
  expect(said([act('case-refused', { part: 'evidence' }), act('case-opened', { part: 'overview' })])).toEqual(
    ['Ada: Was refused a look at the evidence', 'Ada: Looked at the overview'],
  )
})

test('what the program did by itself is said to be the program', () => {
  const program = { personName: null, task: 'job-read-item', agencyName: null } as const
  expect(said([act('evidence-read', program)])).toEqual([
    'The program, reading evidence: Read evidence into the chronology',
  ])
})

test('every kind of act in a case has words for staff and for the client, and none is shown as its code', () => {
  for (const verb of verbsOfCase) {
    const read = { part: 'plan' } as const
    const [forStaff] = writeTrail([act(verb, read)])
    expect(forStaff?.did, verb).toMatch(/^[A-Z][^-]{5,}/)
    expect(forStaff?.did).not.toContain(verb)
    const [forClient] = writeTrailForClient([act(verb, read)])
    if (untoldToClient.includes(verb)) expect(forClient, verb).toBeUndefined()
    else expect(forClient?.did, verb).toMatch(/^[A-Z][a-z ,]+$/)
  }
})

test('S4 what was done about the second phrase, and a task, is shown in neither file, no matter who did it', () => {
  const notShown = ['duress-phrase-looked-into', 'duress-notes-read', 'on-call-told', 'task-raised'] as const
  for (const verb of [...notShown, 'duress-phrase-used'] as const) {
    expect(writeTrailForClient([act(verb)]), verb).toEqual([])
    expect(untoldToClient, verb).toContain(verb)
  }
  expect(untoldToClient).toHaveLength(notShown.length + 1)
})

test('anyone who acts without a name is somebody in words, to staff and to the client', () => {
  for (const task of recordedTasks) {
    const by = { personName: null, agencyName: null, task }
    const [forStaff] = writeTrail([act('case-closed', by)])
    expect(forStaff?.who, task).toMatch(/^The [a-z]/)
    for (const { who } of writeTrailForClient([act('case-closed', by)]))
      expect(who).toMatch(/^(You|Our|Some)/)
  }
})

test('what another version wrote down is a line that says so, never left out and never a code', () => {
  const other = act(ofAnotherVersion, { personName: null, task: ofAnotherVersion, part: ofAnotherVersion })
  expect(said([other, act('case-opened', { part: ofAnotherVersion, inOneGo: '0' })])).toEqual([
    'Somebody, or the program, as another version of it has written down: Did something that this version of the program has no words for',
    'Ada: Looked at a part that this version of the program has no words for',
  ])
  expect(writeTrailForClient([other]).map(line => `${line.who}: ${line.did}`)).toEqual([
    'Not known: Worked on your file',
  ])
})

test('a kind of act without words does not compile', () => {
  const words = { 'case-opened': 'Looked at', 'case-closed': 'Closed the case' }
  // @ts-expect-error the verb of somebody who is barred is missing, and a hundred others
  const asTable = words satisfies Readonly<Record<VerbOfCase, string>>
  // @ts-expect-error nobody records what is on no list
  const made: VerbOfCase = 'kettle-boiled'
  expect([Object.keys(asTable).length, verbsOfCase.some(verb => verb === made)]).toEqual([2, false])
})

test('S12 an act of somebody who had been set up again says so, in one line with what they did', () => {
  const setUpAgainAt = new Date('2026-03-01T09:00:00Z')
  const lines = writeTrail([act('bundle-asked-for', { setUpAgainAt }), act('task-done', { inOneGo: '2' })])
  expect(lines.map(line => line.setUpAgainAt)).toEqual([setUpAgainAt, null])
})
