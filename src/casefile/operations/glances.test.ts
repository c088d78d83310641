import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countHeld } from '../../../test/support/count-held.ts'
import { hearStatements } from '../../../test/support/heard-statements.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../test/support/test-records.ts'
import type { LeakChange, NewLeakDay } from '../../access-map/leaks/leak-change.ts'
import { changeInventory } from '../../access-map/operations/change-inventory.ts'
import { changeLeaks } from '../../access-map/operations/change-leaks.ts'
import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { chooseConduct } from '../../chronology/operations/choose-conduct.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { appendCustody } from '../../evidence/operations/append-custody.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import { openDatabase, type Transaction } from '../../platform/database.ts'
import { type GlancePart, glanceParts } from '../glance.ts'
import { endGlancesNow, keepSealedGlances, loadSealedGlances } from '../glance-store.ts'
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

const incident = {
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
} as const

const leakDay = {
  knew: true,
  kind: 'location',
  what: 'He waited at the library',
  on: '2026-02-14',
  roughly: 'evening',
  situations: [],
  readAt: [],
  guess: 'hardly',
  incident: null,
} satisfies NewLeakDay

/** Work of somebody who changes parts of a case, in one transaction. */
const changing = <Answer>(
  caseId: CaseId,
  parts: readonly CasePart[],
  work: (transaction: Transaction) => Promise<Answer>,
  role: Role = 'cyber-adviser',
): Promise<Answer | null> =>
  withCase(
    world.clinic.database,
    world.as(role),
    { caseId, part: 'overview', mode: 'read' },
    async transaction => {
      for (const part of parts)
        expect(await accessCase(transaction, { caseId, part, mode: 'write' }), part).toBe(true)
      return work(transaction)
    },
  )

const addIncident = (caseId: CaseId, database = world.clinic.database) =>
  withCase(
    database,
    world.as('stalking-advocate'),
    { caseId, part: 'chronology', mode: 'write' },
    transaction => makeIncident(transaction, caseId, crypto.randomUUID(), incident),
  )

const choose = (transaction: Transaction, caseId: CaseId) =>
  chooseConduct(world.clinic, transaction, world.people['cyber-adviser'], caseId, {
    ...{ shown: [], conduct: [], assaults: [], seen: 0 },
    ...{ statementOn: null, evidenceOn: null, why: '' },
  })

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
  await changing(caseId, ['chronology'], async transaction => {
    await makeIncident(transaction, caseId, crypto.randomUUID(), incident)
    // From here on the glances are held, and none of them was ever made: the look makes all, and keeps none.
    await endGlancesNow(transaction)
    let seen: unknown = 'nothing yet'
    const looked = countOf(caseId).then(found => {
      seen = found
    })
    await asOwner(world.ownerUrl, client =>
      expect.poll(async () => [seen, await countHeld(client)], { timeout: 20_000 }).toEqual([[0, 0], 0]),
    )
    await looked
    expect((await rowOf(caseId, 'map'))?.sealed).toBeNull()
  })
  expect(await countOf(caseId)).toEqual([1, 0])
})

test('a change of many rows takes a glance away once, and again where it was kept in between', async () => {
  const caseId = await openTestCase(world)
  for (let each = 1; each <= 5; each += 1) await addTestItem(world, caseId, `ABC/${each}`, [])
  await countOf(caseId)
  const before = Number((await rowOf(caseId, 'evidence'))?.revision)
  const touch = 'update unwatched.reading set started_at = now() where case_id = $1'
  const keep = "update unwatched.case_glance set sealed = 'of before' where case_id = $1"
  const afterwards = async (statements: readonly string[]) => {
    await asOwner(world.ownerUrl, async client => {
      for (const statement of ['begin', ...statements, 'commit'])
        await client.query(statement, statement.includes('$1') ? [caseId] : [])
    })
    const row = await rowOf(caseId, 'evidence')
    return [Number(row?.revision) - before, row?.sealed]
  }
  expect(await afterwards([touch, touch])).toEqual([1, null])
  expect(await afterwards([touch, 'set constraints all immediate', touch])).toEqual([2, null])
  expect(await afterwards([touch, 'set constraints all immediate', keep, touch])).toEqual([4, null])
  const undone = ['savepoint here', touch, 'set constraints all immediate', 'rollback to savepoint here']
  expect(await afterwards([keep, ...undone, touch])).toEqual([5, null])
})

test('two people who change several parts of one case in opposite orders both come to the end', async () => {
  const caseId = await openTestCase(world)
  await look(caseId)
  const by = world.people['cyber-adviser']
  const one = () =>
    changing(caseId, ['chronology', 'map'], async transaction => {
      await makeIncident(transaction, caseId, crypto.randomUUID(), incident)
      const enter = { kind: 'enter', days: [leakDay] } satisfies LeakChange
      return changeLeaks(world.clinic, transaction, by, caseId, enter, null)
    })
  const other = () =>
    changing(caseId, ['chronology', 'map'], async transaction => {
      const words = { kind: 'words', words: 'They know where I was' } as const
      const changed = await changeInventory(world.clinic, transaction, by, caseId, words, null)
      await choose(transaction, caseId)
      return changed
    })
  // One glance is let go after the other, when both are about to take theirs away: each then has one, and asks for the next.
  const holding = (
    part: GlancePart,
    work: (letGo: () => Promise<unknown>, client: pg.Client) => Promise<void>,
  ) =>
    asOwner(world.ownerUrl, async client => {
      await client.query('begin')
      const glance = 'select 1 from unwatched.case_glance where case_id = $1 and part = $2 for update'
      await client.query(glance, [caseId, part])
      await work(() => client.query('rollback'), client)
    })
  await holding('chronology', letGoOfFirst =>
    holding('map', async (letGoOfSecond, client) => {
      const both = Promise.allSettled([one(), other()])
      const bothWait = () => expect.poll(() => countHeld(client), { timeout: 20_000 }).toBe(2)
      await bothWait()
      await letGoOfFirst()
      await bothWait()
      await letGoOfSecond()
      expect(await both).toEqual([
        { status: 'fulfilled', value: { allowed: true, revision: 1 } },
        { status: 'fulfilled', value: { allowed: true, revision: 1, added: [] } },
      ])
    }),
  )
  expect(await countOf(caseId)).toEqual([1, 0])
})

test('somebody who changed a part and then waits for the custody log holds up nobody who has that log', async () => {
  const caseId = await openTestCase(world)
  await look(caseId)
  const line = [{ act: 'original-opened', item: null } as const]
  let first: Promise<unknown> = Promise.resolve()
  const second = changing(caseId, ['chronology', 'evidence'], async transaction => {
    await appendCustody(world.clinic, transaction, caseId, line)
    first = changing(caseId, ['chronology', 'evidence'], async waiting => {
      await makeIncident(waiting, caseId, crypto.randomUUID(), incident)
      await appendCustody(world.clinic, waiting, caseId, line)
      return 'first'
    })
    first.catch(() => {})
    await asOwner(world.ownerUrl, client => expect.poll(() => countHeld(client), { timeout: 20_000 }).toBe(1))
    await choose(transaction, caseId)
    return 'second'
  })
  expect(await second).toBe('second')
  expect(await first).toBe('first')
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
