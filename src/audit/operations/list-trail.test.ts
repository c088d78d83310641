import { afterAll, beforeAll, expect, test } from 'vitest'
import { growActs } from '../../../test/support/grown-case.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { mostCounted } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import { doneByItself } from '../by-itself.ts'
import { recordedTasks } from '../recorded-task.ts'
import { withCase } from './access-case.ts'
import { countTrailByItself, listTrailByPlace } from './list-trail.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const onTrail = async <Found>(caseId: CaseId, work: (transaction: Transaction) => Promise<Found>) => {
  const access = { caseId, part: 'trail', mode: 'read' } as const
  const found = await withCase(world.clinic.database, world.as('coordinator'), access, work)
  if (found === null) throw new Error('the trail is out of sight')
  return found
}

test('the database takes for the program’s own what the rule does, and every other task for somebody', async () => {
  const caseId = await openTestCase(world)
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ task: string | null; by_itself: boolean }>(
      `insert into unwatched.act (clinic_id, at, task, verb, case_id)
       select $1, now(), t, 'evidence-read', $2 from unnest($3::text[]) t returning task, by_itself`,
      [world.clinic.clinicId, caseId, [...recordedTasks, 'job-boil-kettle', null]],
    ),
  )
  expect(rows).toHaveLength(recordedTasks.length + 2)
  for (const { task, by_itself: isByItself } of rows)
    expect(isByItself, task ?? 'a person').toBe(doneByItself.includes(task ?? ''))
})

test('what the program did by itself is counted exactly up to the usual limit, and beyond it that there is more', async () => {
  const few = await openTestCase(world)
  await growActs(world, few, mostCounted)
  const exact = await onTrail(few, transaction => countTrailByItself(transaction, few))
  expect([exact.isMore, exact.kinds.map(each => each.times)]).toEqual([false, [mostCounted]])
  const many = await openTestCase(world)
  await growActs(world, many, mostCounted + 1)
  const more = await onTrail(many, transaction => countTrailByItself(transaction, many))
  expect([more.isMore, more.kinds.map(each => each.times)]).toEqual([true, [mostCounted]])
})

test('a place in a trail opens in that trail alone, and the pages from it lose no line and show none twice', async () => {
  const caseId = await openTestCase(world)
  const other = await openTestCase(world)
  for (const each of [caseId, other]) await growActs(world, each, 60)
  const read = (of: CaseId, before: string | null) =>
    onTrail(of, transaction => listTrailByPlace(transaction, of, { by: 'people', before, atMost: 25 }))
  const seen: number[] = []
  let place: string | null = null
  do {
    // Each page is an access that the trail has as a line of its own: the pages behind it stay where they were.
    const page = await read(caseId, place)
    expect(page.isNewest).toBe(place === null)
    seen.push(...page.acts.filter(each => each.verb === 'plan-reviewed').map(each => each.actId))
    place = page.older
    if (place !== null) {
      expect(place).not.toContain(String(page.acts.at(-1)?.actId))
      expect((await read(other, place)).isNewest).toBe(true)
    }
  } while (place !== null)
  expect(new Set(seen).size).toBe(60)
  expect(seen).toHaveLength(60)
  expect((await read(caseId, 'x')).isNewest).toBe(true)
})
