import { expect, test } from 'vitest'
import type { IncidentId, ItemId, PersonId } from '../foundation/ids.ts'
import { type BundleEntry, type TiedIncident, tellOnce, writeBundleEntries } from './bundle-entry.ts'
import type { Incident } from './incident.ts'
import type { RecordRef, TimelineRecord } from './record.ts'

const item = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000000` as ItemId

function record(
  letter: string,
  local: string | null,
  body: string,
  sameAs: RecordRef | null = null,
): TimelineRecord {
  return {
    ref: { itemId: item(letter), ordinal: 0 },
    exhibitRef: `${letter.toUpperCase()}/1`,
    format: 'whatsapp',
    kind: 'message',
    sentAt: null,
    sentLocal: local,
    sentAsWritten: '',
    zone: null,
    zoneHow: 'unknown',
    precision: 'minute',
    sender: 'Rob',
    direction: 'unknown',
    parties: null,
    writtenByApp: { answer: 'no', basis: 'author' },
    fact: null,
    body,
    bodyLength: body.length,
    place: { from: 0, to: 9, firstLine: 4, lastLine: 4, entry: null },
    attachments: [],
    marks: [],
    reason: null,
    sameAs,
  }
}

async function write(records: readonly TimelineRecord[], incidents: readonly TiedIncident[]) {
  const entries: BundleEntry[] = []
  for await (const entry of writeBundleEntries(tellOnce(records), incidents)) entries.push(entry)
  return entries
}

const incident: Incident = {
  incidentId: item('e') as string as IncidentId,
  number: 3,
  newest: {
    when: { precision: 'about', startsAt: new Date('2026-03-03T10:00:00Z') },
    zone: 'Europe/London',
    noticedOn: null,
    what: 'The car said meow',
    clientWords: 'I was frightened',
    changed: '',
    whereCoarse: '',
    toldTo: '',
    platform: 'The car’s app',
    codes: ['F_INTERFERE', 'X_OTHER'],
    records: [],
    revision: 1,
    at: new Date('2026-03-04T10:00:00Z'),
    byPerson: item('f') as string as PersonId,
    byName: 'Ada',
    reason: '',
  },
}

test('a message told twice leaves as one entry with both its sources', async () => {
  const first = record('a', '2026-03-03T09:00:00', 'Hello')
  const entries = await write([first, record('b', '2026-03-03T09:00:00', 'Hello', first.ref)], [])
  expect(entries).toHaveLength(1)
  expect(entries[0]?.sources.map(each => `${each.exhibit} ${each.place}`)).toEqual([
    'A/1 line 4',
    'B/1 line 4',
  ])
})

test('a copy whose original is not in the bundle stands for itself', async () => {
  const copy = record('b', '2026-03-03T09:00:00', 'Hello', { itemId: item('a'), ordinal: 0 })
  expect((await write([copy], [])).map(each => each.what)).toEqual(['Hello'])
})

test('incidents and records leave in the order of the line, and what has no known time comes last', async () => {
  const entries = await write(
    [
      record('a', null, 'No clock'),
      record('b', '2026-03-03T11:00:00', 'Later'),
      record('c', '2026-03-03T09:00:00', 'Earlier'),
    ],
    [{ incident, records: [], unread: [] }],
  )
  expect(entries.map(each => each.what)).toEqual(['Earlier', 'The car said meow', 'Later', 'No clock'])
  expect(entries.map(each => each.certainty)).toEqual(['exact', 'about', 'exact', 'not known'])
})

test('an incident leaves with its acts by letter, the words of the client, and the records it rests on', async () => {
  const [entry] = await write(
    [],
    [{ incident, records: [record('a', null, 'x'), record('a', null, 'x')], unread: [] }],
  )
  expect(entry).toMatchObject({
    incidentNumber: 3,
    when: 'About 3 March 2026 at 10am',
    acts: ['(f)', 'other'],
    who: 'Rob',
    impact: { clientWords: 'I was frightened' },
  })
  expect(entry?.sources).toHaveLength(1)
})

test('the sender as exported leaves with every record, and beside it whose words they are', async () => {
  const words = record('a', '2026-03-03T09:00:00', 'I know where you sleep')
  const byMark = {
    ...words,
    kind: 'unsettled',
    writtenByApp: { answer: 'not decided', basis: 'mark' },
  } as const
  const byApp = {
    ...record('b', '2026-03-03T10:00:00', 'You blocked this contact'),
    kind: 'system',
    fact: 'blocked',
    writtenByApp: { answer: 'yes', basis: 'phrase' },
  } as const
  const entries = await write([byMark, byApp], [])
  expect(entries.map(each => each.who)).toEqual(['Rob', 'Rob'])
  expect(entries.map(each => each.what)).toEqual([
    '[Not decided: the app’s words or a person’s] I know where you sleep',
    '[Written by the app] [Contact blocked] You blocked this contact',
  ])
  expect(entries[0]?.writtenByApp).toMatch(/^Not decided: .*invisible mark/)
  expect(entries[1]?.writtenByApp).toMatch(/^Yes: .*phrase/)
})

test('what a source says of a message leaves with it', async () => {
  const [entry] = await write(
    [{ ...record('a', null, ''), kind: 'call', marks: ['missed'], attachments: ['a.jpg'] }],
    [],
  )
  expect(entry?.what).toBe('[Call] [Missed] [With: a.jpg]')
})

test('what was not read leaves as no message, with its reason, and an incident says that it rests on it too', async () => {
  const apart = { ...record('a', null, ''), kind: 'quarantined', sender: '', reason: 'Set aside.' }
  const gone = { itemId: item('b'), exhibitRef: 'B/1' }
  const [rested, kept] = await write(
    [apart],
    [{ incident, records: [record('c', null, 'x')], unread: [gone] }],
  )
  expect(kept).toMatchObject({ kind: 'not-read', what: '[Kept apart]', reason: 'Set aside.' })
  expect(rested?.sources.map(({ exhibit, place, isRead }) => [exhibit, place, isRead])).toEqual([
    ['C/1', 'line 4', true],
    ['B/1', 'not read now', false],
  ])
})
