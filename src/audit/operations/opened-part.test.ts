import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { growActs } from '../../../test/support/grown-case.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { type CaseMode, type CasePart, caseParts } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { accessCase, type CaseAccess } from './access-case.ts'
import { openPartInSight } from './open-part-in-sight.ts'

let world: TestClinic
let cases: readonly CaseId[]
beforeAll(async () => {
  world = await openTestClinic()
  cases = [await openTestCase(world), await openTestCase(world, { agencies: ['lead', 'police'] })]
})
afterAll(() => world.close())

const modes: readonly CaseMode[] = ['read', 'write']
const access = fc.record({
  which: fc.nat(1),
  part: fc.constantFrom(...caseParts),
  mode: fc.constantFrom(...modes),
  door: fc.constantFrom('asked', 'beside', 'again'),
})

type Door = 'asked' | 'beside' | 'again'

/** Opens in one of the three modes there are. */
const openBy = (door: Door, transaction: Transaction, access: CaseAccess): Promise<boolean> =>
  door === 'beside' ? openPartInSight(transaction, access) : accessCase(transaction, access, door === 'again')

/** What was written of the accesses to a case, the oldest first. */
async function looksOf(caseId: CaseId): Promise<readonly string[]> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ line: string }>(
      `select coalesce(p.role, a.task) || ' ' || a.verb || ' ' || a.part ||
              case when a.detail ? 'beside' then ' beside' when a.detail ? 'again' then ' again' else '' end as line
       from unwatched.act a left join unwatched.person p using (person_id)
       where a.case_id = $1 and a.verb in ('case-opened', 'case-refused') order by a.act_id`,
      [caseId],
    ),
  )
  return found.rows.map(row => row.line)
}

test('S5 whatever is opened in a transaction, exactly the parts that were opened can be read, and written only if so', async () => {
  const actors: readonly Actor[] = [
    world.as('coordinator'),
    world.as('cyber-adviser'),
    world.as('stalking-advocate'),
    world.as('idva'),
    world.as('police-liaison'),
    world.as('manager'),
    world.task('job-read-item'),
    world.task('public-form'),
  ]
  let opened = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...actors), fc.array(access, { maxLength: 5 }), async (actor, looks) => {
      await world.clinic.database.transaction(actor, async transaction => {
        const expected = new Set<string>()
        for (const { which, part, mode, door } of looks) {
          const caseId = cases[which]
          if (!caseId || !(await openBy(door, transaction, { caseId, part, mode }))) continue
          opened += 1
          for (const covered of mode === 'write' ? modes : [mode])
            expected.add(`${caseId} ${part} ${covered}`)
        }
        const found = await sql<{ line: string }>`
          select c || ' ' || part || ' ' || mode as line
          from unnest(${[...caseParts]}::text[]) part, unnest(${[...modes]}::text[]) mode,
               unwatched.opened_cases(part, mode) c`.execute(transaction.tables())
        expect(found.rows.map(row => row.line).sort()).toEqual([...expected].sort())
      })
    }),
    { numRuns: 60 },
  )
  expect(opened).toBeGreaterThan(20)
})

test('S5 a case that was opened for its overview gives up none of its tables', async () => {
  const tables: Readonly<Record<string, string>> = {
    sealed_field: 'contact',
    consent: 'consent',
    referral: 'referral',
    suspect: 'chronology',
  }
  await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    const [caseId] = cases
    if (!caseId) throw new Error('no case')
    const count = async (table: string): Promise<number> => {
      const found = await sql<{ n: number }>`
        select count(*)::int as n from unwatched.${sql.raw(table)} where case_id = ${caseId}`.execute(
        transaction.tables(),
      )
      return found.rows[0]?.n ?? 0
    }
    await accessCase(transaction, { caseId, part: 'overview', mode: 'read' })
    for (const table of Object.keys(tables)) expect(await count(table), table).toBe(0)
    await accessCase(transaction, { caseId, part: 'consent', mode: 'read' })
    expect(await count('consent')).toBe(4)
    expect(await count('referral')).toBe(0)
  })
})

test('what a page shows beside what was asked for is recorded as that, once; what is not theirs is no refused access', async () => {
  const caseId = await openTestCase(world)
  await world.clinic.database.transaction(world.as('police-liaison'), async transaction => {
    const open = (part: CasePart) => openPartInSight(transaction, { caseId, part, mode: 'read' })
    await accessCase(transaction, { caseId, part: 'overview', mode: 'read' })
    expect([await open('evidence'), await open('bundle'), await open('bundle')]).toEqual([false, true, true])
  })
  expect(await looksOf(caseId)).toEqual([
    'police-liaison case-opened overview',
    'police-liaison case-opened bundle beside',
  ])
})

test('nobody hides an access as something shown beside, or as the rest of a visit that never was', async () => {
  const caseId = await openTestCase(world)
  const start = world.clock.now().getTime()
  const as = (role: 'coordinator' | 'idva' | 'police-liaison', door: Door, part: CasePart) =>
    world.clinic.database.transaction(world.as(role), transaction =>
      openBy(door, transaction, { caseId, part, mode: 'read' }),
    )
  // Nothing was asked for before it in that transaction.
  expect(await as('idva', 'beside', 'evidence')).toBe(true)
  // Somebody else asked, or for another part; then the same person did; then that was too long ago.
  expect(await as('coordinator', 'again', 'evidence')).toBe(true)
  expect(await as('coordinator', 'again', 'map')).toBe(true)
  expect(await as('coordinator', 'again', 'map')).toBe(true)
  world.clock.moveTo(new Date(start + 121_000).toISOString())
  expect(await as('coordinator', 'again', 'map')).toBe(true)
  expect(await as('police-liaison', 'again', 'evidence')).toBe(false)
  world.clock.moveTo(new Date(start).toISOString())
  expect(await looksOf(caseId)).toEqual([
    'idva case-opened evidence',
    'coordinator case-opened evidence',
    'coordinator case-opened map',
    'coordinator case-opened map again',
    'coordinator case-opened map',
    'police-liaison case-refused evidence',
  ])
})

test('S5 what one person opened is open to nobody else, and at no other instant, within the same transaction', async () => {
  const [caseId] = cases
  const open = async (transaction: Transaction): Promise<readonly boolean[]> => {
    const found = await sql<{ part: boolean; any: boolean }>`
      select exists (select 1 from unwatched.opened_cases('chronology', 'read')) as part,
             unwatched.has_opened(${caseId}) as any`.execute(transaction.tables())
    return [found.rows[0]?.part ?? false, found.rows[0]?.any ?? false]
  }
  await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    const become = (name: string, value: string) =>
      sql`select set_config(${`unwatched.${name}`}, ${value}, true)`.execute(transaction.tables())
    expect(await open(transaction)).toEqual([false, false])
    await accessCase(transaction, { caseId: caseId as CaseId, part: 'chronology', mode: 'read' })
    expect(await open(transaction)).toEqual([true, true])
    // Both may see the chronology of this case; only one of them opened it.
    await become('person', world.people.idva)
    expect(await open(transaction)).toEqual([false, false])
    await become('person', world.people.coordinator)
    expect(await open(transaction)).toEqual([true, true])
    await become('now', '2026-03-02T10:00:01Z')
    expect(await open(transaction)).toEqual([false, false])
  })
})

test('what a transaction has opened is asked of its own acts, however long the trail of the case is', async () => {
  const caseId = await openTestCase(world)
  await growActs(world, caseId, 2000)
  await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'chronology', mode: 'read' })
    for (const asked of [
      sql`select unwatched.has_opened(${caseId})`,
      sql`select unwatched.opened_cases('chronology', 'read')`,
      sql`select unwatched.opened_parts(${caseId})`,
    ]) {
      // What a connection looks up once for a function is not what it costs.
      expect((await asked.execute(transaction.tables())).rows).toHaveLength(1)
      const explained = sql<{ 'QUERY PLAN': readonly [{ Plan: { 'Shared Hit Blocks': number } }] }>`
        explain (analyze, buffers, format json) ${asked}`
      const [plan] = (await explained.execute(transaction.tables())).rows
      expect(plan?.['QUERY PLAN'][0].Plan['Shared Hit Blocks']).toBeLessThan(60)
    }
  })
})
