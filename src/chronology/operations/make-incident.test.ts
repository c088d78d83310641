import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import type { IncidentAccount } from '../incident.ts'
import { listIncidents } from './list-incidents.ts'
import { loadIncident } from './load-incident.ts'
import { makeIncident } from './make-incident.ts'
import { reviseIncident } from './revise-incident.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const account: IncidentAccount = {
  when: { precision: 'exact', startsAt: new Date('2026-02-14T10:30:00Z') },
  zone: 'Europe/London',
  noticedOn: '2026-02-15',
  what: 'He waited outside the library',
  clientWords: 'I went cold',
  changed: 'Another way home',
  whereCoarse: 'In town',
  toldTo: 'The police',
  platform: '',
  codes: ['E_LOITER', 'G_WATCH'],
  records: [],
}

function open<Answer>(
  caseId: CaseId,
  work: Parameters<typeof withCase<Answer>>[3],
  role: Role = 'stalking-advocate',
) {
  return withCase(world.clinic.database, world.as(role), { caseId, part: 'chronology', mode: 'write' }, work)
}

const make = (caseId: CaseId, token: string = crypto.randomUUID(), told: Partial<IncidentAccount> = {}) =>
  open(caseId, transaction => makeIncident(transaction, caseId, token, { ...account, ...told }))

async function made(caseId: CaseId): Promise<IncidentId> {
  const incidentId = await make(caseId)
  if (!incidentId) throw new Error('the case is not open')
  return incidentId
}

const revise = (
  caseId: CaseId,
  incidentId: IncidentId,
  base: number,
  what: string,
  token: string = crypto.randomUUID(),
) =>
  open(caseId, transaction =>
    reviseIncident(transaction, caseId, incidentId, {
      token,
      base,
      reason: 'Her mother remembers more',
      account: { ...account, what },
    }),
  )

test('an incident is kept as it was told, with the records it rests on', async () => {
  const caseId = await openTestCase(world)
  const itemId = await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-14T10:00:00', sender: 'Rob', text: 'I can see you' },
  ])
  const records = [{ itemId, ordinal: 0 }]
  const incidentId = await make(caseId, crypto.randomUUID(), { records })
  const file =
    incidentId && (await open(caseId, transaction => loadIncident(transaction, caseId, incidentId)))
  expect(file).toMatchObject({
    number: 1,
    newest: { ...account, records, revision: 1, byName: 'Test stalking-advocate' },
  })
  expect(file?.records.map(record => [record.exhibitRef, record.body])).toEqual([['ABC/1', 'I can see you']])
})

test('ten made at once are numbered one to ten, with no gap', async () => {
  const caseId = await openTestCase(world)
  await Promise.all(Array.from({ length: 10 }, () => make(caseId)))
  const list = await open(caseId, transaction => listIncidents(transaction, caseId))
  expect(list?.incidents.map(each => each.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('the same form sent twice at once makes one incident, and both get the same answer', async () => {
  const caseId = await openTestCase(world)
  const token = crypto.randomUUID()
  const [one, other] = await Promise.all([make(caseId, token), make(caseId, token)])
  expect(one).toBe(other)
  const list = await open(caseId, transaction => listIncidents(transaction, caseId))
  expect(list?.incidents).toHaveLength(1)
})

test('a revision is added, and the text before it stays', async () => {
  const caseId = await openTestCase(world)
  const incidentId = await made(caseId)
  expect(await revise(caseId, incidentId, 1, 'He waited at the bus stop')).toEqual({
    kind: 'revised',
    revision: 2,
  })
  const file = await open(caseId, transaction => loadIncident(transaction, caseId, incidentId))
  expect(file?.revisions.map(each => each.what)).toEqual([
    'He waited at the bus stop',
    'He waited outside the library',
  ])
  expect(file?.newest.reason).toBe('Her mother remembers more')
})

test('of two revisions made at once from the same text, one is kept and the other is shown it', async () => {
  const caseId = await openTestCase(world)
  const incidentId = await made(caseId)
  const outcomes = await Promise.all([
    revise(caseId, incidentId, 1, 'One'),
    revise(caseId, incidentId, 1, 'Two'),
  ])
  expect(outcomes.map(each => each?.kind).sort()).toEqual(['revised', 'stale'])
  const stale = outcomes.find(each => each?.kind === 'stale')
  const file = await open(caseId, transaction => loadIncident(transaction, caseId, incidentId))
  expect(stale?.kind === 'stale' && stale.newest.what).toBe(file?.newest.what)
  expect(file?.revisions).toHaveLength(2)
})

test('the same revision sent twice is one revision', async () => {
  const caseId = await openTestCase(world)
  const incidentId = await made(caseId)
  const token = crypto.randomUUID()
  await revise(caseId, incidentId, 1, 'One', token)
  expect(await revise(caseId, incidentId, 1, 'One', token)).toEqual({ kind: 'revised', revision: 2 })
})

test('S7 nobody can change or remove what was written, not even the owner of the tables', async () => {
  const caseId = await openTestCase(world)
  await made(caseId)
  for (const table of ['incident_revision', 'incident_record']) {
    for (const act of [`delete from unwatched.${table}`, `truncate unwatched.${table} cascade`]) {
      await expect(asOwner(world.ownerUrl, client => client.query(act))).rejects.toThrow(/append-only/)
    }
  }
})

test('S5 an incident is made only by a role that works on the chronology, and only in a case it may see', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead'] })
  for (const role of [
    'coordinator',
    'police-liaison',
    'manager',
    'administrator',
    'call-handler',
    'cyber-adviser',
  ] as const) {
    expect(
      await open(
        caseId,
        transaction => makeIncident(transaction, caseId, crypto.randomUUID(), account),
        role,
      ),
    ).toBeNull()
  }
  const look = { caseId, part: 'chronology', mode: 'read' } as const
  await expect(
    withCase(world.clinic.database, world.as('coordinator'), look, transaction =>
      makeIncident(transaction, caseId, crypto.randomUUID(), account),
    ),
  ).rejects.toThrow(/row-level security/)
})
