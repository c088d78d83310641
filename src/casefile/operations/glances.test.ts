import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearStatements } from '../../../test/support/heard-statements.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../test/support/test-records.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import { openDatabase, type Transaction } from '../../platform/database.ts'
import { type GlancePart, glanceParts } from '../glance.ts'
import { keepSealedGlances, loadSealedGlances } from '../glance-store.ts'
import { loadGlances } from './glances.ts'

let world: TestClinic
let heard: string[] = []
beforeAll(async () => {
  world = await openTestClinic()
  hearStatements(world.clinic.database.pool, statement => heard.push(statement))
})
afterAll(() => world.close())

/** Work of somebody who looks at parts of a case, as its page does. */
const looking = <Answer>(
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Answer>,
  parts: readonly CasePart[] = glanceParts,
  role: Role = 'coordinator',
): Promise<Answer | null> =>
  withCase(
    world.clinic.database,
    world.as(role),
    { caseId, part: 'overview', mode: 'read' },
    async transaction => {
      for (const part of parts) await openPartInSight(transaction, { caseId, part, mode: 'read' })
      return work(transaction)
    },
  )

const look = (caseId: CaseId, role?: Role) =>
  looking(caseId, each => loadGlances(each, caseId), glanceParts, role)

const addIncident = (caseId: CaseId, database = world.clinic.database) =>
  withCase(
    database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'write' },
    transaction =>
      makeIncident(transaction, caseId, crypto.randomUUID(), {
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
      }),
  )

const countOf = async (caseId: CaseId) => {
  const glances = await look(caseId)
  return [glances?.chronology?.incidents.length, glances?.evidence?.items]
}

type Row = { readonly revision: string; readonly sealed: Buffer | null }

const rowOf = (caseId: CaseId, part: GlancePart): Promise<Row | undefined> =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query<Row>(
      'select revision, sealed from unwatched.case_glance where case_id = $1 and part = $2',
      [caseId, part],
    )
    return found.rows[0]
  })

const putSealed = (caseId: CaseId, part: GlancePart, sealed: Buffer | null | undefined) =>
  asOwner(world.ownerUrl, client =>
    client.query('update unwatched.case_glance set sealed = $3 where case_id = $1 and part = $2', [
      caseId,
      part,
      sealed,
    ]),
  )

const readsPart = /unwatched"?\."?(\w+)|from "(\w+)"(?!\.)|join "(\w+)"(?!\.)/g
const namesIn = (statements: readonly string[]) =>
  new Set(
    statements.flatMap(statement => [...statement.matchAll(readsPart)].map(([, a, b, c]) => a ?? b ?? c)),
  )

test('every table that a glance is read from takes the glance away when a row of it changes', async () => {
  const caseId = await openTestCase(world)
  const ends = await asOwner(world.ownerUrl, client =>
    client.query<{ table: string; part: string; events: number }>(
      `select c.relname as table, a.part, g.tgtype::integer as events
       from pg_trigger g join pg_class c on c.oid = g.tgrelid
       join pg_proc p on p.oid = g.tgfoid and p.proname = 'end_glances',
       lateral unnest(string_to_array(trim(trailing '\\000' from encode(g.tgargs, 'escape')), '\\000')) as a (part)`,
    ),
  )
  // After each row that is added, removed or changed (src/include/catalog/pg_trigger.h: row 1, insert 4, delete 8, update 16).
  expect(new Set(ends.rows.map(row => row.events))).toEqual(new Set([29]))
  // What is read beside: names of people and agencies, which never change; what a consent is not shown with here; the key.
  const beside = new Set(['agency', 'person', 'bar', 'file_key', 'clinic', 'case_file', 'act', 'lock_out'])
  for (const part of glanceParts) {
    heard = []
    await looking(caseId, each => loadGlances(each, caseId), [part])
    const asked = heard.slice(heard.findIndex(statement => statement.includes('glances_of')) + 1)
    const named = [...namesIn(asked.filter(statement => !statement.includes('keep_glances')))]
    const known = await asOwner(world.ownerUrl, client =>
      client.query<{ name: string }>(
        // Also what the functions read that a statement asks.
        `select relname as name from pg_class where relnamespace = 'unwatched'::regnamespace and relkind = 'r'
           and relname in (select unnest($1::text[]) union
             select m[1] from pg_proc, regexp_matches(prosrc, '(?:from|join) (\\w+)', 'g') m
             where pronamespace = 'unwatched'::regnamespace and proname = any ($1))`,
        [named],
      ),
    )
    const watched = known.rows.map(row => row.name).filter(name => !beside.has(name))
    expect(watched.length, part).toBeGreaterThan(0)
    for (const table of watched)
      expect(ends.rows.map(row => `${row.table} ${row.part}`)).toContain(`${table} ${part}`)
  }
})

test('who changes a part makes its glance in the same transaction, and the next look reads nothing else', async () => {
  const caseId = await openTestCase(world)
  expect(await countOf(caseId)).toEqual([0, 0])
  await addIncident(caseId)
  expect((await rowOf(caseId, 'chronology'))?.sealed).not.toBeNull()
  heard = []
  expect(await countOf(caseId)).toEqual([1, 0])
  const afterwards = heard.slice(heard.findIndex(statement => statement.includes('glances_of')) + 1)
  // The key of the case, once for a transaction; nothing of any part, and nothing kept.
  expect(afterwards.filter(statement => !statement.includes('file_key'))).toEqual(['commit'])
})

test('a change whose glance was never made is shown as it is, and not as it was', async () => {
  const caseId = await openTestCase(world)
  await addIncident(caseId)
  expect(await countOf(caseId)).toEqual([1, 0])
  // A program that is cut off, or knows nothing of glances: the change is kept, and nothing else.
  const { connectionString } = world.clinic.database.pool.options
  const other = openDatabase(connectionString ?? '', {
    now: world.clock.now,
    key: world.clinic.key,
    connections: 1,
  })
  await addIncident(caseId, other).finally(other.close)
  expect((await rowOf(caseId, 'chronology'))?.sealed).toBeNull()
  await addTestItem(world, caseId, 'ABC/1', [])
  expect(await countOf(caseId)).toEqual([2, 1])
  expect(await countOf(caseId)).toEqual([2, 1])
})

test('an old glance that is put back does not open, nor one of another case or another part', async () => {
  const [caseId, other] = [await openTestCase(world), await openTestCase(world)]
  await countOf(caseId)
  const old = await rowOf(caseId, 'chronology')
  await addIncident(caseId)
  await putSealed(caseId, 'chronology', old?.sealed)
  expect(await countOf(caseId)).toEqual([1, 0])
  await countOf(other)
  await putSealed(caseId, 'evidence', (await rowOf(other, 'evidence'))?.sealed)
  await addTestItem(world, other, 'ABC/1', [])
  await countOf(other)
  await putSealed(caseId, 'evidence', (await rowOf(other, 'evidence'))?.sealed)
  expect(await countOf(caseId)).toEqual([1, 0])
  for (const part of glanceParts)
    for (const place of glanceParts) {
      await putSealed(caseId, place, (await rowOf(caseId, part))?.sealed)
      expect(await countOf(caseId)).toEqual([1, 0])
    }
})

test('S5 a glance is read and kept only by somebody who opened its part', async () => {
  const caseId = await openTestCase(world)
  await countOf(caseId)
  const seen = await looking(caseId, each => loadSealedGlances(each, caseId), ['map'])
  expect(seen?.map(each => each.part)).toEqual(['map'])
  const police = await look(caseId, 'police-liaison')
  expect(Object.keys(police ?? {})).not.toContain('evidence')
  const before = await rowOf(caseId, 'evidence')
  const forged = {
    part: 'evidence',
    revision: Number(before?.revision),
    sealed: Buffer.from('forged'),
  } as const
  await looking(caseId, each => keepSealedGlances(each, caseId, [forged]), ['map'])
  expect(await rowOf(caseId, 'evidence')).toEqual(before)
  const unopened = await world.clinic.database.transaction(world.as('coordinator'), each =>
    loadSealedGlances(each, caseId),
  )
  expect(unopened).toEqual([])
})

test('a glance of what somebody else changes meanwhile is not kept', async () => {
  const caseId = await openTestCase(world)
  const now = await looking(caseId, async transaction => {
    const before = await loadSealedGlances(transaction, caseId)
    await addIncident(caseId)
    const made = before.map(each => ({ ...each, sealed: Buffer.from('of before') }))
    await keepSealedGlances(
      transaction,
      caseId,
      made.filter(({ part }) => part === 'chronology'),
    )
    return rowOf(caseId, 'chronology')
  })
  expect(now?.sealed).toBeInstanceOf(Buffer)
  expect(await rowOf(caseId, 'chronology')).toEqual(now)
})

test('a look waits for nobody who is changing the part, and shows what was kept before', async () => {
  const caseId = await openTestCase(world)
  await withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'write' },
    async transaction => {
      await makeIncident(transaction, caseId, crypto.randomUUID(), {
        when: { precision: 'unknown' },
        zone: 'Europe/London',
        noticedOn: null,
        what: 'A call',
        clientWords: '',
        changed: '',
        whereCoarse: '',
        toldTo: '',
        platform: '',
        codes: [],
        records: [],
      })
      expect(await countOf(caseId)).toEqual([0, 0])
    },
  )
  expect(await countOf(caseId)).toEqual([1, 0])
})

test('a change is kept where its glance cannot be made', async () => {
  const caseId = await openTestCase(world)
  const bad = Buffer.from('what does not open')
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.conduct_choice (clinic_id, case_id, revision, at, by_person, sealed)
       values ($1, $2, 1, $3, $4, $5)`,
      [world.clinic.clinicId, caseId, world.clock.now(), world.people.coordinator, bad],
    ),
  )
  const incidentId = await addIncident(caseId)
  expect(incidentId).not.toBeNull()
  const kept = await asOwner(world.ownerUrl, client =>
    client.query('select 1 from unwatched.incident where case_id = $1', [caseId]),
  )
  expect(kept.rowCount).toBe(1)
  expect((await rowOf(caseId, 'chronology'))?.sealed).toBeNull()
})
