import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import type { BundleEntry } from '../bundle-entry.ts'
import type { IncidentAccount } from '../incident.ts'
import type { TimelinePlace } from '../timeline.ts'
import { keyOf, type TimelineFilter, wholeTimeline } from '../timeline-filter.ts'
import { listTimeline, type Timeline } from './list-timeline.ts'
import { type BundleChoices, loadChronologyForBundle } from './load-chronology-for-bundle.ts'
import { loadRecord } from './load-record.ts'
import { makeIncident } from './make-incident.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

async function look<Answer>(
  caseId: CaseId,
  work: Parameters<typeof withCase<Answer>>[3],
  role: Role = 'stalking-advocate',
): Promise<Answer | null> {
  return withCase(world.clinic.database, world.as(role), { caseId, part: 'chronology', mode: 'read' }, work)
}

async function line(
  caseId: CaseId,
  filter: Partial<TimelineFilter> = {},
  after: TimelinePlace | null = null,
): Promise<Timeline> {
  const found = await look(caseId, transaction =>
    listTimeline(transaction, caseId, { ...wholeTimeline, ...filter }, after),
  )
  if (!found) throw new Error('the case is not open')
  return found
}

const told: IncidentAccount = {
  when: { precision: 'exact', startsAt: new Date('2026-02-14T10:30:00Z') },
  zone: 'Europe/London',
  noticedOn: null,
  what: 'He waited outside the library',
  clientWords: '',
  changed: '',
  whereCoarse: '',
  toldTo: '',
  platform: '',
  codes: ['E_LOITER'],
  records: [],
}

async function tell(caseId: CaseId, account: Partial<IncidentAccount> = {}) {
  const look = { caseId, part: 'chronology', mode: 'write' } as const
  return withCase(world.clinic.database, world.as('stalking-advocate'), look, transaction =>
    makeIncident(transaction, caseId, crypto.randomUUID(), { ...told, ...account }),
  )
}

const says = (found: Timeline) =>
  found.page.entries.map(entry => (entry.kind === 'record' ? entry.record.body : entry.incident.newest.what))

test('records and incidents stand on one line, in the order of the clock, and what has no time stands apart', async () => {
  const caseId = await openTestCase(world)
  await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-14T10:00:00', sender: 'Rob', text: 'I can see you' },
    { local: '2026-02-14T11:00:00', sender: 'Rob', text: 'Nice library' },
    { local: null, sender: 'Rob', text: 'No clock' },
  ])
  await tell(caseId)
  await tell(caseId, { when: { precision: 'unknown' }, what: 'He rang her mother' })
  const found = await line(caseId)
  expect(says(found)).toEqual(['I can see you', 'He waited outside the library', 'Nice library'])
  expect(found.withoutTime).toBe(2)
  expect(says(await line(caseId, { time: 'unknown' })).sort()).toEqual(['He rang her mother', 'No clock'])
  expect(found.pictures?.records.weeks).toEqual([{ monday: '2026-02-09', counted: 2 }])
  expect(found.pictures?.incidents.weeks).toEqual([{ monday: '2026-02-09', counted: 1 }])
})

test('page after page meets every record once, also when many share a minute', async () => {
  const caseId = await openTestCase(world)
  const records = Array.from({ length: 120 }, (_, index) => ({
    local: `2026-02-0${1 + (index % 2)}T10:00:00`,
    sender: 'Rob',
    text: `m${index}`,
  }))
  await addTestItem(world, caseId, 'ABC/1', records)
  await tell(caseId, { when: { precision: 'exact', startsAt: new Date('2026-02-02T10:00:00Z') } })
  const met: string[] = []
  let after: TimelinePlace | null = null
  do {
    const found: Timeline = await line(caseId, {}, after)
    met.push(...says(found))
    after = found.page.next
  } while (after)
  expect(met).toHaveLength(121)
  expect(new Set(met)).toEqual(new Set([...records.map(each => each.text), told.what]))
})

test('S13 a page of long texts ends early, and page after page still meets every record and incident once, found by words too', async () => {
  const caseId = await openTestCase(world)
  const records = Array.from({ length: 6 }, (_, index) => ({
    local: `2026-02-0${1 + index}T10:00:00`,
    sender: 'Rob',
    text: `m${index} ${'answer me now '.repeat(70_000)}`,
  }))
  await addTestItem(world, caseId, 'ABC/1', records)
  await tell(caseId, { when: { precision: 'exact', startsAt: new Date('2026-02-05T10:00:00Z') } })
  for (const words of ['', '"me now"']) {
    const met: string[] = []
    const pages: number[] = []
    let after: TimelinePlace | null = null
    do {
      const found: Timeline = await line(caseId, { words }, after)
      pages.push(found.page.entries.length)
      met.push(...says(found).map(text => text.slice(0, 2)))
      after = found.page.next
    } while (after && pages.length < 20)
    if (words === '') expect(Math.max(...pages)).toBeLessThan(7)
    const expected = records.map(each => each.text.slice(0, 2))
    expect(met.sort(), words).toEqual([...(words === '' ? [told.what.slice(0, 2)] : []), ...expected].sort())
  }
})

test('filters narrow the line to a sender, a kind, days, a platform, an exhibit, an act or words', async () => {
  const caseId = await openTestCase(world)
  await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-10T10:00:00', sender: 'Rob', text: 'Answer me now' },
    { local: '2026-02-11T10:00:00', sender: 'Linda', text: 'Do not answer him' },
    { local: '2026-02-12T10:00:00', sender: 'Rob', text: 'Missed call', kind: 'call' },
  ])
  const picture = await addTestItem(
    world,
    caseId,
    'ABC/2',
    [{ local: '2026-02-13T10:00:00', sender: '', text: '', kind: 'image' }],
    {
      format: 'image',
    },
  )
  await tell(caseId)
  const onPicture = 'A picture of the library'
  await tell(caseId, { what: onPicture, codes: [], records: [{ itemId: picture, ordinal: 0 }] })
  expect(says(await line(caseId, { sender: keyOf('Rob') }))).toEqual(['Answer me now', 'Missed call'])
  expect(says(await line(caseId, { kind: 'calls' }))).toEqual(['Missed call'])
  expect(says(await line(caseId, { from: '2026-02-11', until: '2026-02-11' }))).toEqual(['Do not answer him'])
  expect(says(await line(caseId, { platform: keyOf('Picture') }))).toEqual(['', onPicture])
  // An incident stands with the exhibit that it rests on.
  expect(says(await line(caseId, { exhibit: keyOf('abc/2') }))).toEqual(['', onPicture])
  expect(says(await line(caseId, { code: 'E_LOITER' }))).toEqual([told.what])
  expect(says(await line(caseId, { code: 'A_FOLLOW' }))).toEqual([])
  expect(says(await line(caseId, { words: 'answer' }))).toEqual(['Answer me now', 'Do not answer him'])
  expect(says(await line(caseId, { words: '"answer me" ', sender: keyOf('Rob') }))).toEqual(['Answer me now'])
  expect(says(await line(caseId, { words: 'library' })).sort()).toEqual([onPicture, told.what])
  expect((await line(caseId, { sender: keyOf('Linda') })).pictures?.records.weeks).toEqual([
    { monday: '2026-02-09', counted: 1 },
  ])
})

test('a message told twice is marked before it is counted, kept on the line, and marked again after a new reading', async () => {
  const caseId = await openTestCase(world)
  const message = { local: '2026-02-10T10:00:00', sender: 'Rob', text: 'Answer me now' }
  const first = await addTestItem(world, caseId, 'ABC/1', [message])
  // Which of two tells it first is which arrived first.
  world.clock.moveTo('2026-03-02T10:05:00Z')
  const second = await addTestItem(world, caseId, 'ABC/2', [
    message,
    { ...message, local: '2026-02-10T10:01:00' },
  ])
  const found = await line(caseId)
  expect(says(found)).toHaveLength(3)
  expect(found.pictures?.records.weeks).toEqual([{ monday: '2026-02-09', counted: 2 }])
  const marked = await look(caseId, transaction =>
    loadRecord(transaction, caseId, { itemId: second, ordinal: 0 }),
  )
  expect(marked?.record.sameAs).toEqual({ itemId: first, ordinal: 0 })
  expect(marked?.original?.exhibitRef).toBe('ABC/1')
  expect(marked?.record.exhibitRef).toBe('ABC/2')
})

test('S5 words of a case are not found by somebody whose agency is no party to it', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead', 'stalking'] })
  const other = await openTestCase(world)
  await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-10T10:00:00', sender: 'Rob', text: 'Answer me now' },
  ])
  const filter = { ...wholeTimeline, words: 'answer' }
  expect(
    await look(caseId, transaction => listTimeline(transaction, caseId, filter, null), 'cyber-adviser'),
  ).toBeNull()
  // With another case open, in the same transaction, the words of this one still are not found.
  const found = await look(
    other,
    transaction => listTimeline(transaction, caseId, filter, null),
    'cyber-adviser',
  )
  expect(found?.page.entries).toEqual([])
})

test('a record of another case is not there, no matter who asks for it', async () => {
  const caseId = await openTestCase(world)
  const other = await openTestCase(world)
  const itemId = await addTestItem(world, other, 'ABC/1', [{ local: null, sender: '', text: 'x' }])
  expect(
    await look(caseId, transaction => loadRecord(transaction, caseId, { itemId, ordinal: 0 })),
  ).toBeNull()
})

test('the whole chronology is handed to a bundle: every record once, the incidents, and only what was chosen', async () => {
  const caseId = await openTestCase(world)
  const message = { local: '2026-02-10T10:00:00', sender: 'Rob', text: 'x'.repeat(900) }
  const first = await addTestItem(world, caseId, 'ABC/1', [
    message,
    { local: null, sender: 'Rob', text: 'No clock' },
  ])
  world.clock.moveTo('2026-03-02T10:10:00Z')
  const second = await addTestItem(world, caseId, 'ABC/2', [message])
  await tell(caseId, { records: [{ itemId: first, ordinal: 0 }] })
  // A job marks what is told twice before it hands anything over.
  const job = { kind: 'task', clinicId: world.clinic.clinicId, task: 'job-build-bundle' } as const
  const handOver = (choices: BundleChoices) =>
    withCase(world.clinic.database, job, { caseId, part: 'chronology', mode: 'write' }, async transaction => {
      const { entries, ...rest } = await loadChronologyForBundle(transaction, caseId, choices)
      const all: BundleEntry[] = []
      for await (const entry of entries) all.push(entry)
      const items = [...new Set(all.flatMap(({ sources }) => sources.map(({ itemId }) => itemId)))]
      return { ...rest, entries: all, items }
    })
  const whole = await handOver({ records: 'all' })
  expect(whole?.entries.map(each => each.what)).toEqual([message.text, told.what, 'No clock'])
  expect(whole?.entries[0]?.sources.map(each => each.exhibit)).toEqual(['ABC/1', 'ABC/2'])
  expect(whole?.items).toEqual([first, second])
  // Nobody has chosen the course of conduct, so no day is handed over as if it were known.
  expect(whole?.conduct).toBeNull()
  expect(whole?.limits.filter(each => each.kind === 'running')).toEqual([])
  const narrow = await handOver({ records: 'in-incidents' })
  expect(narrow?.entries.map(each => each.what)).toEqual([message.text, told.what])
  expect((await handOver({ records: 'none' }))?.entries.map(each => each.kind)).toEqual(['incident'])
  const later = await handOver({ records: 'all', from: '2026-02-11' })
  expect(later?.entries.map(each => each.what)).toEqual([told.what, 'No clock'])
})
