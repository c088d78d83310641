import { expect, test } from 'vitest'
import { recordedTasks } from '../audit/recorded-task.ts'
import { verbsListedOfClinic } from '../audit/verb.ts'
import { ofAnotherVersion } from '../foundation/of-another-version.ts'
import { sayActOfClinic } from './say-act-of-clinic.ts'

const bare = {
  actId: 1,
  at: new Date(0),
  personName: null,
  task: null,
  subjectName: null,
  role: null,
  job: null,
  setUpAgainAt: null,
}

test('every act that is among those of the clinic has words, and none is shown as its code', () => {
  for (const verb of verbsListedOfClinic) {
    const { did } = sayActOfClinic({ ...bare, verb })
    expect(did, verb).toMatch(/^[A-Z][a-z]+,? /)
    expect(did).not.toContain(verb)
  }
})

test('anyone who did something without a name is somebody in words', () => {
  for (const task of recordedTasks)
    expect(sayActOfClinic({ ...bare, task, verb: 'signed-in' }).who, task).toMatch(/^(The|A) [a-z]/)
})

test('what another version wrote down about the clinic is a line that says so', () => {
  const said = sayActOfClinic({ ...bare, task: ofAnotherVersion, verb: ofAnotherVersion })
  expect([said.who, said.did]).toEqual([
    'Somebody, or the program, as another version of it has written down',
    'Did something that this version of the program has no words for',
  ])
})
