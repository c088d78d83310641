import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  joinWith,
  linkAtMachine,
  joinPassword as password,
  joinSecret as secret,
} from '../../../test/support/joining.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { listActsOfClinic } from '../../audit/operations/list-acts-of-clinic.ts'
import type { PersonId } from '../../foundation/ids.ts'
import { sayActOfClinic } from '../say-act-of-clinic.ts'
import { unheardAtOnce } from '../slow-down.ts'
import { addDemoPerson } from './add-demo-person.ts'
import { endSession } from './end-session.ts'
import { findSession } from './find-session.ts'
import { invitePerson, type LinkWithCode } from './invite-person.ts'
import { makeDemoLinks } from './make-demo-links.ts'
import { signIn } from './sign-in.ts'
import { suspendPerson } from './suspend-person.ts'
import { useDemoLink } from './use-demo-link.ts'

let world: TestClinic
let minutes = 0

beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

/** Lets time pass, so that each test has codes and waits of its own. */
function pass(more: number): void {
  minutes += more
  world.clock.moveTo(new Date(Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000).toISOString())
}
const code = (): string => generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })

async function invite(signInName: string): Promise<LinkWithCode & { personId: PersonId }> {
  const invited = await world.clinic.database.transaction(world.task('setup'), transaction =>
    invitePerson(world.clinic, transaction, {
      name: 'Amara Okafor',
      signInName,
      role: 'cyber-adviser',
      agencyId: world.agencies.cyber,
    }),
  )
  if (!invited.allowed) throw new Error(invited.because)
  return invited
}

async function enrol(signInName: string): Promise<PersonId> {
  return (await enrolWithSecond(signInName)).personId
}

async function enrolWithSecond(
  signInName: string,
): Promise<{ readonly personId: PersonId; readonly secondSecret: string }> {
  const link = await invite(signInName)
  const enrolled = await joinWith(world, link)
  if (enrolled.kind !== 'joined') throw new Error(enrolled.kind)
  pass(2)
  return { personId: link.personId, secondSecret: enrolled.secondSecret.join(' ') }
}

const tryOf = (signInName: string, more: Partial<Parameters<typeof signIn>[1]> = {}) =>
  signIn(world.clinic, { signInName, password, code: code(), address: '192.0.2.1', ...more })

const acts = (verb: string): Promise<number> =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query('select count(*)::int as n from unwatched.act where verb = $1', [verb])
    return found.rows[0].n
  })

test('password and code together let somebody in, and the session names them', async () => {
  const personId = await enrol('way-in')
  const answer = await tryOf(' WAY-in ')
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  expect(await findSession(world.clinic, answer.token)).toMatchObject({
    personId,
    name: 'Amara Okafor',
    role: 'cyber-adviser',
    agencyName: 'cyber agency',
  })
  expect(await acts('signed-in')).toBe(1)
  await endSession(world.clinic, answer.token)
  expect(await findSession(world.clinic, answer.token)).toBe(null)
  expect(await acts('signed-out')).toBe(1)
})

test('a wrong password, a wrong code, an unknown name and somebody not yet enrolled get one and the same answer', async () => {
  await enrol('same-words')
  await invite('not-enrolled')
  const answers = [
    await tryOf('same-words', { password: 'teapot gravel Tuesday elk' }),
    await tryOf('same-words', { code: '000000' }),
    await tryOf('nobody-at-all'),
    await tryOf('not-enrolled'),
  ]
  expect(answers).toEqual(Array(4).fill({ kind: 'refused' }))
})

test('a code works once, even when it is sent twice at the same moment', async () => {
  await enrol('one-code')
  const both = await Promise.all([tryOf('one-code'), tryOf('one-code')])
  expect(both.map(answer => answer.kind).sort()).toEqual(['refused', 'signed-in'])
  expect(await tryOf('one-code')).toEqual({ kind: 'refused' })
})

test('guesses sent all at once are counted one by one, and the rest are told how long to wait', async () => {
  await enrol('flooded')
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      tryOf('flooded', { password: 'teapot gravel Tuesday elk', address: '192.0.2.9' }),
    ),
  )
  expect(answers.filter(answer => answer.kind === 'refused')).toHaveLength(3)
  expect(answers.filter(answer => answer.kind === 'wait')).toHaveLength(17)
  // Its owner, at another desk, is not held up.
  expect((await tryOf('flooded', { address: '198.51.100.7' })).kind).toBe('signed-in')
})

test('in a shared office, others’ wrong guesses cost the one who is right a few seconds at most', async () => {
  await enrol('shared-office')
  for (let other = 0; other < 40; other += 1) {
    await tryOf(`other-${other}`, { address: '203.0.113.5', password: 'wrong wrong wrong' })
  }
  const first = await tryOf('shared-office', { address: '203.0.113.5' })
  if (first.kind === 'wait') {
    expect(first.seconds).toBeLessThanOrEqual(5)
    world.clock.moveTo(new Date(world.clock.now().getTime() + 5000).toISOString())
    expect((await tryOf('shared-office', { address: '203.0.113.5' })).kind).toBe('signed-in')
  } else expect(first.kind).toBe('signed-in')
})

test('S8 what is kept of tokens, passwords, codes, names and addresses is of no use to a thief', async () => {
  const { token } = await invite('thief-test')
  await tryOf('thief-test', { address: '192.0.2.77' })
  const dump = await asOwner(world.ownerUrl, async client => {
    const tables = ['invitation', 'credential', 'session', 'wrong_guess']
    const lines: string[] = []
    for (const table of tables) {
      const found = await client.query<{ row: string }>(`select t::text as row from unwatched.${table} t`)
      lines.push(...found.rows.map(one => one.row))
    }
    return lines.join('\n')
  })
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1')
  for (const known of [
    token,
    password,
    secret,
    Buffer.from(secret).toString('hex'),
    'thief-test',
    '192.0.2.77',
  ]) {
    expect(dump).not.toContain(known)
  }
})

test('of two tabs that enrol at once one wins, and the other hears that the link was used', async () => {
  const link = await invite('two-tabs')
  const both = await Promise.all([joinWith(world, link), joinWith(world, link)])
  expect(both.filter(answer => answer.kind === 'joined')).toHaveLength(1)
  expect(both.find(answer => answer.kind !== 'joined')).toEqual({ kind: 'closed', because: 'used' })
})

test('an invitation lapses after a week, and a new link ends the one before', async () => {
  const late = await invite('too-late')
  pass(7 * 24 * 60 + 1)
  expect(await joinWith(world, late)).toMatchObject({ because: 'expired' })
  const next = await linkAtMachine(world, late.personId)
  expect(await joinWith(world, next)).toMatchObject({ kind: 'joined' })
})

test('somebody who is suspended is out at once and does not get in again', async () => {
  const personId = await enrol('suspended')
  const answer = await tryOf('suspended')
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  const suspend = (id: PersonId) =>
    world.clinic.database.transaction(world.as('administrator'), transaction =>
      suspendPerson(transaction, id),
    )
  expect(await suspend(personId)).toEqual({ allowed: true })
  expect(await findSession(world.clinic, answer.token)).toBe(null)
  pass(2)
  expect((await tryOf('suspended')).kind).toBe('refused')
  expect(await suspend(world.people.administrator)).toMatchObject({ because: 'self' })
})

test('enrolling again ends every session from before, wherever the new link was made', async () => {
  const { personId, secondSecret } = await enrolWithSecond('lost-phone')
  const before = await tryOf('lost-phone')
  if (before.kind !== 'signed-in') throw new Error(before.kind)
  const link = await linkAtMachine(world, personId)
  expect(await findSession(world.clinic, before.token)).toBe(null)
  expect(await joinWith(world, link, { secondSecret })).toMatchObject({ kind: 'joined' })
  expect(await findSession(world.clinic, before.token)).toBe(null)
})

test('the database lets no person invite alone', async () => {
  for (const role of ['administrator', 'coordinator', 'manager', 'cyber-adviser'] as const) {
    const attempt = world.clinic.database.transaction(world.as(role), transaction =>
      invitePerson(world.clinic, transaction, {
        name: 'Sneaky',
        signInName: `by-${role}`,
        role: 'administrator',
        agencyId: world.agencies.lead,
      }),
    )
    await expect(attempt).rejects.toThrow(/row-level security/)
  }
})

test('an idle session ends, and one in use is kept until the day is over', async () => {
  await enrol('long-day')
  const answer = await tryOf('long-day')
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  for (let half = 0; half < 24; half += 1) {
    pass(29)
    expect(await findSession(world.clinic, answer.token)).not.toBe(null)
  }
  pass(29)
  expect(await findSession(world.clinic, answer.token)).toBe(null)
})

test('demo links are made in a demo on loopback only, and each works once', async () => {
  expect(await makeDemoLinks(world.clinic)).toEqual([])
  const addPerson = world.clinic.database.transaction(world.task('setup'), transaction =>
    addDemoPerson(transaction, {
      name: 'X',
      signInName: 'demo-x',
      role: 'idva',
      agencyId: world.agencies.lead,
    }),
  )
  await expect(addPerson).rejects.toThrow(/unless it is a demo/)
  const demo = { ...world.clinic, isDemo: true }
  expect(await makeDemoLinks({ ...demo, site: { ...demo.site, onLoopback: false } })).toEqual([])

  const [first] = await makeDemoLinks(demo)
  const [again] = await makeDemoLinks(demo)
  if (!first || !again) throw new Error('no links')
  expect(await useDemoLink(demo, first.token)).toMatchObject({ because: 'expired' })
  const both = await Promise.all([useDemoLink(demo, again.token), useDemoLink(demo, again.token)])
  expect(both.filter(answer => answer.allowed)).toHaveLength(1)
  expect(await useDemoLink(world.clinic, again.token)).toMatchObject({ because: 'unknown' })
})

test('S4 a stranger who never stops guessing at a name keeps its owner out nowhere: not at the same address, not on a new device', async () => {
  await enrol('hounded')
  const wrong = { password: 'teapot gravel Tuesday elk', address: '203.0.113.44' }
  for (let each = 0; each < 12; each += 1) await tryOf('hounded', wrong)
  expect((await tryOf('hounded', wrong)).kind).toBe('wait')
  // right password and code, at the guesser's own address, with no device that is known
  const first = await tryOf('hounded', { address: '203.0.113.44' })
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  // each half alone still has to wait, and does not say which half was right
  pass(1)
  for (let each = 0; each < 12; each += 1) await tryOf('hounded', wrong)
  const halves = [
    await tryOf('hounded', { address: '203.0.113.44', code: '000000' }),
    await tryOf('hounded', { ...wrong }),
  ]
  expect(halves[0]).toEqual(halves[1])
  expect(halves[0]?.kind).toBe('wait')
  // and on the device that is known they cost nothing at all: two mistypings there are not told to wait
  const known = { address: '203.0.113.44', device: first.device, password: 'teapot gravel Tuesday emu' }
  expect((await tryOf('hounded', known)).kind).toBe('refused')
  expect((await tryOf('hounded', { ...known, password })).kind).toBe('signed-in')
})

test('somebody who has the password and tries codes from ever new addresses gets a handful, and the owner is in by a known device', async () => {
  await enrol('half-known')
  const first = await tryOf('half-known')
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  pass(1)
  for (let each = 0; each < 8; each += 1)
    expect((await tryOf('half-known', { address: `198.51.100.${each}`, code: '000000' })).kind).toBe(
      'refused',
    )
  // the right code is worth nothing now from a device that is new, and nothing says so
  expect((await tryOf('half-known', { address: '198.51.100.99' })).kind).toBe('refused')
  expect((await tryOf('half-known', { address: '198.51.100.98', device: first.device })).kind).toBe(
    'signed-in',
  )
  pass(6)
  expect((await tryOf('half-known', { address: '198.51.100.99' })).kind).toBe('signed-in')
})

test('S4 a thief with the password at a known device gets a handful of codes there too, leaves a trace, and holds the owner up nowhere else', async () => {
  await enrol('thief-at-desk')
  const first = await tryOf('thief-at-desk')
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  pass(1)
  const elsewhere = await tryOf('thief-at-desk', { address: '192.0.2.211' })
  if (elsewhere.kind !== 'signed-in') throw new Error(elsewhere.kind)
  pass(2)
  const traces = await acts('sign-in-refused-many-times')
  const thief = { address: '192.0.2.210', device: first.device }
  for (let each = 0; each < 5; each += 1) {
    expect((await tryOf('thief-at-desk', { ...thief, code: '000000' })).kind).not.toBe('signed-in')
    pass(1)
  }
  for (let each = 0; each < 5; each += 1) await tryOf('thief-at-desk', { ...thief, code: '000000' })
  // the right one is worth nothing there now, and nothing says so
  expect((await tryOf('thief-at-desk', thief)).kind).not.toBe('signed-in')
  for (let each = 0; each < unheardAtOnce; each += 1)
    await tryOf('thief-at-desk', { ...thief, code: '000000' })
  expect(await acts('sign-in-refused-many-times')).toBe(traces + 1)
  const page = { before: null, withSignIns: false, atMost: 20 }
  const { acts: shown } = await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    listActsOfClinic(transaction, page),
  )
  expect(shown.map(each => sayActOfClinic(each).did)).toContain(
    'Was refused at the sign-in 50 times more, while told to wait',
  )
  // the owner's other device and a new one count apart
  expect((await tryOf('thief-at-desk', { device: elsewhere.device, address: '192.0.2.211' })).kind).toBe(
    'signed-in',
  )
  pass(1)
  expect((await tryOf('thief-at-desk', { address: '192.0.2.212' })).kind).toBe('signed-in')
  // and what a stranger without the device tries is nothing to it, once its own wait is over
  pass(6)
  for (let each = 0; each < 8; each += 1)
    await tryOf('thief-at-desk', { address: `198.51.100.${each}`, code: '000000' })
  expect((await tryOf('thief-at-desk', thief)).kind).toBe('signed-in')
})

test('a device is known for who signed in on it, with the password they have; a made-up one for nobody', async () => {
  await enrol('at-desk')
  await enrol('beside-them')
  const first = await tryOf('at-desk')
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  const desk = { device: first.device, address: '192.0.2.200' }
  const wrong = { ...desk, password: 'teapot gravel Tuesday elk' }
  // the neighbour's guesses at my name on my device are mine to wait for, theirs elsewhere are not
  for (let each = 0; each < 6; each += 1)
    await tryOf('beside-them', { ...wrong, device: `${first.device.slice(0, 22)}.${'A'.repeat(22)}` })
  expect((await tryOf('beside-them', wrong)).kind).toBe('wait')
  pass(1)
  expect((await tryOf('at-desk', { ...desk, password: 'teapot gravel Tuesday elk' })).kind).toBe('refused')
  const both = await tryOf('beside-them', desk)
  if (both.kind !== 'signed-in') throw new Error(both.kind)
  expect(both.device.startsWith(first.device.slice(0, 22))).toBe(true)
  expect(both.device.split('.')).toHaveLength(3)
})
