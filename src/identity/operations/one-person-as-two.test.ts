import { sql } from 'kysely'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinPassword, joinSecret, joinWith, linkAtMachine } from '../../../test/support/joining.ts'
import {
  asOwner,
  openTestClinic,
  type TestAgency,
  type TestClinic,
} from '../../../test/support/test-clinic.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Actor } from '../../platform/database.ts'
import type { CredentialChange } from '../credential-change.ts'
import { loadChanges } from '../credential-change-store.ts'
import { decideThird, findWait } from '../fresh-credential.ts'
import { type Role, roles } from '../role.ts'
import { makeToken } from '../secret-token.ts'
import { askForNewLink, askForPerson } from './ask-for-link.ts'
import { changePassword } from './change-own-credential.ts'
import { confirmAsThird, listWhoJoinsAgain, vouchForColleague } from './credential-changes.ts'
import { approveLink, refuseLink } from './decide-link-request.ts'
import { findSession } from './find-session.ts'
import type { LinkWithCode } from './invite-person.ts'
import { listLinkRequests } from './list-link-requests.ts'
import { drawSecretWords } from './secret-words.ts'
import { signIn } from './sign-in.ts'
import { suspendPerson } from './suspend-person.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const refused = /permission denied|row-level security|unwatched:|check constraint/
type Person = Extract<Actor, { kind: 'person' }>
const actorOf = (personId: PersonId): Person => ({
  kind: 'person',
  clinicId: world.clinic.clinicId,
  personId,
})
const as = (actor: Actor, query: ReturnType<typeof sql>) =>
  world.clinic.database.transaction(actor, async transaction => {
    const { rows, numAffectedRows } = await query.execute(transaction.tables())
    return { rows, changed: Number(numAffectedRows ?? 0) }
  })
let many = 0
function pass(hours: number): void {
  world.clock.moveTo(new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString())
}

/** Somebody new who has joined, with the second secret they were shown. */
async function joined(
  role: Role,
  agency: TestAgency = 'lead',
): Promise<{ readonly personId: PersonId; readonly second: string }> {
  many += 1
  const personId = await world.addPerson(role, agency, `Somebody Number${many}`)
  const answer = await joinWith(world, await linkAtMachine(world, personId))
  if (answer.kind !== 'joined') throw new Error(answer.kind)
  pass(25)
  return { personId, second: answer.secondSecret.join(' ') }
}

type Asked = { readonly link: LinkWithCode; readonly asker: Person; readonly approver: Person }

/** A new link as two people make it: the one keeps the code, the other the link. */
async function newLinkFor(personId: PersonId, approver = world.as('coordinator')): Promise<Asked> {
  const asker = world.as('administrator')
  const code = drawSecretWords('joining-code')
  expect(
    await world.clinic.database.transaction(asker, each => askForNewLink(world.clinic, each, personId, code)),
  ).toEqual({ allowed: true })
  const token = makeToken()
  const request = await waitingFor(personId)
  expect(
    await world.clinic.database.transaction(approver, each =>
      approveLink(each, request, approver.personId, { token, formToken: crypto.randomUUID() }),
    ),
  ).toEqual({ allowed: true })
  return { link: { token, code }, asker, approver }
}

async function waitingFor(personId: PersonId) {
  const all = await world.clinic.database.transaction(world.as('coordinator'), listLinkRequests)
  const found = all.find(each => each.personId === personId && each.state === 'asked')
  if (!found) throw new Error('nothing was asked')
  return found.requestId
}

async function vouch(actor: Person, personId: PersonId): Promise<string | null> {
  const words = drawSecretWords('witness')
  const done = await world.clinic.database.transaction(actor, each =>
    vouchForColleague(world.clinic, each, personId, words),
  )
  return done ? words.join(' ') : null
}

const changesOf = (personId: PersonId): Promise<readonly CredentialChange[]> =>
  world.clinic.database.transaction(world.task('sign-in'), each => loadChanges(each, { of: personId }))

const nowhere = makeToken()
const guess = 'abandon ability able about above absent'

test('S12 the person who asks, the person who approves, and both together cannot set up the sign-in of a colleague', async () => {
  const joiner = await joined('coordinator')
  const { link } = await newLinkFor(joiner.personId)
  const plays: readonly (readonly [string, Parameters<typeof joinWith>[1], object])[] = [
    ['the requester holds the code', { ...link, token: nowhere }, {}],
    ['the approver holds the link', { ...link, code: guess.split(' ').slice(0, 4) }, {}],
    ['both together', link, {}],
    ['both together, guessing', link, { secondSecret: guess, witnessWords: guess }],
    [
      'both together, with the joining code in place of the second secret',
      link,
      { secondSecret: link.code.join(' ') },
    ],
  ]
  for (const [who, held, more] of plays) {
    expect((await joinWith(world, held, more)).kind, who).not.toBe('joined')
    pass(1)
  }
  expect((await joinWith(world, link, { secondSecret: joiner.second })).kind).toBe('joined')
})

test('S12 a first joining takes what two people hold, whatever the role, and either alone has nothing', async () => {
  for (const role of roles) {
    const code = drawSecretWords('joining-code')
    const signInName = `first.${role}`
    await world.clinic.database.transaction(world.as('administrator'), each =>
      askForPerson(
        world.clinic,
        each,
        { name: 'New Example', signInName, role, agencyId: world.agencies.lead },
        code,
      ),
    )
    const all = await world.clinic.database.transaction(world.as('coordinator'), listLinkRequests)
    const { requestId } = all.find(each => each.signInName === signInName) ?? {}
    if (!requestId) throw new Error('nothing was asked')
    const token = makeToken()
    await world.clinic.database.transaction(world.as('coordinator'), each =>
      approveLink(each, requestId, world.people.coordinator, { token, formToken: crypto.randomUUID() }),
    )
    expect(await joinWith(world, { token: nowhere, code })).toMatchObject({ because: 'unknown' })
    expect(await joinWith(world, { token, code: [] }), role).toEqual({ kind: 'wrong' })
    expect(await joinWith(world, { token, code: drawSecretWords('joining-code') }), role).toEqual({
      kind: 'wrong',
    })
    expect((await joinWith(world, { token, code })).kind, role).toBe('joined')
  }
})

test('S12 over generated holdings somebody joins exactly when they hold link, code and what was agreed', async () => {
  const bits = [false, true] as const
  for (const joinedBefore of bits)
    for (const agreed of bits)
      for (const hasCode of bits)
        for (const hasSecond of bits)
          for (const hasWitness of bits) {
            const joiner = await joined('idva')
            if (!joinedBefore) await forget(joiner.personId)
            else if (!agreed) await forgetSecond(joiner.personId)
            const { link } = await newLinkFor(joiner.personId)
            const words = hasWitness && joinedBefore ? await vouch(world.as('idva'), joiner.personId) : null
            const answer = await joinWith(world, hasCode ? link : { ...link, code: ['able'] }, {
              secondSecret: hasSecond ? joiner.second : '',
              witnessWords: words ?? (hasWitness ? guess : ''),
            })
            const isShown = !joinedBefore || (agreed && hasSecond) || (hasWitness && words !== null)
            const holding = JSON.stringify({ joinedBefore, agreed, hasCode, hasSecond, hasWitness })
            expect([holding, answer.kind === 'joined']).toEqual([holding, hasCode && isShown])
          }
}, 60_000)

const forget = (personId: PersonId) =>
  asOwner(world.ownerUrl, client =>
    client.query('delete from unwatched.credential where person_id = $1', [personId]),
  )
const forgetSecond = (personId: PersonId) =>
  asOwner(world.ownerUrl, client =>
    client.query('update unwatched.credential set second_kept = null where person_id = $1', [personId]),
  )

test('S12 a colleague gives their word only with no part in the link, of the same agency, and not for themselves', async () => {
  const joiner = await joined('coordinator')
  const { approver, asker } = await newLinkFor(joiner.personId)
  const outsider = actorOf((await joined('cyber-adviser', 'cyber')).personId)
  const colleague = world.as('idva')
  const may = async (actor: Person) =>
    (await world.clinic.database.transaction(actor, listWhoJoinsAgain)).some(
      each => each.personId === joiner.personId,
    )
  for (const [who, actor] of [
    ['asked', asker],
    ['approved', approver],
    ['another agency', outsider],
    ['themselves', actorOf(joiner.personId)],
  ] as const) {
    expect(await may(actor), who).toBe(false)
    expect(await vouch(actor, joiner.personId), who).toBeNull()
  }
  expect(await may(colleague)).toBe(true)
  expect(await vouch(colleague, joiner.personId)).not.toBeNull()
})

test('S12 alone in their agency, somebody has the word of another; a word is over after half an hour', async () => {
  await asOwner(world.ownerUrl, client =>
    client.query("update unwatched.person set state = 'suspended' where agency_id = $1", [
      world.agencies.police,
    ]),
  )
  const liaison = await joined('police-liaison', 'police')
  const { link } = await newLinkFor(liaison.personId)
  const words = await vouch(world.as('idva'), liaison.personId)
  pass(0.6)
  expect(await joinWith(world, link, { witnessWords: words ?? '' })).toEqual({ kind: 'wrong' })
  const fresh = await vouch(world.as('idva'), liaison.personId)
  expect((await joinWith(world, link, { witnessWords: fresh ?? '' })).kind).toBe('joined')
  expect(await changesOf(liaison.personId)).toMatchObject([
    { kind: 'set-up-again', witnessedByName: 'Test idva', askedByName: 'Test administrator' },
    { kind: 'joined' },
  ])
})

test('S12 anyone who was set up again waits a day or for a third person; they still refuse, and their acts say so for good', async () => {
  const someone = await joined('idva')
  const joiner = await joined('coordinator')
  const { link, asker, approver } = await newLinkFor(joiner.personId)
  expect((await joinWith(world, link, { secondSecret: joiner.second })).kind).toBe('joined')
  const [newest] = await changesOf(joiner.personId)
  const actor = actorOf(joiner.personId)
  const ask = () =>
    world.clinic.database.transaction(world.as('administrator'), each =>
      askForNewLink(world.clinic, each, someone.personId, drawSecretWords('joining-code')),
    )
  const approve = async () => {
    const requestId = await waitingFor(someone.personId)
    return world.clinic.database.transaction(actor, each =>
      approveLink(each, requestId, joiner.personId, { token: makeToken(), formToken: crypto.randomUUID() }),
    )
  }
  await ask()
  await expect(approve()).rejects.toThrow(refused)
  const requestId = await waitingFor(someone.personId)
  expect(
    await world.clinic.database.transaction(actor, each =>
      refuseLink(each, requestId, joiner.personId, 'Not asked by them'),
    ),
  ).toEqual({ allowed: true })

  if (!newest) throw new Error('nothing was kept of the change')
  const confirm = (by: Person) =>
    world.clinic.database.transaction(by, each =>
      confirmAsThird(each, newest.changeId, { personId: by.personId, waitsUntil: null }),
    )
  for (const by of [actor, asker, approver])
    expect(await confirm(by)).toMatchObject({ because: 'had-a-part' })
  expect(await confirm(world.as('idva'))).toMatchObject({ because: 'unknown' })
  const third = actorOf((await addCoordinator()).personId)
  expect(await confirm(third)).toEqual({ allowed: true })
  await ask()
  expect(await approve()).toEqual({ allowed: true })
  const acts = await asOwner(world.ownerUrl, client =>
    client.query<{ verb: string; isWaiting: boolean }>(
      'select verb, set_up_again_at is not null as "isWaiting" from unwatched.act where person_id = $1 order by act_id',
      [joiner.personId],
    ),
  )
  expect(acts.rows).toEqual([
    { verb: 'link-refused', isWaiting: true },
    { verb: 'link-approved', isWaiting: true },
  ])
  pass(25)
  await world.clinic.database.transaction(actor, each => listLinkRequests(each))
  expect(findWait(await changesOf(joiner.personId), world.clock.now())).toBeNull()
})

async function addCoordinator(): Promise<{ readonly personId: PersonId }> {
  many += 1
  return { personId: await world.addPerson('coordinator', 'lead', `Third Number${many}`) }
}

test('S12 a coordinator made at the machine where one has worked before waits too; the first of a clinic does not', async () => {
  const late = await world.addPerson('coordinator', 'lead', 'Late Coordinator')
  expect((await joinWith(world, await linkAtMachine(world, late))).kind).toBe('joined')
  expect(await changesOf(late)).toMatchObject([{ kind: 'joined', isAtMachine: true, approvedByName: null }])
  expect(findWait(await changesOf(late), world.clock.now())).not.toBeNull()

  const fresh = await openTestClinic()
  try {
    const answer = await joinWith(fresh, await linkAtMachine(fresh, fresh.people.coordinator))
    expect(answer.kind).toBe('joined')
    const changes = await fresh.clinic.database.transaction(fresh.task('sign-in'), each =>
      loadChanges(each, { of: fresh.people.coordinator }),
    )
    expect(findWait(changes, fresh.clock.now())).toBeNull()
  } finally {
    await fresh.close()
  }
})

test('S12 over generated changes the rule and the database agree who waits and who is the third person', async () => {
  const now = world.clock.now()
  const people = await Promise.all(Array.from({ length: 5 }, async () => (await addCoordinator()).personId))
  const pick = (seed: number): PersonId => people[seed % people.length] ?? world.people.coordinator
  for (let seed = 1; seed <= 40; seed += 1) {
    const [of, asked, approved, witness, by] = [
      seed,
      seed * 3 + 1,
      seed * 7 + 2,
      seed * 5 + 3,
      seed * 11,
    ].map(pick)
    if (!of || !by) throw new Error('nobody')
    const waits = seed % 4 === 0 ? null : new Date(now.getTime() + ((seed % 7) - 2) * 3_600_000)
    const isFreed = seed % 6 === 0 && ![of, asked, approved].includes(world.people.coordinator)
    const inserted = await asOwner(world.ownerUrl, client =>
      client.query<{ change_id: string }>(
        `insert into unwatched.credential_change (clinic_id, person_id, at, kind, asked_by, approved_by, witnessed_by,
           waits_until, freed_by, freed_at) values ($1, $2, $3, 'set-up-again', $4, $5, $6, $7, $8, $9) returning change_id`,
        [
          world.clinic.clinicId,
          of,
          now,
          asked,
          seed % 3 === 0 ? null : approved,
          seed % 5 === 0 ? null : witness,
          waits,
          isFreed ? world.people.coordinator : null,
          isFreed ? now : null,
        ],
      ),
    )
    const changeId = Number(inserted.rows[0]?.change_id)
    const all = await changesOf(of)
    const change = all.find(each => each.changeId === changeId)
    const byWaits = findWait(await changesOf(by), now)
    const inDatabase = await as(
      actorOf(of),
      sql<{ fresh: boolean }>`select unwatched.is_fresh_now() as fresh`,
    )
    expect(inDatabase.rows, `seed ${seed}`).toEqual([{ fresh: findWait(all, now) !== null }])
    const freed = await as(
      actorOf(by),
      sql<{ freed: boolean }>`select unwatched.free_credential(${changeId}) as freed`,
    )
    const decided = change && decideThird(change, { personId: by, waitsUntil: byWaits }, now).allowed
    expect(freed.rows, `seed ${seed}`).toEqual([{ freed: decided ?? false }])
    await asOwner(world.ownerUrl, client =>
      client.query('delete from unwatched.credential_change where change_id = $1', [changeId]),
    )
  }
})

// From here each test is a fault in the program: SQL that no operation of ours sends, as an actor who is real.

test('S12 the database lets no link be used but with what goes with it, and no credential change silently', async () => {
  const joiner = await joined('coordinator')
  const { link } = await newLinkFor(joiner.personId)
  const signIn = world.task('sign-in')
  const hash = sql`encode(sha256(convert_to(${link.token}, 'UTF8')), 'hex')`
  const used = (code: string, second: string) =>
    as(
      signIn,
      sql<{ outcome: string }>`select unwatched.use_link(${hash}, ${code}, ${second}, '') as outcome`,
    )
  expect((await used('', '')).rows).toEqual([{ outcome: 'wrong' }])
  const attempts: readonly (readonly [Actor, ReturnType<typeof sql>])[] = [
    [signIn, sql`update unwatched.invitation set used_at = ${world.clock.now()} where token_hash = ${hash}`],
    [signIn, sql`update unwatched.invitation set code_kept = ${'a'.repeat(64)} where token_hash = ${hash}`],
    [signIn, sql`update unwatched.person set state = 'active' where person_id = ${joiner.personId}`],
    [signIn, sql`update unwatched.credential set password_hash = 'x' where person_id = ${joiner.personId}`],
    [signIn, sql`update unwatched.credential set second_kept = null where person_id = ${joiner.personId}`],
    [
      signIn,
      sql`update unwatched.credential set enrolled_at = null, last_code_step = last_code_step + 1, password_hash = 'x'
      where person_id = ${joiner.personId}`,
    ],
    [
      signIn,
      sql`insert into unwatched.credential (clinic_id, person_id, password_hash, enrolled_at)
      values (${world.clinic.clinicId}, ${world.people.manager}, 'x', ${world.clock.now()})`,
    ],
    [signIn, sql`delete from unwatched.credential_change where person_id = ${joiner.personId}`],
    [signIn, sql`update unwatched.credential_change set waits_until = null`],
    [world.as('administrator'), sql`select unwatched.use_link(${hash}, '', '', '')`],
    [world.as('administrator'), sql`update unwatched.person set role = 'coordinator'`],
    [
      world.as('coordinator'),
      sql`insert into unwatched.invitation (clinic_id, token_hash, person_id, purpose, made_at,
        expires_at, request_id, code_kept) select clinic_id, ${'c'.repeat(64)}, person_id, 'enrol', made_at, expires_at,
        request_id, ${'b'.repeat(64)} from unwatched.invitation where token_hash = ${hash}`,
    ],
  ]
  for (const [index, [actor, query]] of attempts.entries())
    await expect(as(actor, query), `attempt ${index}`).rejects.toThrow(refused)
  // What a day of waiting rests on cannot be read away either: only its owner, administrators and coordinators see it.
  const seen = await as(world.as('idva'), sql`select 1 from unwatched.credential_change`)
  expect(seen.rows).toEqual([])
})

test('S12 an approver cannot swap the joining code for one of their own', async () => {
  const joiner = await joined('idva')
  const code = drawSecretWords('joining-code')
  await world.clinic.database.transaction(world.as('administrator'), each =>
    askForNewLink(world.clinic, each, joiner.personId, code),
  )
  const requestId = await waitingFor(joiner.personId)
  const now = world.clock.now()
  const swap = world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    const tables = transaction.tables()
    await sql`update unwatched.link_request set state = 'approved', decided_by = ${world.people.coordinator},
      decided_at = ${now} where request_id = ${requestId}`.execute(tables)
    await sql`insert into unwatched.invitation (clinic_id, token_hash, person_id, purpose, made_at, expires_at, request_id,
        code_kept) values (${world.clinic.clinicId}, ${'9'.repeat(64)}, ${joiner.personId}, 'enrol', ${now},
        ${new Date(now.getTime() + 1000)}, ${requestId}, ${'8'.repeat(64)})`.execute(tables)
  })
  await expect(swap).rejects.toThrow(refused)
  await expect(
    as(
      world.as('coordinator'),
      sql`update unwatched.link_request set code_kept = ${'8'.repeat(64)} where request_id = ${requestId}`,
    ),
  ).rejects.toThrow(refused)
})

test('S8 a second secret and a joining code lie nowhere as words', async () => {
  const joiner = await joined('idva')
  const { link } = await newLinkFor(joiner.personId)
  const dump = await asOwner(world.ownerUrl, async client => {
    const tables = ['invitation', 'credential', 'link_request', 'credential_change', 'form_once', 'act']
    const lines: string[] = []
    for (const table of tables) {
      const found = await client.query<{ row: string }>(`select t::text as row from unwatched.${table} t`)
      lines.push(...found.rows.map(one => one.row))
    }
    return lines.join('\n')
  })
  for (const words of [joiner.second, link.code.join(' ')]) expect(dump).not.toContain(words)
})

test('a password that its owner changes ends their other sessions, and the change is kept and told', async () => {
  const joiner = await joined('idva')
  const codeNow = () =>
    generateSync({ secret: joinSecret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
  const enter = async (password: string) => {
    const answer = await signIn(world.clinic, {
      signInName: `idva.${joiner.personId}`,
      password,
      code: codeNow(),
      address: '192.0.2.8',
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148',
    })
    pass(0.05)
    return answer
  }
  const [here, there] = [await enter(joinPassword), await enter(joinPassword)]
  if (here.kind !== 'signed-in' || there.kind !== 'signed-in') throw new Error('not signed in')
  const session = await findSession(world.clinic, here.token)
  if (!session) throw new Error('no session')
  const owner = { personId: joiner.personId, sessionId: session.notices.sessionId }
  const proof = { password: joinPassword, code: codeNow(), address: '192.0.2.8' }
  const changed = (password: string) =>
    changePassword(world.clinic, owner, { ...proof, password }, 'kettle marble Thursday fox')
  expect(await changed('not the one of before')).toEqual({ kind: 'wrong' })
  expect(await findSession(world.clinic, there.token)).not.toBeNull()
  expect(await changed(joinPassword)).toEqual({ kind: 'right' })
  expect(await findSession(world.clinic, there.token)).toBeNull()
  expect((await findSession(world.clinic, here.token))?.notices.news).toMatchObject([{ kind: 'password' }])
  pass(0.05)
  expect((await enter(joinPassword)).kind).toBe('refused')
  expect((await enter('kettle marble Thursday fox')).kind).toBe('signed-in')
  // A change of one's own makes nobody wait: the earlier password and code were given.
  expect(findWait(await changesOf(joiner.personId), world.clock.now())).toBeNull()
  await world.clinic.database.transaction(world.as('administrator'), each =>
    suspendPerson(each, joiner.personId),
  )
})
