import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { recordedTasks } from '../../src/audit/recorded-task.ts'
import { verbsListedOfClinic, verbsOfCase } from '../../src/audit/verb.ts'
import { caseParts } from '../../src/foundation/case-part.ts'
import { readWord } from '../../src/foundation/of-another-version.ts'
import { asOwner } from '../support/test-clinic.ts'
import { askAndApprove, handOver, verifyWhatWasHanded } from './walk/bundle.ts'
import { answerTheQuestion, readTheLine, takeInEvidence } from './walk/evidence.ts'
import {
  forgetWhatAClientTyped,
  loseTheConnection,
  referWithoutScripts,
  saveACallByKeyboard,
  sendElsewhere,
} from './walk/first-contact.ts'
import { loseNothingWhenSignedOut, makeFromMessages, seeOneLine } from './walk/incidents.ts'
import { enrolAnAdvocate, useADemoLink } from './walk/staff-come-in.ts'
import { secrets } from './walk/story.ts'
import { openTheCase } from './walk/triage.ts'
import { openWalk, type Walk } from './walk/world.ts'

let walk: Walk
// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  walk = await openWalk()
})
afterAll(async () => {
  await walk?.close()
})

test('1. staff enrol from a link that works once, sign out, and sign in with a password and a code', () =>
  enrolAnAdvocate(walk))
test('1. in the demo a printed link signs in once and only once', () => useADemoLink(walk))
test('2. a call is saved with the keyboard alone, and a form that arrives twice is one referral', () =>
  saveACallByKeyboard(walk))
test('2. a connection lost before or after the form arrived makes one referral, never two or none', () =>
  loseTheConnection(walk))
test('2. a client makes a referral without JavaScript and gets a reference that means nothing to anyone else', () =>
  referWithoutScripts(walk))
test('2. what a client typed before their visit ended is kept nowhere', () => forgetWhatAClientTyped(walk))
test('3. somebody whom the clinic cannot help is told who can, and nothing that names them is kept', () =>
  sendElsewhere(walk))
test('4. a coordinator triages with reasons and opens a case for the agencies that were agreed to', () =>
  openTheCase(walk))
test('5. what the client brought is kept, receipted and read, and the same file again is one item', () =>
  takeInEvidence(walk))
test('5. a chat whose dates can be read as two different days asks a person and remembers the answer', () =>
  answerTheQuestion(walk))
test('5. each message stands on the timeline with its place in the source and its zone', () =>
  readTheLine(walk))
test('6. an advocate makes an incident from a message and codes it', () => makeFromMessages(walk))
test('6. an advocate who is signed out in the middle of a form loses nothing', () =>
  loseNothingWhenSignedOut(walk))
test('6. one timeline shows messages and incidents, narrows down and draws how often', () => seeOneLine(walk))
test('7. a bundle is asked for by one person and approved by another', () => askAndApprove(walk))
test('7. a police liaison sees what was shared, and downloads it', () => handOver(walk))
test('7. what was handed over verifies against the client’s receipt, and one changed byte is found', () =>
  verifyWhatWasHanded(walk))
test('S11 no line of the log, no address and no title of the whole story holds a word of it', () => {
  const { logged } = walk.clinic
  const asked = walk.everybody.flatMap(person => person.asked).map(url => decodeURIComponent(url))
  expect(logged.length).toBeGreaterThan(100)
  for (const secret of secrets) {
    expect(
      logged.filter(line => line.includes(secret)),
      `“${secret}” is in the log`,
    ).toEqual([])
    expect(
      asked.filter(url => url.includes(secret)),
      `“${secret}” is in an address`,
    ).toEqual([])
    const titles = walk.everybody.flatMap(person => person.seen).map(page => page.title)
    expect(titles.filter(title => title.includes(secret))).toEqual([])
  }
})
test('every act of the whole story is recorded in words that the tables of words know', async () => {
  const recorded = await asOwner(walk.clinic.ownerUrl, client =>
    client.query<{ verb: string; task: string | null; part: string | null; is_of_case: boolean }>(
      'select distinct verb, task, part, case_id is not null as is_of_case from unwatched.act',
    ),
  )
  const verbs = new Set(recorded.rows.map(row => row.verb))
  expect(verbs.size).toBeGreaterThan(25)
  for (const { verb, task, part, is_of_case } of recorded.rows) {
    expect(readWord(is_of_case ? verbsOfCase : verbsListedOfClinic, verb), verb).toBe(verb)
    if (task !== null) expect(readWord(recordedTasks, task), task).toBe(task)
    if (part !== null) expect(readWord(caseParts, part), part).toBe(part)
  }
})
