import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { joinPassword, joinSecret, joinWith } from '../../../test/support/joining.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { accessCase } from '../../audit/operations/access-case.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { openDatabase } from '../../platform/database.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { prepareProgramRole } from '../../platform/program-role.ts'
import { newOnce } from '../../web/form.ts'
import { findHandle } from '../case-phrase.ts'
import { findGuessSubjects, findSignInSubjects } from '../guess-subject.ts'
import { invitePerson } from './invite-person.ts'
import { makePhrases } from './make-phrases.ts'

/** One of two servers: connections of its own, and nothing in memory that the other has too. */
type Server = {
  readonly clinic: Clinic
  readonly door: typeof import('./sign-in.ts') & typeof import('./sign-in-client.ts')
  readonly proving: typeof import('./prove-password.ts')
}

let world: TestClinic
let servers: readonly [Server, Server]

beforeAll(async () => {
  world = await openTestClinic()
  servers = [await startServer(), await startServer()]
  expect(servers[0].proving.provePassword).not.toBe(servers[1].proving.provePassword)
})
afterAll(async () => {
  for (const { clinic } of servers) await clinic.database.close()
  await world.close()
})

async function startServer(): Promise<Server> {
  vi.resetModules()
  const [staff, client, proving] = await Promise.all([
    import('./sign-in.ts'),
    import('./sign-in-client.ts'),
    import('./prove-password.ts'),
  ])
  const programUrl = await prepareProgramRole(world.ownerUrl, 'test')
  const { key } = world.clinic
  const database = openDatabase(programUrl, { now: world.clock.now, key, connections: 6 })
  return { clinic: { ...world.clinic, database }, door: { ...staff, ...client }, proving }
}

async function newPhrase(): Promise<string> {
  const caseId = await openTestCase(world)
  const made = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    const by = world.people.coordinator
    return makePhrases(world.clinic, transaction, by, caseId, { check: 'code-words', once: newOnce() })
  })
  return made?.open.join(' ') ?? ''
}

const spoil = (phrase: string): string => [...phrase.split(' ').slice(0, 2), 'zoo zoo zoo zoo zoo'].join(' ')
const guessKey = (): Buffer => deriveSecret(world.clinic.key, 'wrong-guesses')
const countOf = (subject: Sha256 | undefined): Promise<number> =>
  asOwner(world.ownerUrl, async client => {
    const asked = 'select count(*)::int as n from unwatched.wrong_guess where subject = $1'
    return (await client.query<{ n: number }>(asked, [subject])).rows[0]?.n ?? 0
  })

/** Guesses that never stop, by many hands that go from one server to the other, until what is given has been done. */
async function against<Answer>(
  guess: (server: Server, each: number) => Promise<{ readonly kind: string }>,
  meanwhile: () => Promise<Answer>,
): Promise<{ readonly kinds: readonly string[]; readonly answer: Answer }> {
  const kinds: string[] = []
  let isOver = false
  const hands = Array.from({ length: 16 }, async (_, hand) => {
    for (let each = hand; !isOver || each < hand + 4; each += 1)
      kinds.push((await guess(servers[each % 2 === 0 ? 0 : 1], each)).kind)
  })
  try {
    return { kinds, answer: await meanwhile() }
  } finally {
    isOver = true
    await Promise.all(hands)
  }
}

/** Tries up to five times, at one server and the other; returns how many it took, 0 for never. */
async function tryAtBoth(enter: (server: Server) => Promise<{ readonly kind: string }>): Promise<number> {
  for (let tries = 1; tries <= 5; tries += 1)
    if ((await enter(servers[tries % 2 === 0 ? 0 : 1])).kind === 'signed-in') return tries
  return 0
}

const elsewhere = '198.51.100.20'

test('S4 guesses at a client’s words count as one at two servers, and the client’s right words let them in beside the guesses', async () => {
  const phrase = await newPhrase()
  const enter = (typed: string, address: string) => (server: Server) =>
    server.door.signInClient(server.clinic, { typed, address })
  const address = '203.0.113.80'
  const wrong = enter(spoil(phrase), address)
  const { kinds } = await against(wrong, async () => {})
  expect(kinds.length).toBeGreaterThanOrEqual(64)
  expect(kinds.filter(kind => kind === 'refused')).toHaveLength(3)
  const handle = findHandle(deriveSecret(world.clinic.key, 'case-phrases'), phrase.split(' '))
  expect(
    await countOf(
      findGuessSubjects(
        guessKey(),
        `phrase ${world.clock.now().toISOString().slice(0, 10)} ${handle}`,
        address,
      ).name,
    ),
  ).toBe(3)

  // the clock does not move: no wait ends, and the client is at the guesser's own address
  const flood = await against(wrong, () => tryAtBoth(enter(phrase, address)))
  expect(flood.answer).toBeGreaterThan(0)
  // and at another
  expect((await against(wrong, () => tryAtBoth(enter(phrase, elsewhere)))).answer).toBe(1)
}, 60_000)

test('guesses at a sign-in name from one address count as one at two servers: three are judged, and the rest wait', async () => {
  const asked = { signInName: 'nobody-here', password: 'wrong', code: '000000', address: '203.0.113.81' }
  const { kinds } = await against(
    server => server.door.signIn(server.clinic, asked),
    async () => {},
  )
  expect(kinds.filter(kind => kind === 'refused')).toHaveLength(3)
  expect(kinds.filter(kind => kind === 'wait')).toHaveLength(kinds.length - 3)
  expect(await countOf(findGuessSubjects(guessKey(), 'nobody-here', asked.address).pair)).toBe(3)
}, 60_000)

test('somebody who has a password gets five codes at two servers together, and its owner is in on a known device meanwhile', async () => {
  const link = await world.clinic.database.transaction(world.task('setup'), transaction =>
    invitePerson(world.clinic, transaction, {
      name: 'Hana Made-Up',
      signInName: 'two-servers',
      role: 'cyber-adviser',
      agencyId: world.agencies.cyber,
    }),
  )
  if (!link.allowed) throw new Error(link.because)
  expect((await joinWith(world, link)).kind).toBe('joined')
  world.clock.moveTo('2026-03-02T10:05:00Z')
  const enter =
    (address: string, more: { readonly code?: string; readonly device?: string } = {}) =>
    (server: Server) => {
      const code = generateSync({ secret: joinSecret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
      const asked = { signInName: 'two-servers', password: joinPassword, code, address, ...more }
      return server.door.signIn(server.clinic, asked)
    }
  const first = await enter(elsewhere)(servers[0])
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  world.clock.moveTo('2026-03-02T10:10:00Z')

  let sent = 0
  const guess = (server: Server) => {
    sent += 1
    return enter(`2001:db8:9:${sent.toString(16)}::1`, { code: '000000' })(server)
  }
  await against(guess, async () => {})
  const { codes } = findSignInSubjects(guessKey(), 'two-servers', { address: elsewhere, device: null })
  expect(await countOf(codes)).toBe(5)
  const { answer } = await against(guess, async () => ({
    onNew: await tryAtBoth(enter(elsewhere)),
    onKnown: await tryAtBoth(enter(elsewhere, { device: first.device })),
  }))
  expect(answer).toEqual({ onNew: 0, onKnown: 1 })
  expect(await countOf(codes)).toBe(5)
}, 60_000)

test('S13 first tries from a whole site are one lane: they push out neither the client’s first try nor those at work', async () => {
  const [{ proving }] = servers
  const { provePassword, hashPassword, TooBusy } = proving
  const kept = await hashPassword('teapot gravel')
  const laneOf = (address: string): string => findGuessSubjects(guessKey(), 'anybody', address).lane
  expect(laneOf('2001:db8:9:1::1')).toBe(laneOf('2001:db8:9:ffff::1'))
  expect(laneOf('203.0.113.1')).not.toBe(laneOf('203.0.113.2'))
  const prove = (address: string) =>
    provePassword('teapot gravel', kept, { kind: 'first', lane: laneOf(address) })
  const busy = (cause: unknown): 'busy' => {
    if (cause instanceof TooBusy) return 'busy'
    throw cause
  }
  const flood = (from: number) =>
    Array.from({ length: 60 }, (_, each) => prove(`2001:db8:9:${(from + each).toString(16)}::1`).catch(busy))
  const before = flood(0)
  const byOwner = prove(elsewhere)
  const atWork = hashPassword('a new one at work')
  const after = flood(60)
  expect(await byOwner).toBe(true)
  expect(await atWork).toMatch(/^\$argon2id/)
  expect((await Promise.all([...before, ...after])).filter(each => each === 'busy')).toHaveLength(78)
}, 60_000)

test('S13 a flood at one name leaves connections to the database to everybody else', async () => {
  const [{ clinic, door }] = servers
  const typed = spoil(await newPhrase())
  const handle = findHandle(deriveSecret(clinic.key, 'case-phrases'), typed.split(' '))
  const { name } = findGuessSubjects(guessKey(), `phrase ${handle}`, elsewhere)
  const { guesses, isServed } = await asOwner(world.ownerUrl, async client => {
    const key = `${clinic.clinicId}${name}`
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
    const flood = Array.from({ length: 60 }, (_, each) =>
      door.signInClient(clinic, { typed, address: `203.0.113.${each}` }),
    )
    const waiting = async (): Promise<number> =>
      (
        await client.query(
          "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted",
        )
      ).rows[0].n
    for (let tries = 0; tries < 200 && (await waiting()) < 4; tries += 1)
      await new Promise(done => setTimeout(done, 25))
    // the tries at this name wait until this is decided
    const served = clinic.database.transaction(world.task('sign-in'), async () => true)
    const late = new Promise<false>(done => setTimeout(done, 3_000, false))
    return { guesses: flood, isServed: await Promise.race([served, late]) }
  })
  await Promise.all(guesses)
  expect(isServed).toBe(true)
}, 60_000)
