import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearStatements } from '../../../test/support/heard-statements.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { accessCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { openDatabase } from '../../platform/database.ts'
import { prepareProgramRole } from '../../platform/program-role.ts'
import { newOnce } from '../../web/form.ts'
import { clientCookie } from '../client-session.ts'
import { sessionCookie } from '../session.ts'
import { endClientSession } from './end-client-session.ts'
import { enterAsStaff } from './enter-as-staff.ts'
import { findClientSession } from './find-client-session.ts'
import { type MadePhrases, makePhrases } from './make-phrases.ts'
import { provePassword } from './prove-password.ts'
import { signInClient } from './sign-in-client.ts'
import { startSession } from './start-session.ts'

let world: TestClinic
let minutes = 0
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

/** Lets time pass, so that each test has waits of its own. */
function pass(more: number): void {
  minutes += more
  world.clock.moveTo(new Date(Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000).toISOString())
}

async function make(caseId: CaseId, once = newOnce()): Promise<MadePhrases | null> {
  return world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    expect(await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })).toBe(true)
    return makePhrases(world.clinic, transaction, world.people.coordinator, caseId, {
      check: 'code-words',
      once,
    })
  })
}

async function newCase(): Promise<{ caseId: CaseId; open: string; duress: string }> {
  pass(1)
  const caseId = await openTestCase(world)
  const made = await make(caseId)
  if (!made) throw new Error('no phrase was made')
  return { caseId, open: made.open.join(' '), duress: made.duress.join(' ') }
}

const enter = (typed: string, address = '192.0.2.1') => signInClient(world.clinic, { typed, address })
const sessionOf = (token: string) =>
  findClientSession({ cookies: new Map([[clientCookie, token]]) }, world.clinic)
/** The first two words of a phrase, and nothing that is right after them. */
const spoil = (phrase: string): string => [...phrase.split(' ').slice(0, 2), 'zoo zoo zoo zoo zoo'].join(' ')

async function letIn(typed: string, address?: string): Promise<string> {
  const answer = await enter(typed, address)
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  return answer.token
}

test('S4 the phrase lets a client in to their own case, and the trail says so', async () => {
  const { caseId, open } = await newCase()
  const token = await letIn(open.toUpperCase().replaceAll(' ', '-'))
  expect(await sessionOf(token)).toEqual({ fileId: caseId })
  await endClientSession(world.clinic, token)
  expect(await sessionOf(token)).toBe(null)
  const verbs = await asOwner(world.ownerUrl, client =>
    client.query<{ verb: string }>('select verb from unwatched.act where case_id = $1 order by act_id', [
      caseId,
    ]),
  )
  expect(verbs.rows.map(row => row.verb)).toEqual([
    'case-opened',
    'phrase-made',
    'client-signed-in',
    'client-signed-out',
  ])
})

test('S4 the second phrase lets in to a file of its own, and tells at once those who keep contact with the client, and only them', async () => {
  const { caseId, duress } = await newCase()
  const session = await sessionOf(await letIn(duress))
  expect(session?.fileId).toMatch(/^[0-9a-f-]{36}$/)
  expect(session?.fileId).not.toBe(caseId)
  expect(await sessionOf(await letIn(duress))).toEqual(session)
  const alarmsOf = async (role: 'coordinator' | 'idva' | 'police-liaison' | 'manager') => {
    const token = await world.clinic.database.transaction(world.task('sign-in'), transaction =>
      startSession(transaction, world.people[role]),
    )
    const cookies = new Map([[sessionCookie, token]])
    return (await enterAsStaff({ cookies }, world.clinic, null, false))?.alarms ?? []
  }
  for (const role of ['coordinator', 'idva'] as const)
    expect((await alarmsOf(role)).filter(use => use.caseId === caseId)).toMatchObject([
      { times: 2, mail: null },
    ])
  for (const role of ['police-liaison', 'manager'] as const) expect(await alarmsOf(role)).toEqual([])
})

test('S4 the file that the second phrase opens stays with the case when its phrases are made again', async () => {
  const { caseId, duress } = await newCase()
  const before = await sessionOf(await letIn(duress))
  pass(1)
  const made = await make(caseId)
  expect(await sessionOf(await letIn(made?.duress.join(' ') ?? ''))).toEqual(before)
})

test('S4 the work is the same for a wrong case and a wrong phrase, and the same for either right phrase', async () => {
  const { open, duress } = await newCase()
  const statements: string[] = []
  hearStatements(world.clinic.database.pool, statement => statements.push(statement))
  const watch = async (typed: string, address: string) => {
    statements.length = 0
    let proofs = 0
    let longest = 0
    const answer = await signInClient(world.clinic, { typed, address }, (password, kept) => {
      proofs += 1
      longest = password.length
      return provePassword(password, kept)
    })
    return { kind: answer.kind, proofs, longest: longest - typed.length, statements: [...statements] }
  }
  const wrongCase = await watch('zoo zoo zoo zoo zoo zoo zoo', '192.0.2.11')
  const wrongPhrase = await watch(spoil(open), '192.0.2.12')
  const wrongQuiet = await watch(spoil(duress), '192.0.2.13')
  const noWords = await watch('???', '192.0.2.14')
  const right = await watch(open, '192.0.2.15')
  const rightQuiet = await watch(duress, '192.0.2.16')
  expect(wrongCase).toMatchObject({ kind: 'refused', proofs: 1 })
  expect(wrongCase.statements.length).toBeGreaterThan(8)
  expect(wrongPhrase).toEqual(wrongCase)
  expect(wrongQuiet).toEqual(wrongCase)
  expect({ ...noWords, longest: wrongCase.longest }).toEqual(wrongCase)
  expect(right).toMatchObject({ kind: 'signed-in', proofs: 1 })
  expect(rightQuiet).toEqual(right)
  // Right and wrong part only after the verification.
  const apart = right.statements.findIndex((statement, index) => statement !== wrongCase.statements[index])
  expect(right.statements.slice(0, apart).filter(each => each.includes('find_phrase'))).toHaveLength(2)
})

test('S4 guesses at one case slow down, and the client elsewhere is not held up', async () => {
  const { open } = await newCase()
  const guesses = await Promise.all(Array.from({ length: 12 }, () => enter(spoil(open), '192.0.2.66')))
  expect(guesses.filter(answer => answer.kind === 'refused')).toHaveLength(3)
  expect(guesses.filter(answer => answer.kind === 'wait')).toHaveLength(9)
  expect((await enter(open, '198.51.100.9')).kind).toBe('signed-in')
})

test('S4 many wrong guesses from a shared office cost the one who is right a few seconds at most', async () => {
  const { open } = await newCase()
  for (let each = 0; each < 40; each += 1) await enter(`word${'x'.repeat(each)} zoo zoo`, '203.0.113.9')
  const first = await enter(open, '203.0.113.9')
  if (first.kind === 'wait') {
    expect(first.seconds).toBeLessThanOrEqual(5)
    world.clock.moveTo(new Date(world.clock.now().getTime() + 5000).toISOString())
    expect((await enter(open, '203.0.113.9')).kind).toBe('signed-in')
  } else expect(first.kind).toBe('signed-in')
})

test('S4 a new phrase ends the one before and every session, and one form makes one phrase', async () => {
  const { caseId, open, duress } = await newCase()
  const tokens = [await letIn(open), await letIn(open), await letIn(duress)]
  pass(1)
  const once = newOnce()
  const made = await make(caseId, once)
  expect(await make(caseId, once)).toBe(null)
  for (const token of tokens) expect(await sessionOf(token)).toBe(null)
  expect((await enter(open, '192.0.2.21')).kind).toBe('refused')
  expect((await enter(duress, '192.0.2.22')).kind).toBe('refused')
  expect((await enter(made?.open.join(' ') ?? '', '192.0.2.23')).kind).toBe('signed-in')
})

test('S4 once a case is closed its phrase is wrong like any other, and its sessions are over', async () => {
  const { caseId, open } = await newCase()
  const token = await letIn(open)
  await asOwner(world.ownerUrl, client =>
    client.query(
      `update unwatched.case_file set state = 'closed', closed_at = $2, outcome = 'not-known' where case_id = $1`,
      [caseId, world.clock.now()],
    ),
  )
  expect(await sessionOf(token)).toBe(null)
  expect((await enter(open)).kind).toBe('refused')
})

test('S4 two browsers are two sessions: leaving one leaves the other', async () => {
  const { open } = await newCase()
  const [one, other] = [await letIn(open), await letIn(open)]
  await endClientSession(world.clinic, one)
  expect(await sessionOf(one)).toBe(null)
  expect(await sessionOf(other)).not.toBe(null)
  pass(10)
  expect(await sessionOf(other)).toBe(null)
})

test('S8 of a phrase and a session nothing is kept that would let a thief in', async () => {
  const { open, duress } = await newCase()
  const token = await letIn(open)
  const dump = await asOwner(world.ownerUrl, async client => {
    const lines: string[] = []
    for (const table of ['case_phrase', 'client_session', 'phrase_use', 'act', 'form_once', 'wrong_guess']) {
      const found = await client.query<{ row: string }>(`select t::text as row from unwatched.${table} t`)
      lines.push(...found.rows.map(one => one.row))
    }
    return lines.join('\n')
  })
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1')
  for (const known of [open, duress, token, open.split(' ').slice(0, 2).join(' ')])
    expect(dump).not.toContain(known)
})

test('S4 no role makes or reads a phrase that does not keep contact with the client', async () => {
  const { caseId } = await newCase()
  for (const role of ['police-liaison', 'manager', 'call-handler', 'administrator'] as const) {
    const rows = await world.clinic.database.transaction(world.as(role), async transaction => {
      await accessCase(transaction, { caseId, part: 'overview', mode: 'read' })
      return transaction
        .tables<{ case_phrase: { case_id: string } }>()
        .selectFrom('case_phrase')
        .selectAll()
        .execute()
    })
    expect(rows, role).toEqual([])
    const attempt = world.clinic.database.transaction(world.as(role), transaction =>
      makePhrases(world.clinic, transaction, world.people[role], caseId, {
        check: 'code-words',
        once: newOnce(),
      }),
    )
    await expect(attempt, role).rejects.toThrow()
  }
})

/** A second server on the same database: nothing that is kept in the memory of one is known to the other. */
async function besideIt<Result>(work: (other: Clinic) => Promise<Result>): Promise<Result> {
  const program = new URL(world.ownerUrl)
  const database = openDatabase(await prepareProgramRole(program.href, 'test'), {
    now: world.clock.now,
    key: world.clinic.key,
    connections: 4,
  })
  try {
    return await work({ ...world.clinic, database })
  } finally {
    await database.close()
  }
}

test('S4 somebody who knows the client’s first words and never stops guessing, at the client’s own address, does not keep them out', async () => {
  const { open } = await newCase()
  const address = '192.0.2.44'
  let waits = 0
  for (let each = 0; each < 12; each += 1) {
    // the guesser comes back at the very moment at which their wait is over, so that it starts again
    const guess = await enter(spoil(open), address)
    if (guess.kind === 'wait') waits += 1
    pass(each < 4 ? 0 : 5)
  }
  expect((await enter(spoil(open), address)).kind).toBe('refused')
  expect((await enter(spoil(open), address)).kind).toBe('wait')
  expect(waits).toBeGreaterThan(0)
  expect((await enter(open, address)).kind).toBe('signed-in')
})

test('S4 during a wait the work is the same for a wrong case and a wrong phrase, and nothing is written', async () => {
  const { open } = await newCase()
  for (let each = 0; each < 3; each += 1) {
    await enter(spoil(open), '192.0.2.45')
    await enter('zoo zoo zoo zoo zoo zoo zoo', '192.0.2.45')
  }
  const written = () =>
    asOwner(world.ownerUrl, async client => {
      const { rows } = await client.query(
        'select (select count(*)::int from unwatched.act) as acts, (select count(*)::int from unwatched.wrong_guess) as guesses',
      )
      return rows[0]
    })
  const before = await written()
  const watch = async (typed: string) => {
    let proofs = 0
    const answer = await signInClient(world.clinic, { typed, address: '192.0.2.45' }, (...asked) => {
      proofs += 1
      return provePassword(...asked)
    })
    return { kind: answer.kind, proofs }
  }
  const wrongPhrase = await watch(spoil(open))
  expect(wrongPhrase).toEqual({ kind: 'wait', proofs: 1 })
  expect(await watch('zoo zoo zoo zoo zoo zoo zoo')).toEqual(wrongPhrase)
  expect(await written()).toEqual(before)
})

test('S4 a guesser who goes from one server to another gets no more guesses', async () => {
  const { open } = await newCase()
  await besideIt(async other => {
    const answers: string[] = []
    for (let each = 0; each < 12; each += 1)
      answers.push(
        (
          await signInClient(each % 2 === 0 ? world.clinic : other, {
            typed: spoil(open),
            address: '192.0.2.46',
          })
        ).kind,
      )
    expect(answers.filter(kind => kind === 'refused')).toHaveLength(3)
  })
})
