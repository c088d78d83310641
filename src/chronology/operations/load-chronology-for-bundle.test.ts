import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem, type TestRecord } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { withRecords } from '../../evidence/operations/open-records.ts'
import { type BundleEntry, tellOnce, writeBundleEntries } from '../bundle-entry.ts'
import { citeRecord } from '../cite-record.ts'
import { everyRecord } from '../record-query.ts'
import { loadTimelineItems } from '../store.ts'
import { readFound } from './find-records.ts'
import { loadChronologyForBundle } from './load-chronology-for-bundle.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

async function collect(entries: AsyncIterable<BundleEntry>): Promise<readonly BundleEntry[]> {
  const all: BundleEntry[] = []
  for await (const entry of entries) all.push(entry)
  return all
}

test('taken a stretch at a time, a chronology is the one that all of its records at once would make', async () => {
  const chance = makeChance(8)
  const caseId = await openTestCase(world)
  // Several stretches, many at one minute, many without a time, and told in two or three exhibits.
  const day = () => `2026-02-${String(1 + chance.below(6)).padStart(2, '0')}T10:0${chance.below(3)}:00`
  const make = (exhibit: number, index: number): TestRecord => ({
    local: index % 3 === 0 ? null : day(),
    sender: chance.pick(['Rob', 'Kay']),
    text: `message ${exhibit} ${index}`,
  })
  const first = Array.from({ length: 650 }, (_, index) => make(1, index))
  const again = (share: number, exhibit: number) =>
    first.map((record, index) => (chance.is(share) ? record : make(exhibit, index)))
  await addTestItem(world, caseId, 'ABC/1', first)
  await addTestItem(world, caseId, 'ABC/2', again(0.6, 2))
  await addTestItem(world, caseId, 'ABC/3', again(0.2, 3).slice(0, 300))
  const job = { kind: 'task', clinicId: world.clinic.clinicId, task: 'job-build-bundle' } as const
  const look = { caseId, part: 'chronology', mode: 'write' } as const
  const bounds = [
    { from: null, until: null },
    { from: '2026-02-03', until: null },
    { from: '2026-02-02', until: '2026-02-04' },
    { from: '2026-03-01', until: null },
  ]
  let told = 0
  for (const { from, until } of bounds) {
    const [streamed, atOnce] = (await withCase(world.clinic.database, job, look, async transaction => {
      const { entries } = await loadChronologyForBundle(transaction, caseId, { records: 'all', from, until })
      const taken = await collect(entries)
      const seal = await caseSealOf(transaction, caseId)
      const items = await loadTimelineItems(transaction, caseId, seal)
      const everything = {
        order: 'oldest',
        after: null,
        atMost: 1_000_000,
        mostText: 1e12,
        mostBlocks: 1e9,
      } as const
      const all = await withRecords(transaction, caseId, async records =>
        readFound(records, (await records.find(everyRecord, everything)).records, true),
      )
      const within = all
        .map(record => citeRecord(record, items))
        .filter(
          ({ sentLocal: at }) => at === null || (at >= (from ?? '') && at.slice(0, 10) <= (until ?? '9')),
        )
      return [taken, await collect(writeBundleEntries(tellOnce(within), []))] as const
    })) ?? [[], []]
    expect(streamed).toEqual(atOnce)
    told += streamed.filter(({ sources }) => sources.length > 1).length
    expect(streamed.length).toBeGreaterThan(400)
  }
  expect(told).toBeGreaterThan(100)
})
