import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../../test/support/test-records.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import { evidenceJobs } from '../../../evidence/jobs.ts'
import { takeInEvidence } from '../../../evidence/operations/take-in-evidence.ts'
import type { CaseId, ItemId } from '../../../foundation/ids.ts'
import type { BundleEntry } from '../../bundle-entry.ts'
import { loadChronologyForBundle } from '../../operations/load-chronology-for-bundle.ts'
import { keyOf } from '../../timeline-filter.ts'

// An export as an iPhone makes it, in which somebody put marks and phrases of the app's to use.
const chat = [
  '[25/08/2025, 21:00:10] Rob: hi',
  '[25/08/2025, 21:00:12] Rob: \u200eI know where you sleep',
  '[25/08/2025, 21:00:14] Rob: \u200eYou blocked this contact',
  '[25/08/2025, 21:00:16] Rob: You unblocked this contact',
  '[25/08/2025, 21:00:18] You will be sorry',
  '[24/08/2025, 20:00:00] Rob: I will find you',
].join('\n')

let world: TestClinic
let site: TestSite
let caseId: CaseId
let itemId: ItemId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'stalking', 'police'] })
  const answer = await takeInEvidence(world.clinic, world.as('stalking-advocate'), caseId, {
    name: '_chat.txt',
    broughtBy: 'ABC',
    howObtained: 'exported',
    body: Readable.from([Buffer.from(chat)]),
    answers: {},
  })
  if (answer.kind !== 'taken-in') throw new Error(answer.because)
  itemId = answer.itemId
  for (const job of evidenceJobs)
    if (job.name === 'read-item') await job.work(world.clinic, { caseId, itemId })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = 'stalking-advocate'
const path = () => `/cases/${caseId}/chronology`
const lineOf = async (query = ''): Promise<string> => (await site.get(`${path()}${query}`, { as })).text
const recordOf = async (ordinal: number): Promise<string> =>
  (await site.get(`/cases/${caseId}/records/${itemId}.${ordinal}`, { as })).text

test('a threat behind an invisible mark stands on the timeline with its sender’s name, and is nowhere called the app’s', async () => {
  const text = await lineOf('?kind=messages')
  expect(text).toContain('I know where you sleep')
  expect(text).toMatch(/Not decided\s*<\/strong>[\s\S]{0,120}The app’s words or a person’s/)
  const record = await recordOf(1)
  expect(record).toMatch(/Sent by, as exported[\s\S]*?<bdi>Rob<\/bdi>/)
  expect(record).toContain('Not decided: the words begin with the invisible mark')
  expect(record).not.toMatch(/Kind[\s\S]{0,120}Written by the app/)
})

test('what is not decided is found among the messages, and among the lines of the app too', async () => {
  for (const kind of ['messages', 'app-lines']) {
    const text = await lineOf(`?kind=${kind}`)
    for (const words of ['I know where you sleep', 'You unblocked this contact', 'You will be sorry'])
      expect(text, kind).toContain(words)
  }
  expect(await lineOf('?kind=messages')).not.toContain('You blocked this contact')
})

test('a line of the app’s keeps the name it was exported with, says what it reports, and is found by both', async () => {
  const record = await recordOf(2)
  expect(record).toMatch(/Sent by, as exported[\s\S]*?<bdi>Rob<\/bdi>/)
  expect(record).toContain('Yes: the words are a phrase of the app’s behind its own mark')
  expect(record).toMatch(/What it reports[\s\S]*?Contact blocked/)
  expect(await lineOf(`?sender=${keyOf('Rob')}`)).toContain('You blocked this contact')
  const blocked = await lineOf('?fact=blocked')
  expect(blocked).toContain('You blocked this contact')
  expect(blocked).not.toContain('You unblocked this contact')
  const anything = await lineOf('?fact=any')
  expect(anything).toContain('You blocked this contact')
  expect(anything).toContain('Reads: contact unblocked')
  expect(anything).not.toContain('I will find you')
})

test('what is reported is narrowed down further by words, and words typed like it find nothing', async () => {
  const both = await site.post(path(), { words: 'contact', fact: 'unblocked' }, { as })
  expect(both.text).toContain('You unblocked this contact')
  expect(both.text).not.toContain('I will find you')
  expect((await site.post(path(), { words: 'fact:blocked' }, { as })).text).not.toContain(
    'You blocked this contact',
  )
})

test('a line that steps back in time says so where it is read', async () => {
  expect(await lineOf()).toContain('Earlier than the line above it in the source')
  expect(await recordOf(5)).toContain('Earlier than the line above it in the source')
  const item = await site.get(`/cases/${caseId}/evidence/${itemId}`, { as })
  expect(item.text).toContain('1 line is earlier than the line above it: line 6.')
  expect(item.text).toContain(
    'For 3 lines it is not decided whether the app wrote them or a person: lines 2, 4 and 5.',
  )
})

test('an incident made from such lines puts the words down to nobody who may not have written them', async () => {
  const query = [1, 2, 4].map(ordinal => `record=${itemId}.${ordinal}`).join('&')
  const { text } = await site.get(`/cases/${caseId}/incidents/new?${query}`, { as })
  expect(text).toContain('Rob or the app, not decided which: I know where you sleep')
  expect(text).toContain('[Written by the app, under the name Rob] You blocked this contact')
  expect(text).toContain('A person or the app, not decided which: You will be sorry')
  expect(text).not.toMatch(/<bdi>Rob:<\/bdi> <bdi>(I know|You blocked)/)
})

test('everything leaves in a bundle with the name as exported and whose words they are', async () => {
  const job = { kind: 'task', clinicId: world.clinic.clinicId, task: 'job-build-bundle' } as const
  const whole = await withCase(
    world.clinic.database,
    job,
    { caseId, part: 'chronology', mode: 'write' },
    async transaction => {
      const { entries } = await loadChronologyForBundle(transaction, caseId, { records: 'all' })
      const all: BundleEntry[] = []
      for await (const entry of entries) all.push(entry)
      return all
    },
  )
  const entries = whole?.map(entry => [entry.who, entry.writtenByApp.split(':')[0], entry.what])
  expect(entries).toEqual([
    ['Rob', 'No', '[Earlier than the line above it in the source] I will find you'],
    ['Rob', 'No', 'hi'],
    ['Rob', 'Not decided', '[Not decided: the app’s words or a person’s] I know where you sleep'],
    ['Rob', 'Yes', '[Written by the app] [Contact blocked] You blocked this contact'],
    [
      'Rob',
      'Not decided',
      '[Not decided: the app’s words or a person’s] [Reads: contact unblocked] You unblocked this contact',
    ],
    ['', 'Not decided', '[Not decided: the app’s words or a person’s] You will be sorry'],
  ])
})

test('what was read before whose words it holds was looked at is not decided, and not said to be the app’s', async () => {
  const before = await addTestItem(world, caseId, 'ABC/9', [
    { local: '2025-08-20T10:00:00', sender: 'Rob', text: 'From an earlier reading' },
  ])
  const record = await site.get(`/cases/${caseId}/records/${before}.0`, { as })
  expect(record.text).toContain('Not decided: the record was read before this was looked at')
})
