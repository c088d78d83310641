import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinWith } from '../../../test/support/joining.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import type { LinkRequestId, PersonId } from '../../foundation/ids.ts'
import type { Actor } from '../../platform/database.ts'
import type { LinkRequest } from '../link-request.ts'
import { type Role, roles } from '../role.ts'
import { askForNewLink, askForPerson, askForReturn } from './ask-for-link.ts'
import { approveLink, refuseLink } from './decide-link-request.ts'
import { inviteAtMachine } from './invite-at-machine.ts'
import { inviteFirstPeople, renewFirstLinks } from './invite-first-people.ts'
import { invitePerson } from './invite-person.ts'
import { listLinkRequests } from './list-link-requests.ts'
import { suspendPerson } from './suspend-person.ts'
import { withdrawLinkRequest } from './withdraw-link-request.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const refused = /permission denied|row-level security|unwatched:|check constraint/
const as = (actor: Actor, query: ReturnType<typeof sql>) =>
  world.clinic.database.transaction(actor, async transaction => {
    const { rows, numAffectedRows } = await query.execute(transaction.tables())
    return { rows, changed: Number(numAffectedRows ?? 0) }
  })
const token = (letter: string): string => letter.repeat(43)
const once = (): string => crypto.randomUUID()
const code = ['abandon', 'ability', 'able', 'about']
const joins = (letter: string) => joinWith(world, { token: token(letter), code })

async function ask(signInName: string, role: Role = 'coordinator'): Promise<LinkRequest> {
  const person = { name: 'Second Account', signInName, role, agencyId: world.agencies.lead }
  const asked = await world.clinic.database.transaction(world.as('administrator'), each =>
    askForPerson(world.clinic, each, person, code),
  )
  expect(asked).toEqual({ allowed: true })
  return findRequest(signInName)
}

async function findRequest(signInName: string): Promise<LinkRequest> {
  const all = await world.clinic.database.transaction(world.as('coordinator'), listLinkRequests)
  const found = all.find(request => request.signInName === signInName && request.state === 'asked')
  if (!found) throw new Error('nothing was asked')
  return found
}

const approve = (actor: Extract<Actor, { kind: 'person' }>, requestId: LinkRequestId, letter = 'A') =>
  world.clinic.database.transaction(actor, transaction =>
    approveLink(transaction, requestId, actor.personId, { token: token(letter), formToken: once() }),
  )

test('S12 somebody joins by an administrator’s asking and a coordinator’s approval', async () => {
  const request = await ask('by-two')
  const people = await asOwner(world.ownerUrl, client =>
    client.query("select 1 from unwatched.person where sign_in_name = 'by-two'"),
  )
  expect(people.rowCount).toBe(0)
  expect(await approve(world.as('coordinator'), request.requestId, 'B')).toEqual({ allowed: true })
  expect(await approve(world.as('coordinator'), request.requestId, 'C')).toMatchObject({
    because: 'already-decided',
  })
  expect(await joins('C')).toMatchObject({ because: 'unknown' })
  expect(await joins('B')).toMatchObject({ kind: 'joined' })
})

test('S12 when two coordinators decide at once one is first, and the other hears so', async () => {
  const other = await world.addPerson('coordinator', 'lead', 'Other Coordinator')
  const actor = { kind: 'person', clinicId: world.clinic.clinicId, personId: other } as const
  const request = await ask('at-once')
  const both = await Promise.all([
    approve(world.as('coordinator'), request.requestId, 'D'),
    world.clinic.database.transaction(actor, each => refuseLink(each, request.requestId, other, 'Not now')),
  ])
  expect(both.filter(answer => answer.allowed)).toHaveLength(1)
  expect(both.find(answer => !answer.allowed)).toMatchObject({ because: 'already-decided' })
  const own = await world.clinic.database.transaction(world.as('administrator'), each =>
    askForNewLink(world.clinic, each, other, code),
  )
  expect(own).toEqual({ allowed: true })
  const ofOther = await findRequest(`coordinator.${other}`)
  expect(await approve(actor, ofOther.requestId)).toMatchObject({ because: 'own-link' })
  await world.clinic.database.transaction(world.as('administrator'), each => suspendPerson(each, other))
  expect(await approve(world.as('coordinator'), ofOther.requestId)).toMatchObject({
    because: 'already-decided',
  })
})

test('what was asked for and taken back is not approved, and nobody else may take it back', async () => {
  const request = await ask('taken-back')
  const withdraw = (role: Role) =>
    world.clinic.database.transaction(world.as(role), each => withdrawLinkRequest(each, request.requestId))
  await expect(withdraw('coordinator')).rejects.toThrow(refused)
  expect(await withdraw('cyber-adviser')).toBe(false)
  expect(await withdraw('administrator')).toBe(true)
  expect(await approve(world.as('coordinator'), request.requestId)).toMatchObject({
    because: 'already-decided',
  })
})

/** Somebody who joined once and was stopped since. */
async function stopped(role: Role): Promise<PersonId> {
  const personId = await world.addPerson(role, 'lead', 'Stopped Person')
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.credential (clinic_id, person_id, password_hash, enrolled_at) values ($1, $2, 'x', $3)`,
      [world.clinic.clinicId, personId, world.clock.now()],
    ),
  )
  await world.clinic.database.transaction(world.as('administrator'), each =>
    suspendPerson(each, personId, 'left'),
  )
  return personId
}
const askReturn = (personId: PersonId, because = 'It is over') =>
  world.clinic.database.transaction(world.as('administrator'), each => askForReturn(each, personId, because))
const stateOf = (personId: PersonId): Promise<string | undefined> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ state: string }>(
      'select state from unwatched.person where person_id = $1',
      [personId],
    )
    return rows[0]?.state
  })
const returnOf = async (personId: PersonId): Promise<LinkRequest> => {
  const all = await world.clinic.database.transaction(world.as('coordinator'), listLinkRequests)
  const found = all.find(each => each.personId === personId && each.state === 'asked')
  if (!found) throw new Error('nothing was asked')
  return found
}

test('S12 somebody who was stopped comes back by two people, whatever their role, and both are named', async () => {
  for (const role of ['idva', 'coordinator', 'manager', 'administrator'] as const) {
    const personId = await stopped(role)
    expect(await askReturn(personId)).toEqual({ allowed: true })
    expect(await askReturn(personId), 'asking twice asks once').toEqual({ allowed: true })
    expect(await stateOf(personId), 'asking lets nobody in').toBe('suspended')
    const request = await returnOf(personId)
    expect(request).toMatchObject({ kind: 'return', askedBecause: 'It is over', role })
    expect(await approve(world.as('coordinator'), request.requestId)).toEqual({ allowed: true })
    expect(await stateOf(personId)).toBe('active')
    const all = await world.clinic.database.transaction(world.as('coordinator'), listLinkRequests)
    expect(all.find(each => each.requestId === request.requestId)).toMatchObject({
      state: 'approved',
      askedByName: 'Test administrator',
      decidedByName: 'Test coordinator',
    })
  }
})

test('nobody asks for themselves or for somebody at work, and who never joined needs a link', async () => {
  expect(await askReturn(world.people.administrator)).toMatchObject({ because: 'self' })
  expect(await askReturn(world.people.idva)).toMatchObject({ because: 'not-suspended' })
  const never = await world.addPerson('idva', 'lead', 'Never Joined')
  await world.clinic.database.transaction(world.as('administrator'), each =>
    suspendPerson(each, never, 'left'),
  )
  await askReturn(never)
  expect(await approve(world.as('coordinator'), (await returnOf(never)).requestId)).toMatchObject({
    because: 'never-joined',
  })
  expect(await stateOf(never)).toBe('suspended')
})

test('a manager who was stopped gets no new link by an administrator alone', async () => {
  const personId = await stopped('manager')
  expect(
    await world.clinic.database.transaction(world.as('administrator'), each =>
      askForNewLink(world.clinic, each, personId, code),
    ),
  ).toEqual({
    allowed: true,
  })
  expect(await approve(world.as('coordinator'), (await returnOf(personId)).requestId, 'R')).toEqual({
    allowed: true,
  })
  expect(await stateOf(personId)).toBe('invited')
})

// From here each test is a fault in the program: SQL that no operation of ours sends, as an actor who is real.

test('S12 an administrator cannot add anybody, whatever their role and whichever colleague would approve it', async () => {
  for (const role of roles) {
    const attempt = world.clinic.database.transaction(world.as('administrator'), transaction =>
      invitePerson(world.clinic, transaction, {
        name: 'Sneaky',
        signInName: `alone-${role}`,
        role,
        agencyId: world.agencies.lead,
      }),
    )
    await expect(attempt, role).rejects.toThrow(refused)
  }
})

test('S12 an administrator cannot make a link for anybody, nor invite them again', async () => {
  const { clinicId } = world.clinic
  const actor = world.as('administrator')
  for (const role of roles.filter(each => each !== 'administrator')) {
    await expect(
      as(
        actor,
        sql`insert into unwatched.invitation values (${clinicId}, ${'e'.repeat(64)}, ${world.people[role]}, 'enrol',
          now(), now() + interval '1 day')`,
      ),
      role,
    ).rejects.toThrow(refused)
    await expect(
      as(actor, sql`update unwatched.person set state = 'invited' where person_id = ${world.people[role]}`),
      role,
    ).rejects.toThrow(refused)
  }
})

test('S12 an administrator cannot write another person’s approval, and an approval bears one link', async () => {
  const { clinicId } = world.clinic
  const request = await ask('forged')
  const { coordinator } = world.people
  const now = world.clinic.clock.now()
  await expect(
    as(
      world.as('administrator'),
      sql`update unwatched.link_request set state = 'approved', decided_by = ${coordinator}, decided_at = ${now}
        where request_id = ${request.requestId}`,
    ),
  ).rejects.toThrow(refused)
  await expect(
    as(
      world.as('administrator'),
      sql`insert into unwatched.link_request (clinic_id, request_id, person_id, kind, state, asked_by, asked_at,
          decided_by, decided_at)
        values (${clinicId}, gen_random_uuid(), ${world.people.idva}, 'new-link', 'approved',
          ${world.people.administrator}, ${now}, ${coordinator}, ${now})`,
    ),
  ).rejects.toThrow(refused)
  await expect(
    as(world.as('administrator'), sql`update unwatched.link_request set role = 'idva'`),
  ).rejects.toThrow(refused)
  expect(await approve(world.as('coordinator'), request.requestId, 'F')).toEqual({ allowed: true })
  for (const role of ['administrator', 'coordinator'] as const) {
    await expect(
      as(
        world.as(role),
        sql`insert into unwatched.invitation values (${clinicId}, ${'f'.repeat(64)}, ${request.personId}, 'enrol',
          now(), now() + interval '1 day', null, ${request.requestId})`,
      ),
    ).rejects.toThrow(refused)
  }
})

test('S12 a coordinator cannot add, or make a link for, anybody nobody asked for, nor ask alone', async () => {
  const { clinicId } = world.clinic
  const actor = world.as('coordinator')
  const alone: readonly ReturnType<typeof sql>[] = [
    sql`insert into unwatched.person (clinic_id, person_id, agency_id, role, name, sign_in_name, state, joined_at)
      values (${clinicId}, gen_random_uuid(), ${world.agencies.lead}, 'coordinator', 'A B', 'a.b', 'invited', now())`,
    sql`insert into unwatched.invitation values (${clinicId}, ${'d'.repeat(64)}, ${world.people.idva}, 'enrol', now(),
      now() + interval '1 day')`,
    sql`insert into unwatched.link_request (clinic_id, request_id, person_id, kind, state, asked_by, asked_at)
      values (${clinicId}, gen_random_uuid(), ${world.people.idva}, 'new-link', 'asked', ${actor.personId},
        ${world.clinic.clock.now()})`,
    sql`update unwatched.person set state = 'suspended' where person_id = ${world.people.idva}`,
  ]
  for (const query of alone) await expect(as(actor, query)).rejects.toThrow(refused)
})

test('S12 nobody lets somebody in again alone: not the administrator who asks, not a coordinator nobody asked', async () => {
  const personId = await stopped('manager')
  const states = ['active', 'invited'] as const
  for (const state of states)
    for (const role of ['administrator', 'coordinator'] as const)
      await expect(
        as(
          world.as(role),
          sql`update unwatched.person set state = ${state} where person_id = ${personId}`,
        ).then(done => (done.changed === 0 ? Promise.reject(new Error('row-level security')) : done)),
        `${role} makes them ${state}`,
      ).rejects.toThrow(refused)
  await expect(
    as(
      world.task('sign-in'),
      sql`update unwatched.person set state = 'active' where person_id = ${personId}`,
    ),
  ).rejects.toThrow(refused)
  await askReturn(personId)
  const { requestId } = await returnOf(personId)
  // The administrator approves what they asked for.
  await expect(
    as(
      world.as('administrator'),
      sql`update unwatched.link_request set state = 'approved', decided_by = ${world.people.administrator},
        decided_at = ${world.clinic.clock.now()} where request_id = ${requestId}`,
    ),
  ).rejects.toThrow(refused)
  // An approval of another day lets nobody in: it must be of this very transaction.
  await approve(world.as('coordinator'), requestId)
  await world.clinic.database.transaction(world.as('administrator'), each =>
    suspendPerson(each, personId, 'left'),
  )
  await expect(
    as(
      world.as('coordinator'),
      sql`update unwatched.person set state = 'active' where person_id = ${personId}`,
    ),
  ).rejects.toThrow(refused)
  // A return without a reason, or for somebody at work, is not even asked for.
  const ask2 = (who: PersonId, why: string) =>
    as(
      world.as('administrator'),
      sql`insert into unwatched.link_request (clinic_id, request_id, person_id, kind, state, asked_by, asked_at,
        asked_because) values (${world.clinic.clinicId}, gen_random_uuid(), ${who}, 'return', 'asked',
        ${world.people.administrator}, ${world.clinic.clock.now()}, ${why})`,
    )
  await expect(ask2(personId, '')).rejects.toThrow(refused)
  await expect(ask2(world.people.idva, 'Because')).rejects.toThrow(refused)
  expect(await stateOf(personId)).toBe('suspended')
})

test('S12 the sign-in makes nobody active who used no link, and makes no link to join', async () => {
  const { clinicId } = world.clinic
  const signIn = world.task('sign-in')
  await expect(
    as(signIn, sql`update unwatched.person set state = 'active' where person_id = ${world.people.idva}`),
  ).rejects.toThrow(refused)
  await expect(
    as(
      signIn,
      sql`insert into unwatched.invitation values (${clinicId}, ${'b'.repeat(64)}, ${world.people.idva}, 'enrol',
        now(), now() + interval '1 day')`,
    ),
  ).rejects.toThrow(refused)
})

test('the machine’s command line makes a coordinator only while none is at work, and says so', async () => {
  const invite = (signInName: string) =>
    world.clinic.database.transaction(world.task('setup'), transaction =>
      inviteAtMachine(world.clinic, transaction, {
        name: 'Late Coordinator',
        signInName,
        agencyId: world.agencies.lead,
      }),
    )
  expect(await invite('late')).toMatchObject({ because: 'somebody-at-work' })
  const active = await asOwner(world.ownerUrl, client =>
    client.query<{ person_id: PersonId }>(
      "select person_id from unwatched.person where role = 'coordinator' and state = 'active'",
    ),
  )
  for (const { person_id } of active.rows) {
    await world.clinic.database.transaction(world.as('administrator'), each => suspendPerson(each, person_id))
  }
  expect(await invite('late')).toMatchObject({ allowed: true })
  expect(await invite(`idva.${world.people.idva}`)).toMatchObject({ because: 'sign-in-name-taken' })
  expect(await invite(`coordinator.${world.people.coordinator}`)).toMatchObject({ allowed: true })
  const acts = await asOwner(world.ownerUrl, client =>
    client.query("select task from unwatched.act where verb = 'coordinator-invited-at-machine'"),
  )
  expect(acts.rows).toEqual([{ task: 'setup' }, { task: 'setup' }])
})

test('the machine’s command line makes an administrator only where no other could ask, and then of the same name', async () => {
  const invite = (signInName: string) =>
    world.clinic.database.transaction(world.task('setup'), transaction =>
      inviteAtMachine(
        world.clinic,
        transaction,
        { name: 'Only Administrator', signInName, agencyId: world.agencies.lead },
        'administrator',
      ),
    )
  const own = `administrator.${world.people.administrator}`
  expect(await invite('second.admin')).toMatchObject({ because: 'somebody-at-work' })
  expect(await invite(`idva.${world.people.idva}`)).toMatchObject({ because: 'somebody-at-work' })
  const other = await world.addPerson('administrator', 'lead', 'Other Administrator')
  expect(await invite(own)).toMatchObject({ because: 'somebody-at-work' })
  const others = await asOwner(world.ownerUrl, client =>
    client.query<{ person_id: PersonId }>(
      "select person_id from unwatched.person where role = 'administrator' and state = 'active' and person_id <> $1",
      [world.people.administrator],
    ),
  )
  expect(others.rows.map(row => row.person_id)).toContain(other)
  for (const { person_id } of others.rows)
    await world.clinic.database.transaction(world.as('administrator'), each => suspendPerson(each, person_id))
  expect(await invite(own)).toMatchObject({ allowed: true })
  expect(await invite(own)).toMatchObject({ allowed: true })
  expect(await stateOf(world.people.administrator)).toBe('invited')
})

test('a clinic begins with two people and two links, which can be made again until somebody of the role has joined', async () => {
  const fresh = await openTestClinic()
  try {
    await asOwner(fresh.ownerUrl, client =>
      client.query(
        "update unwatched.person set role = 'manager' where role in ('administrator', 'coordinator')",
      ),
    )
    const asSetup = <Answer>(work: Parameters<typeof fresh.clinic.database.transaction<Answer>>[1]) =>
      fresh.clinic.database.transaction(fresh.task('setup'), work)
    const first = {
      administrator: { name: 'Ada Test', signInName: 'ada.test' },
      coordinator: { name: 'Bea Test', signInName: 'bea.test' },
    }
    const made = await asSetup(each => inviteFirstPeople(fresh.clinic, each, first, fresh.agencies.lead))
    const again = await asSetup(each => renewFirstLinks(fresh.clinic, each))
    expect(made.map(link => link.role)).toEqual(['administrator', 'coordinator'])
    expect(again.map(link => link.role)).toEqual(['administrator', 'coordinator'])
    expect(new Set([...made, ...again].map(link => link.token)).size).toBe(4)
    const [, early] = made
    const [, late] = again
    if (!early || !late) throw new Error('a link is missing')
    expect(await joinWith(fresh, early)).toMatchObject({ because: 'expired' })
    expect(await joinWith(fresh, late)).toMatchObject({ kind: 'joined' })
    expect((await asSetup(each => renewFirstLinks(fresh.clinic, each))).map(link => link.role)).toEqual([
      'administrator',
    ])
  } finally {
    await fresh.close()
  }
})
