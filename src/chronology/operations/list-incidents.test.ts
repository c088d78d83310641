import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { growIncidents } from '../../../test/support/grown-case.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { linesOnAPage } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { IncidentFilter } from '../incident-filter.ts'
import { listConductChoices, listIncidentPage, listIncidents } from './list-incidents.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const shows = ['all', 'chosen', 'not-chosen', 'not-looked-at'] as const
const orders = ['by-number', 'newest'] as const

const worlds = fc.integer({ min: 1, max: 3 * linesOnAPage }).chain(many =>
  fc.record({
    many: fc.constant(many),
    chosen: fc.subarray(
      Array.from({ length: many }, (_, index) => index + 1),
      { minLength: Math.floor(many / 2) },
    ),
    highest: fc.nat(many),
  }),
)

test('every filter and order of the incidents pages through exactly those that it names, and the limits count from all', async () => {
  let listed = 0
  await fc.assert(
    fc.asyncProperty(worlds, async made => {
      const caseId = await openTestCase(world)
      await growIncidents(world, caseId, made)
      const access = { caseId, part: 'chronology', mode: 'read' } as const
      const open = <Found>(work: (transaction: Transaction) => Promise<Found>) =>
        withCase(world.clinic.database, world.as('stalking-advocate'), access, work)
      const whole = await open(transaction => listIncidents(transaction, caseId))
      expect(whole?.incidents).toHaveLength(made.many)
      const isShown = (number: number, show: IncidentFilter['show']): boolean =>
        ({
          all: true,
          chosen: made.chosen.includes(number),
          'not-chosen': number <= made.highest && !made.chosen.includes(number),
          'not-looked-at': number > made.highest,
        })[show]
      for (const show of shows)
        for (const order of orders) {
          const inOrder = (whole?.incidents ?? []).filter(({ number }) => isShown(number, show))
          if (order === 'newest') inOrder.reverse()
          for (let page = 1; page <= Math.max(1, Math.ceil(inOrder.length / linesOnAPage)); page += 1) {
            const found = await open(transaction =>
              listIncidentPage(transaction, caseId, { show, order }, { page, after: null }),
            )
            const start = (page - 1) * linesOnAPage
            expect(found?.list.lines).toEqual(inOrder.slice(start, start + linesOnAPage))
            expect(found?.list.count).toBe(inOrder.length)
            expect(found?.made).toBe(made.many)
            expect(found?.limits).toEqual(whole?.limits)
            listed += found?.list.lines.length ?? 0
          }
        }
      // On each page some of those chosen are read with the page, and the others beside it.
      const newest = [...(whole?.incidents ?? [])].reverse()
      for (let page = 1; page <= Math.ceil(made.many / linesOnAPage); page += 1) {
        const choices = await open(transaction =>
          listConductChoices(transaction, caseId, { page, after: null }, 20),
        )
        const start = (page - 1) * linesOnAPage
        expect(choices?.list.lines).toEqual(newest.slice(start, start + linesOnAPage))
        expect(choices?.chosen.map(each => each.number)).toEqual(made.chosen)
        expect(choices?.made).toBe(made.many)
        expect(choices?.limits).toEqual(whole?.limits)
        expect(choices?.conduct).toEqual(whole?.conduct)
        expect(choices?.earlier).toEqual(whole?.conduct ? [whole.conduct] : [])
      }
    }),
    { numRuns: 6, seed: 46, endOnFailure: true },
  )
  expect(listed).toBeGreaterThan(100)
  const empty = { caseId: await openTestCase(world), part: 'chronology', mode: 'read' } as const
  const nothing = await withCase(world.clinic.database, world.as('stalking-advocate'), empty, transaction =>
    listConductChoices(transaction, empty.caseId, { page: 1, after: null }, 20),
  )
  expect(nothing).toMatchObject({ made: 0, conduct: null, earlier: [], chosen: [], list: { lines: [] } })
}, 60_000)
