import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import { openCase, withCase } from '../../audit/operations/open-case.ts'
import { doTask } from '../../contact/operations/finish-task.ts'
import { listOpenTasks } from '../../contact/operations/list-tasks.ts'
import { lookIntoSecondPhrase } from '../../contact/operations/look-into-second-phrase.ts'
import { raiseTask } from '../../contact/operations/raise-task.ts'
import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import { makeId } from '../../foundation/ids.ts'
import { listQuietUses } from '../../identity/operations/phrase-state.ts'
import type { Transaction } from '../../platform/database.ts'
import { lookAtPhraseUse } from './look-at-phrase-use.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'coordinator' } as const
async function onContact<Result>(caseId: CaseId, work: (transaction: Transaction) => Promise<Result>) {
  const look = { caseId, part: 'contact', mode: 'write' } as const
  const done = await withCase(world.clinic.database, world.as('coordinator'), look, async transaction => ({
    done: await work(transaction),
  }))
  if (!done) throw new Error('the case is not in sight')
  return done.done
}
/** She is made to sign in: the use of her second phrase as the door keeps it. */
async function useSecondPhrase(caseId: CaseId): Promise<PhraseUseId> {
  const useId = makeId<PhraseUseId>(world.clock.now())
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `insert into unwatched.phrase_use (clinic_id, case_id, use_id, kind, at)
       select clinic_id, case_id, $2, 'quiet', $3 from unwatched.case_file where case_id = $1`,
      [caseId, useId, world.clock.now()],
    ),
  )
  return useId
}
const stateOf = async (caseId: CaseId) => {
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ use_id: PhraseUseId; seen: boolean; tasks: number; done: number; noted: number }>(
      `select u.use_id, u.seen_at is not null as seen, count(t.task_id)::int as tasks,
         count(t.done_at)::int as done, count(t.sealed)::int as noted
       from unwatched.phrase_use u left join unwatched.task t on t.subject = u.use_id::text
       where u.case_id = $1 group by 1, 2`,
      [caseId],
    ),
  )
  return new Map(rows.map(row => [row.use_id, row]))
}
const taskOf = async (caseId: CaseId, useId: PhraseUseId) =>
  (await world.clinic.database.transaction(world.as('coordinator'), listOpenTasks)).find(
    each => each.caseId === caseId && each.subject === useId,
  )
const me = () => world.people.coordinator

test('S4 a second phrase stands first on every list that it touches, before a hundred older tasks and before anybody came to its job', async () => {
  const older = await openTestCase(world, { clientName: 'Older Fictional' })
  for (let each = 0; each < 100; each += 1)
    await onContact(older, transaction =>
      raiseTask(transaction, { caseId: older, kind: 'review-due', because: 'review-due' }),
    )
  world.clock.moveTo('2026-03-02T10:05:00Z')
  const touched = await openTestCase(world, { clientName: 'Touched Fictional' })
  const newest = await openTestCase(world, { clientName: 'Newest Fictional' })
  const useId = await useSecondPhrase(touched)
  const warning = 'the second phrase was used'
  const lists = ['/staff', '/cases', '/tasks', '/triage', '/appointments', '/reviews']
  const inCase = ['', '/contact', '/appointments', '/phrase'].map(part => `/cases/${touched}${part}`)
  for (const path of [...lists, ...inCase]) {
    const { status, text } = await site.get(path, as)
    expect([path, status]).toEqual([path, 200])
    const body = text.slice(text.indexOf('<h1'))
    const at = body.toLowerCase().indexOf(warning)
    expect([path, at > 0]).toEqual([path, true])
    // Nothing that can be followed or filled in stands before it.
    expect(body.slice(0, at), path).not.toMatch(/<a |<table|<form|<h2/)
  }
  // No way may be used while nobody has looked into it.
  await site.post(`/cases/${touched}/contact/plan`, { wants: 'yes', voicemail: 'never' }, as)
  const hours = { days: ['1'], from: '08:00', until: '20:00' }
  const way = { kind: 'phone', value: '07700 900123', safe: 'yes', mayRemind: 'no', ...hours }
  await site.post(`/cases/${touched}/contact/channels/new`, way, as)
  const silent = 'Do not ring it. The client’s second phrase was used, and nobody has looked into it'
  expect((await site.get(`/cases/${touched}/contact`, as)).text).toContain(silent)
  await lookAtPhraseUse(world.clinic, touched, useId)
  const tasks = await world.clinic.database.transaction(world.as('coordinator'), listOpenTasks)
  expect(tasks[0]).toMatchObject({ kind: 'second-phrase-used', subject: useId })
  const order = (text: string) => ['Touched', 'Newest'].map(name => text.indexOf(`${name} Fictional`))
  const [first = 0, second = 0] = order((await site.get('/cases', as)).text)
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(second)
  // Whoever does not keep contact with her learns nothing of it.
  for (const path of ['/cases', `/cases/${touched}`])
    expect((await site.get(path, { as: 'police-liaison' })).text).not.toContain('second phrase')
  expect((await site.get(`/cases/${newest}`, as)).text).not.toContain('second phrase')
})

test('S4 neither the warning nor its task is closed without a note, and each closes the other', async () => {
  const caseId = await openTestCase(world)
  const [one, two] = [await useSecondPhrase(caseId), await useSecondPhrase(caseId)]
  await lookAtPhraseUse(world.clinic, caseId, one)
  const phrase = `/cases/${caseId}/phrase`
  const unsaid = await site.post(`${phrase}/second`, { uses: one, note: '  ' }, as)
  expect(unsaid.status).toBe(422)
  expect(unsaid.text).toContain('Enter what you did about it')
  const task = await taskOf(caseId, one)
  const unnoted = await site.confirm(`/cases/${caseId}/tasks/${task?.taskId}`, { note: '' }, as)
  expect(unnoted.status).toBe(422)
  expect(unnoted.text).toContain('Enter what was done')
  expect(unnoted.text).toContain('The warning on every page of this case ends with it.')
  expect(await stateOf(caseId)).toEqual(
    new Map([
      [one, { use_id: one, seen: false, tasks: 1, done: 0, noted: 0 }],
      [two, { use_id: two, seen: false, tasks: 0, done: 0, noted: 0 }],
    ]),
  )
  // By its task: the other use, which came later, stays open.
  await site.confirm(`/cases/${caseId}/tasks/${task?.taskId}`, { note: 'Rang her sister at work.' }, as)
  expect((await stateOf(caseId)).get(one)).toMatchObject({ seen: true, done: 1, noted: 1 })
  expect((await stateOf(caseId)).get(two)).toMatchObject({ seen: false, tasks: 0 })
  // By the warning, before the queue came to it: the note is kept on the task that is raised with it.
  await site.post(
    `${phrase}/second`,
    { uses: `${two} nonsense`, note: 'She was with him; she is safe now.' },
    as,
  )
  await lookAtPhraseUse(world.clinic, caseId, two)
  expect((await stateOf(caseId)).get(two)).toMatchObject({ seen: true, tasks: 1, done: 1, noted: 1 })
  expect((await site.get(phrase, as)).text).not.toContain('The second phrase was used')
  const trail = (await site.get(`/cases/${caseId}/trail`, as)).text
  expect(trail).toContain('Looked into the use of the second phrase')
  for (const role of ['police-liaison', 'manager'] as const)
    expect((await site.post(`${phrase}/second`, { uses: two, note: 'x' }, { as: role })).status).toBe(404)
})

test('S4 however they race, a use and its task are open together or closed together with a note, and one that nobody saw stays open', async () => {
  const act = fc.constantFrom('use', 'job', 'job', 'task', 'warning', 'task-no-note', 'warning-no-note')
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 9 }), fc.boolean(), async (acts, isRaced) => {
      const caseId = await openTestCase(world)
      const uses = [await useSecondPhrase(caseId)]
      const noted = new Set<PhraseUseId>()
      const run = async (what: (typeof acts)[number]): Promise<void> => {
        const useId = uses[uses.length - 1] as PhraseUseId
        const note = what.endsWith('no-note') ? ' ' : 'Spoke to her at work.'
        if (what === 'use') uses.push(await useSecondPhrase(caseId))
        else if (what === 'job') await lookAtPhraseUse(world.clinic, caseId, useId)
        else if (what.startsWith('task')) {
          const task = await taskOf(caseId, useId)
          if (!task) return
          if (note !== ' ') noted.add(useId)
          await onContact(caseId, each => doTask(world.clinic, each, me(), caseId, task.taskId, note))
        } else {
          if (note !== ' ') noted.add(useId)
          await onContact(caseId, each =>
            lookIntoSecondPhrase(world.clinic, each, me(), caseId, [useId], note),
          )
        }
      }
      if (isRaced) await Promise.all(acts.map(run))
      else for (const what of acts) await run(what)
      for (const useId of uses) await lookAtPhraseUse(world.clinic, caseId, useId)
      const open = (await world.clinic.database.transaction(world.as('coordinator'), listQuietUses))
        .filter(each => each.caseId === caseId)
        .map(each => each.useId)
      for (const [useId, { seen, tasks, done, noted: notes }] of await stateOf(caseId)) {
        const reason = `${acts.join(' ')} ${isRaced}`
        expect([tasks, done, notes], reason).toEqual(seen ? [1, 1, 1] : [1, 0, 0])
        expect(seen, reason).toBe(noted.has(useId))
        expect(open.includes(useId), reason).toBe(!seen)
      }
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('S4 the database itself keeps the two together, whatever the program does', async () => {
  const caseId = await openTestCase(world)
  const useId = await useSecondPhrase(caseId)
  await lookAtPhraseUse(world.clinic, caseId, useId)
  const write = (text: string) =>
    world.clinic.database.transaction(world.as('coordinator'), async transaction => {
      await openCase(transaction, { caseId, part: 'contact', mode: 'write' })
      await sql.raw(text).execute(transaction.tables())
    })
  const seen = `update unwatched.phrase_use set seen_at = unwatched.time_now(), seen_by = unwatched.person_now() where case_id = '${caseId}'`
  const done = (sealed: string) =>
    `update unwatched.task set done_at = unwatched.time_now(), done_by = unwatched.person_now(), sealed = ${sealed} where case_id = '${caseId}'`
  await expect(write(seen)).rejects.toThrow(/closed together/)
  await expect(write(done(`'x'`))).rejects.toThrow(/closed together/)
  await expect(write(done('null'))).rejects.toThrow(/closed with a note/)
  expect((await stateOf(caseId)).get(useId)).toMatchObject({ seen: false, done: 0 })
})
