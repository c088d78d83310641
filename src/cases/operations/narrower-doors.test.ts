import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { accessCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import { roles } from '../../identity/role.ts'
import type { Actor, Transaction } from '../../platform/database.ts'

// Each test is a fault in the program: SQL that no operation of ours sends, as an actor who is real.
let world: TestClinic
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  caseId = await openTestCase(world)
})
afterAll(() => world.close())

const run = (transaction: Transaction, query: ReturnType<typeof sql>) => query.execute(transaction.tables())
const as = (actor: Actor, query: ReturnType<typeof sql>, part?: 'consent' | 'bundle') =>
  world.clinic.database.transaction(actor, async transaction => {
    if (part) await accessCase(transaction, { caseId, part, mode: 'write' })
    const { rows, numAffectedRows } = await run(transaction, query)
    return { rows, changed: Number(numAffectedRows ?? 0) }
  })
const refused = /permission denied|row-level security|unwatched:/

test('an administrator cannot make themselves, or anybody, a person of another role or agency', async () => {
  const { administrator, coordinator } = world.people
  const actor = world.as('administrator')
  await expect(
    as(actor, sql`update unwatched.person set role = 'coordinator' where person_id = ${administrator}`),
  ).rejects.toThrow(refused)
  await expect(
    as(actor, sql`update unwatched.person set agency_id = ${world.agencies.police}`),
  ).rejects.toThrow(refused)
  await expect(
    as(actor, sql`update unwatched.person set state = 'active' where person_id = ${coordinator}`),
  ).rejects.toThrow(refused)
})

test('an administrator cannot add somebody who is at work already, or make a link that signs in as another', async () => {
  const { clinicId } = world.clinic
  await expect(
    as(
      world.as('administrator'),
      sql`insert into unwatched.person (clinic_id, person_id, agency_id, role, name, sign_in_name, state, joined_at)
        values (${clinicId}, gen_random_uuid(), ${world.agencies.lead}, 'coordinator', 'A B', 'a.b', 'active', now())`,
    ),
  ).rejects.toThrow(refused)
  await expect(
    as(
      world.as('administrator'),
      sql`insert into unwatched.invitation values (${clinicId}, ${'a'.repeat(64)}, ${world.people.coordinator},
        'demo-sign-in', now(), now() + interval '1 day')`,
    ),
  ).rejects.toThrow(refused)
})

test('an act cannot be dated back, signed for another agency, or pass for a refusal by the database', async () => {
  const { clinicId } = world.clinic
  const { manager } = world.people
  const forge = (at: string, agency: string, verb: string) =>
    as(
      world.as('manager'),
      sql`insert into unwatched.act (clinic_id, at, person_id, agency_id, verb, case_id)
        values (${clinicId}, ${at}, ${manager}, ${agency}, ${verb}, ${caseId})`,
    )
  const now = world.clinic.clock.now().toISOString()
  await expect(forge('2020-01-01T00:00:00Z', world.agencies.lead, 'case-read')).rejects.toThrow(refused)
  await expect(forge(now, world.agencies.police, 'case-read')).rejects.toThrow(refused)
  await expect(forge(now, world.agencies.lead, 'case-refused')).rejects.toThrow(refused)
  await world.clinic.database.transaction(world.as('manager'), transaction =>
    recordAct(transaction, { verb: 'figures-read' }),
  )
})

test('S5 a withdrawn consent does not come back, and no end is put off', async () => {
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.consent set withdrawn_at = $1 where case_id = $2 and agency_id = $3', [
      world.clinic.clock.now(),
      caseId,
      world.agencies.cyber,
    ]),
  )
  const actor = world.as('coordinator')
  const revived = await as(
    actor,
    sql`update unwatched.consent set withdrawn_at = null where agency_id = ${world.agencies.cyber}`,
    'consent',
  )
  expect(revived.changed).toBe(0)
  await expect(
    as(actor, sql`update unwatched.consent set in_force_until = '2099-01-01'`, 'consent'),
  ).rejects.toThrow(refused)
})

test('S12 the person who asked for a bundle cannot write another person’s approval', async () => {
  const { clinicId } = world.clinic
  const advocate = world.people['stalking-advocate']
  const actor = world.as('stalking-advocate')
  await as(
    actor,
    sql`insert into unwatched.bundle (clinic_id, case_id, bundle_id, purpose, state, asked_by, asked_at)
      values (${clinicId}, ${caseId}, gen_random_uuid(), 'client-copy', 'asked', ${advocate}, now())`,
    'bundle',
  )
  const forge = sql`update unwatched.bundle set state = 'building', decided_by = ${world.people.coordinator},
    decided_at = now() where case_id = ${caseId}`
  await expect(as(actor, forge, 'bundle')).rejects.toThrow(refused)
  await expect(
    as(actor, sql`update unwatched.bundle set asked_by = ${world.people.idva}`, 'bundle'),
  ).rejects.toThrow(refused)
  const job = world.task('job-build-bundle')
  await expect(as(job, forge, 'bundle')).rejects.toThrow(refused)
})

test('S5 nobody learns who is a client by asking for the names to compare', async () => {
  const all = (at: string) =>
    sql`select * from unwatched.names_to_compare(${at}, '00000000-0000-0000-0000-000000000000', 100)`
  const waiting = makeId<CaseId>(world.clock.now())
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
         client_name, answers, decision) values ($1, $2, 'T-W', 'waits-here', 'phone', now(), 'client', 'waiting', '', '{}', '{}')`,
      [world.clinic.clinicId, waiting],
    ),
  )
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await as(world.as(role), all(waiting))).rows, role).toEqual([])
  for (const task of ['public-form', 'sign-in', 'setup', 'job-read-item'] as const)
    expect((await as(world.task(task), all(waiting))).rows, task).toEqual([])
  // A coordinator compares for a referral that waits for them, and for nothing else.
  expect((await as(world.as('coordinator'), all(makeId<CaseId>(world.clock.now())))).rows).toEqual([])
  expect((await as(world.as('coordinator'), all(caseId))).rows).toEqual([])
  expect((await as(world.as('coordinator'), all(waiting))).rows.length).toBeGreaterThan(0)
})

test('which files there are cannot be read off their keys', async () => {
  const keys = sql`select case_id from unwatched.file_key`
  for (const role of ['administrator', 'manager', 'call-handler', 'police-liaison'] as const) {
    expect((await as(world.as(role), keys)).rows, role).toEqual([])
  }
  for (const task of ['public-form', 'sign-in', 'setup'] as const) {
    expect((await as(world.task(task), keys)).rows, task).toEqual([])
  }
})

test('S12 nobody writes by themselves that something is shared without consent', async () => {
  const alone = (basis: string, approvedBy: string | null) =>
    as(
      world.as('coordinator'),
      sql`insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at,
          recorded_by, approved_by, in_force_from)
        values (${world.clinic.clinicId}, ${caseId}, gen_random_uuid(), ${world.agencies.cyber}, '{overview}', ${basis},
          'in-writing', now(), ${world.people.coordinator}, ${approvedBy}, now())`,
      'consent',
    )
  await expect(alone('lawful-exception', null)).rejects.toThrow(refused)
  await expect(alone('lawful-exception', world.people.idva)).rejects.toThrow(refused)
  await expect(alone('lawful-exception', world.people.coordinator)).rejects.toThrow(refused)
  await expect(alone('consent', world.people.idva)).rejects.toThrow(refused)
  expect((await alone('consent', null)).changed).toBe(1)
})

test('S5 a bar is put up in an open case only by a coordinator who opened it, and never on themselves', async () => {
  const { clinicId } = world.clinic
  const { coordinator, idva } = world.people
  const bar = (
    actor: Actor,
    whom: string,
    part?: 'consent',
    reason = 'knows him',
    at = world.clinic.clock.now(),
  ) =>
    as(
      actor,
      sql`insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at, made_by)
        values (${clinicId}, ${caseId}, ${whom}, ${reason}, ${at},
          ${actor.kind === 'person' ? actor.personId : null})`,
      part,
    )
  const byCoordinator = world.as('coordinator')
  await expect(bar(byCoordinator, idva)).rejects.toThrow(refused)
  await expect(bar(byCoordinator, coordinator, 'consent')).rejects.toThrow(refused)
  await expect(bar(byCoordinator, idva, 'consent', '')).rejects.toThrow(refused)
  await expect(bar(byCoordinator, idva, 'consent', 'x', new Date('2020-01-01'))).rejects.toThrow(refused)
  await expect(bar(world.as('call-handler'), idva)).rejects.toThrow(refused)
  await expect(bar(world.task('public-form'), idva)).rejects.toThrow(refused)
  expect((await bar(byCoordinator, idva, 'consent')).changed).toBe(1)
  await expect(bar(byCoordinator, idva, 'consent')).rejects.toThrow(/bar_in_force/)
})

test('S5 a bar on oneself is lifted by nobody’s own hand, and no bar is lifted without a reason', async () => {
  const { coordinator } = world.people
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at) values ($1, $2, $3, 'kin', $4)`,
      [world.clinic.clinicId, caseId, world.people['police-liaison'], world.clinic.clock.now()],
    ),
  )
  const byCoordinator = world.as('coordinator')
  const now = world.clinic.clock.now()
  const lift = (
    reason: string,
  ) => sql`update unwatched.bar set lifted_at = ${now}, lifted_by = ${coordinator},
    lift_reason = ${reason} where person_id = ${world.people['police-liaison']}`
  await expect(as(byCoordinator, lift(''), 'consent')).rejects.toThrow(refused)
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at) values ($1, $2, $3, 'kin', $4)`,
      [world.clinic.clinicId, caseId, coordinator, now],
    ),
  )
  const own = await as(
    byCoordinator,
    sql`update unwatched.bar set lifted_at = ${now}, lifted_by = ${coordinator}, lift_reason = 'me'`,
    'consent',
  )
  expect(own.changed).toBe(0)
})

test('S12 what one person asks for without consent, only another approves, and only exactly that comes in', async () => {
  const { clinicId } = world.clinic
  const asked = await openTestCase(world, { agencies: ['lead'] })
  const one = world.as('coordinator')
  const other = { ...one, personId: await world.addPerson('coordinator', 'lead', 'Other Fiction') }
  const idva = world.as('idva')
  const now = world.clinic.clock.now()
  const until = new Date(now.getTime() + 86_400_000)
  const inCase = (actor: Actor, mode: 'read' | 'write', ...queries: readonly ReturnType<typeof sql>[]) =>
    world.clinic.database.transaction(actor, async transaction => {
      await accessCase(transaction, { caseId: asked, part: 'consent', mode })
      let changed = 0
      for (const query of queries) changed = Number((await run(transaction, query)).numAffectedRows ?? 0)
      return changed
    })
  const request = crypto.randomUUID()
  const ask = (by: string, state: string, end: Date, decidedBy: string | null = null) =>
    sql`insert into unwatched.exception_request (clinic_id, case_id, request_id, agency_id, parts, legal_basis, basis_answers, reason,
        is_told, not_told_because, until_time, state, asked_by, asked_at, decided_by, decided_at, note)
      values (${clinicId}, ${asked}, ${request}, ${world.agencies.police}, '{overview}', 'vital-interests', 'sealed:x', 'A threat',
        true, '', ${end}, ${state}, ${by}, ${now}, ${decidedBy}, ${decidedBy ? now : null}, ${decidedBy ? 'x' : ''})`
  const decide = (
    by: string,
  ) => sql`update unwatched.exception_request set state = 'approved', decided_by = ${by},
    decided_at = ${now}, note = 'Yes' where request_id = ${request}`
  const letIn = (recordedBy: string, approvedBy: string, parts: string, end: Date | null) =>
    sql`insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, reason,
        recorded_at, recorded_by, approved_by, in_force_from, in_force_until)
      values (${clinicId}, ${asked}, ${request}, ${world.agencies.police}, ${parts}::text[], 'lawful-exception',
        'vital-interests', 'A threat', ${now}, ${recordedBy}, ${approvedBy}, ${now}, ${end})`

  const month = new Date(now.getTime() + 31 * 86_400_000)
  await expect(inCase(one, 'write', ask(one.personId, 'asked', month))).rejects.toThrow(/check constraint/)
  await expect(inCase(one, 'write', ask(other.personId, 'asked', until))).rejects.toThrow(refused)
  await expect(inCase(one, 'write', ask(one.personId, 'approved', until, other.personId))).rejects.toThrow(
    refused,
  )
  await expect(inCase(idva, 'read', ask(idva.personId, 'asked', until))).rejects.toThrow(refused)
  expect(await inCase(one, 'write', ask(one.personId, 'asked', until))).toBe(1)

  // Nobody approves their own, signs for another, or reaches it by a role that only reads.
  await expect(inCase(one, 'write', decide(one.personId))).rejects.toThrow(refused)
  await expect(inCase(one, 'write', decide(other.personId))).rejects.toThrow(refused)
  expect(await inCase(idva, 'read', decide(idva.personId))).toBe(0)
  await expect(inCase(other, 'write', decide(idva.personId))).rejects.toThrow(refused)
  const exact = letIn(one.personId, other.personId, '{overview}', until)
  await expect(inCase(other, 'write', exact)).rejects.toThrow(refused)
  for (const wrong of [
    letIn(one.personId, other.personId, '{overview,evidence}', until),
    letIn(one.personId, other.personId, '{overview}', null),
    letIn(other.personId, other.personId, '{overview}', until),
    letIn(one.personId, idva.personId, '{overview}', until),
  ]) {
    await expect(inCase(other, 'write', decide(other.personId), wrong)).rejects.toThrow(refused)
  }
  expect(await inCase(other, 'write', decide(other.personId), exact)).toBe(1)
  // What was approved once is approved in that transaction alone.
  await inCase(
    one,
    'write',
    sql`update unwatched.consent set withdrawn_at = ${now}, withdrawn_by = ${one.personId}
    where consent_id = ${request}`,
  )
  expect(await inCase(other, 'write', decide(other.personId))).toBe(0)
})
