import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GrownItem, growCustody, growItems } from '../../../test/support/grown-case.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { beginningOfList, linesOnAPage } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import { chooseItems, everyItem } from '../list-filter.ts'
import { countReadingStatuses, readingStatuses } from '../reading-status.ts'
import { listCustody } from './list-custody.ts'
import { listEvidence } from './list-evidence.ts'
import { loadEvidence } from './load-evidence.ts'
import { verifyCustody } from './verify-custody.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const onEvidence = async <Found>(caseId: CaseId, work: (transaction: Transaction) => Promise<Found>) => {
  const access = { caseId, part: 'evidence', mode: 'read' } as const
  const found = await withCase(world.clinic.database, world.as('cyber-adviser'), access, work)
  if (found === null) throw new Error('the evidence is out of sight')
  return found
}

const statuses = fc.array(
  fc.constantFrom<GrownItem>('failed', 'asking', 'in-doubt', 'being-read', 'read', 'nameless'),
  { minLength: 1, maxLength: 3 * linesOnAPage },
)

test('every filter and order of the evidence pages through exactly the items that stand so, and counts all of them', async () => {
  let listed = 0
  await fc.assert(
    fc.asyncProperty(statuses, async made => {
      const caseId = await openTestCase(world)
      await growItems(world, caseId, made.length, made)
      const { items } = await onEvidence(caseId, transaction => loadEvidence(transaction, caseId))
      expect(items).toHaveLength(made.length)
      for (const show of ['all', ...readingStatuses] as const)
        for (const order of ['worst-first', 'as-they-came'] as const)
          for (let page = 1; ; page += 1) {
            const filter = { show, order, place: { page, after: null } }
            const expected = chooseItems(items, filter)
            const found = await onEvidence(caseId, transaction => listEvidence(transaction, caseId, filter))
            expect(found.list).toEqual(expected)
            expect(found.counts).toEqual(countReadingStatuses(items))
            expect(found.isPart).toBe(false)
            expect(found.nameless.many).toBe(made.filter(each => each === 'nameless').length)
            listed += found.list.lines.length
            if (page >= expected.pages) break
          }
    }),
    { numRuns: 5, seed: 46, endOnFailure: true },
  )
  expect(listed).toBeGreaterThan(100)
}, 60_000)

test('what nobody brought lists nothing', async () => {
  const caseId = await openTestCase(world)
  const found = await onEvidence(caseId, transaction => listEvidence(transaction, caseId, everyItem))
  expect([found.counts.items, found.list.count, found.nameless]).toEqual([0, 0, { many: 0, first: null }])
})

test('S7 a log of more lines than are held at once is checked to its end, and one altered line of it is found and shown as that', async () => {
  const caseId = await openTestCase(world)
  await growCustody(world, caseId, 2100)
  const check = () => onEvidence(caseId, transaction => verifyCustody(world.clinic, transaction, caseId))
  expect(await check()).toMatchObject({ size: 2100, problems: [] })
  const list = (page: number) =>
    onEvidence(caseId, transaction => listCustody(transaction, caseId, { ...beginningOfList, page }))
  expect((await list(1)).list).toMatchObject({ count: 2100, pages: 84, page: 1, from: 1 })
  expect((await list(2)).list.lines.map(each => each.sequence)).toEqual(
    Array.from({ length: linesOnAPage }, (_, index) => 2100 - linesOnAPage - 1 - index),
  )
  expect((await list(500)).list).toMatchObject({ page: 84, from: 2076 })
  await asOwner(world.ownerUrl, async owner => {
    await owner.query('alter table unwatched.custody_line disable trigger all')
    await owner.query(
      `update unwatched.custody_line set sealed = set_byte(sealed, 40, 1 - sign(get_byte(sealed, 40))::int)
      where case_id = $1 and sequence = 2090`,
      [caseId],
    )
    await owner.query('alter table unwatched.custody_line enable trigger all')
  })
  const altered = await check()
  expect(altered.problems.join()).toContain('Line 2090 is not a custody line')
  expect((await list(1)).unreadable).toEqual([2090])
})
