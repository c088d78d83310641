import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { mayAccess } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { caseParts } from '../../foundation/case-part.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Role } from '../role.ts'
import { decideSession, sessionCookie } from '../session.ts'
import { enterAsStaff, type StaffEntry } from './enter-as-staff.ts'
import { startSession } from './start-session.ts'

const start = '2026-03-02T10:00:00Z'
let world: TestClinic
let caseId: CaseId
const tokens = new Map<Role, string>()

beforeAll(async () => {
  world = await openTestClinic(start)
  for (const role of ['coordinator', 'idva', 'cyber-adviser', 'police-liaison', 'manager'] as const)
    tokens.set(
      role,
      await world.clinic.database.transaction(world.task('sign-in'), transaction =>
        startSession(transaction, world.people[role]),
      ),
    )
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.moveTo(start)
  caseId = await openTestCase(world, { agencies: ['lead', 'police'] })
})

const cookiesOf = (role: Role) => ({ cookies: new Map([[sessionCookie, tokens.get(role) ?? '']]) })

/** Comes in to the evidence of a case, as a page that reads it does. */
const comeIn = (role: Role, to: CaseId = caseId): Promise<StaffEntry | null> =>
  enterAsStaff(cookiesOf(role), world.clinic, { caseId: to, part: 'evidence', mode: 'read' }, true)

const readKey = async (transaction: Transaction): Promise<number> => {
  const found = await sql`select case_id from unwatched.file_key where case_id = ${caseId}`.execute(
    transaction.tables(),
  )
  return found.rows.length
}

async function actsOf(which: CaseId): Promise<readonly string[]> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ line: string }>(
      `select p.role || ' ' || a.verb || ' ' || coalesce(a.part, '-') || ' ' || (a.agency_id = p.agency_id) as line
       from unwatched.act a join unwatched.person p using (person_id) where a.case_id = $1 order by a.act_id`,
      [which],
    ),
  )
  return found.rows.map(row => row.line)
}

test('a session lets in, and is marked, exactly while the rule of sessions says so', async () => {
  const minutes = fc.double({ min: -1, max: 800, noNaN: true })
  const near = fc.constantFrom(0.999, 1, 1.001, 29.999, 30, 30.001, 719.999, 720, 720.001)
  await fc.assert(
    fc.asyncProperty(fc.oneof(minutes, near), fc.oneof(minutes, near), async (seen, later) => {
      world.clock.moveTo(start)
      const seenAt = new Date(new Date(start).getTime() + Math.round(seen * 60_000))
      const now = new Date(seenAt.getTime() + Math.round(later * 60_000))
      const expiresAt = new Date('2026-03-02T22:00:00Z')
      await asOwner(world.ownerUrl, client =>
        client.query('update unwatched.session set last_seen_at = $1, expires_at = $2 where person_id = $3', [
          seenAt,
          expiresAt,
          world.people.manager,
        ]),
      )
      world.clock.moveTo(now.toISOString())
      const decision = decideSession({ lastSeenAt: seenAt, expiresAt }, now)
      const entry = await enterAsStaff(cookiesOf('manager'), world.clinic, null, false)
      expect(entry !== null).toBe(decision.allowed)
      const kept = await asOwner(world.ownerUrl, client =>
        client.query<{ last_seen_at: Date }>(
          'select last_seen_at from unwatched.session where person_id = $1',
          [world.people.manager],
        ),
      )
      const isMarked = decision.allowed && decision.isDueForMark
      expect(kept.rows[0]?.last_seen_at).toEqual(isMarked ? now : seenAt)
    }),
    { numRuns: 60 },
  )
})

test('S5 what is seen at entry is what the database says of each part, and nothing is said of a case that is not theirs', async () => {
  for (const role of ['coordinator', 'idva', 'police-liaison', 'cyber-adviser'] as const) {
    const entry = await enterAsStaff(
      cookiesOf(role),
      world.clinic,
      { caseId, part: 'overview', mode: 'read' },
      false,
    )
    await world.clinic.database.transaction(world.as(role), async transaction => {
      for (const part of caseParts)
        for (const mode of ['read', 'write'] as const)
          expect(entry?.sees?.(part, mode) ?? false, `${role} ${part} ${mode}`).toBe(
            await mayAccess(transaction, { caseId, part, mode }),
          )
    })
  }
  expect(await actsOf(caseId)).toEqual(['cyber-adviser case-refused overview true'])
  for (const which of [caseId, makeId<CaseId>(world.clock.now())]) {
    const refused = await comeIn('cyber-adviser', which)
    expect([refused?.sees, refused?.opened]).toEqual([null, null])
    expect((await actsOf(which)).at(-1)).toBe('cyber-adviser case-refused evidence true')
  }
})

test('S5 a visit that opened a case and did nothing with it leaves no act, and one that worked on it leaves one', async () => {
  const idle = await comeIn('coordinator')
  await idle?.opened?.rollBack()
  expect(await actsOf(caseId)).toEqual([])
  const entry = await comeIn('coordinator')
  expect(await entry?.opened?.end(readKey)).toBe(1)
  expect(await actsOf(caseId)).toEqual(['coordinator case-opened evidence true'])
})

test('S5 what a page shows beside is opened with it as far as it is in sight, each part with an act that says so', async () => {
  const visit = async (role: Role) => {
    const entry = await enterAsStaff(
      cookiesOf(role),
      world.clinic,
      { caseId, part: 'overview', mode: 'read' },
      true,
      ['overview', 'trail', 'evidence', 'chronology'],
    )
    return entry?.opened?.end(async transaction => {
      const opened = await sql<{ part: string }>`select part from unnest(${[...caseParts]}::text[]) part,
        unwatched.opened_cases(part, 'read') c where c = ${caseId}`.execute(transaction.tables())
      const said = await Promise.all(
        caseParts.map(async part =>
          (await openPartInSight(transaction, { caseId, part, mode: 'read' })) ? [part] : [],
        ),
      )
      const sees = caseParts.filter(part => entry.sees?.(part, 'read'))
      expect(said.flat()).toEqual(sees)
      return opened.rows.map(row => row.part)
    })
  }
  expect(await visit('idva')).toEqual(['overview', 'evidence', 'chronology'])
  expect(await visit('police-liaison')).toEqual(['overview', 'chronology'])
  const kinds = await asOwner(world.ownerUrl, client =>
    client.query<{ line: string }>(
      `select p.role || ' ' || a.part || coalesce(' ' || (a.detail ->> 'beside'), '') as line
       from unwatched.act a join unwatched.person p using (person_id) where a.case_id = $1 order by a.act_id`,
      [caseId],
    ),
  )
  const lines = kinds.rows.map(row => row.line)
  expect(lines.slice(0, 3)).toEqual(['idva overview', 'idva evidence true', 'idva chronology true'])
  expect(lines).toContain('police-liaison chronology true')
  expect(lines).not.toContain('police-liaison evidence true')
})

test('S5 a consent that is withdrawn during a page takes effect at the next', async () => {
  const entry = await comeIn('idva')
  const during = await entry?.opened?.end(async transaction => {
    const before = await readKey(transaction)
    await asOwner(world.ownerUrl, client =>
      client.query(
        'update unwatched.consent set withdrawn_at = $1, withdrawn_by = recorded_by where case_id = $2',
        [world.clock.now(), caseId],
      ),
    )
    return [before, await readKey(transaction)]
  })
  expect(during).toEqual([1, 1])
  const next = await comeIn('idva')
  expect([next?.sees, next?.opened]).toEqual([null, null])
  expect(await actsOf(caseId)).toEqual(['idva case-opened evidence true', 'idva case-refused evidence true'])
})

test('S7 a fault in the middle of what was sent at once leaves nothing half done, the access neither', async () => {
  const bad = { message: expect.stringMatching(/division by zero|aborted/) }
  const act = { verb: 'duress-notes-read', caseId, part: 'diary' } as const
  const send = (transaction: Transaction) =>
    Promise.all([
      recordAct(transaction, act),
      sql`select 1 / 0`.execute(transaction.tables()),
      recordAct(transaction, act),
    ])
  const entry = await comeIn('coordinator')
  await expect(entry?.opened?.end(send)).rejects.toMatchObject(bad)
  await expect(world.clinic.database.transaction(world.as('coordinator'), send)).rejects.toMatchObject(bad)
  expect(await actsOf(caseId)).toEqual([])
  // The connections serve the next as if nothing had been.
  const after = await Promise.all([comeIn('coordinator'), comeIn('idva')])
  for (const each of after) expect(await each?.opened?.end(readKey)).toBe(1)
})

test('S7 what one branch of a work still sends when another has failed is refused, and kept nowhere', async () => {
  const act = { verb: 'duress-notes-read', caseId, part: 'diary' } as const
  const late: Promise<'kept' | 'refused'>[] = []
  // The rollback goes out while the first statement is still at work, and the act comes right behind both.
  const send = async (transaction: Transaction): Promise<void> => {
    const asked = sql`select pg_sleep(0.02)`.execute(transaction.tables())
    late.push(
      asked
        .then(() => recordAct(transaction, act))
        .then(
          () => 'kept',
          () => 'refused',
        ),
    )
    throw new Error('the program failed')
  }
  for (let round = 0; round < 20; round += 1) {
    const entry = await comeIn('coordinator')
    await expect(entry?.opened?.end(send)).rejects.toThrow('the program failed')
    await expect(world.clinic.database.transaction(world.as('idva'), send)).rejects.toThrow(
      'the program failed',
    )
  }
  expect(new Set(await Promise.all(late))).toEqual(new Set(['refused']))
  expect(await actsOf(caseId)).toEqual([])
})

test('S5 nobody who may send SQL as the program says of themselves that they opened a case', async () => {
  const { database } = world.clinic
  const lie = async (transaction: Transaction, statement: ReturnType<typeof sql>) => {
    await statement.execute(transaction.tables())
    return readKey(transaction)
  }
  const settings = ['opened', 'opened_cases', 'sees', 'xid', 'part', 'case', 'entered']
  const seen = await database.transaction(world.as('cyber-adviser'), async transaction => {
    for (const name of settings)
      await sql`select set_config(${`unwatched.${name}`}, ${caseId}, true)`.execute(transaction.tables())
    return readKey(transaction)
  })
  expect(seen).toBe(0)
  const forged = sql`insert into unwatched.act (clinic_id, at, person_id, agency_id, verb, case_id, part, detail)
    values (unwatched.clinic_now(), unwatched.time_now(), unwatched.person_now(), unwatched.agency_now(), 'case-opened',
            ${caseId}, 'evidence', '{"mode": "write"}')`
  await expect(
    database.transaction(world.as('cyber-adviser'), transaction => lie(transaction, forged)),
  ).rejects.toMatchObject({ code: '42501' })
  // Somebody else's opening in the same transaction is theirs alone, and so is that of another transaction.
  const entry = await comeIn('coordinator')
  const become = sql`select set_config('unwatched.person', ${world.people['cyber-adviser']}, true)`
  expect(await entry?.opened?.end(transaction => lie(transaction, become))).toBe(0)
  expect(await database.transaction(world.as('coordinator'), readKey)).toBe(0)
})

test('a page of no case that reads at entry works as who came in, in the transaction that is kept or rolled back with it', async () => {
  const read = (role: Role) => enterAsStaff(cookiesOf(role), world.clinic, null, true)
  const act = { verb: 'figures-read' } as const
  const many = async () => {
    const found = await asOwner(world.ownerUrl, client =>
      client.query<{ who: string }>(
        `select p.role as who from unwatched.act a join unwatched.person p using (person_id) where a.verb = 'figures-read'`,
      ),
    )
    return found.rows.map(row => row.who)
  }
  const idle = await read('manager')
  await idle?.opened?.rollBack()
  const broken = await read('manager')
  await expect(
    broken?.opened?.end(async transaction => {
      await recordAct(transaction, act)
      throw new Error('the work broke off')
    }),
  ).rejects.toThrow('the work broke off')
  expect(await many()).toEqual([])
  const entry = await read('manager')
  expect(entry?.sees).toBeNull()
  await entry?.opened?.end(async transaction => {
    expect(transaction.atEntry?.opened).toBeNull()
    await recordAct(transaction, act)
    // It opened no case.
    expect(await readKey(transaction)).toBe(0)
  })
  expect(await many()).toEqual(['manager'])
})

test('nobody is let in by no token, one of the wrong shape, one that nobody has, or that of somebody who was stopped', async () => {
  const access = { caseId, part: 'evidence', mode: 'read' } as const
  const come = (token: string | null) =>
    enterAsStaff(
      { cookies: new Map(token === null ? [] : [[sessionCookie, token]]) },
      world.clinic,
      access,
      true,
    )
  for (const token of [null, '', "' or true --", 'A'.repeat(43)]) expect(await come(token)).toBeNull()
  const stop = (state: string) =>
    asOwner(world.ownerUrl, client =>
      client.query('update unwatched.person set state = $1 where person_id = $2', [
        state,
        world.people['police-liaison'],
      ]),
    )
  await stop('suspended')
  expect(await come(tokens.get('police-liaison') ?? '')).toBeNull()
  expect(await actsOf(caseId)).toEqual([])
})
