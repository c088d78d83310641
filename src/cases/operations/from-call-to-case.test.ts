import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { toldReferral } from '../../../test/support/told-referral.ts'
import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { listTrail } from '../../audit/operations/list-trail.ts'
import { type CasePart, caseParts } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ReferralAnswers } from '../referral.ts'
import { createCase } from './create-case.ts'
import { decideNotOurs } from './decide-not-ours.ts'
import { giveConsent } from './give-consent.ts'
import { liftBar } from './lift-bar.ts'
import { listCaseload } from './list-caseload.ts'
import { listConsents } from './list-consents.ts'
import { listWaiting } from './list-waiting.ts'
import { openCaseSeal } from './open-case-seal.ts'
import { readReferral } from './read-referral.ts'
import { receiveReferral } from './receive-referral.ts'
import { revealContact } from './reveal-contact.ts'
import { triageReferral } from './triage-referral.ts'
import { withdrawConsent } from './withdraw-consent.ts'

let world: TestClinic
let forms = 0
const newForm = () => {
  forms += 1
  return `form-${forms}-of-this-test`
}

beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const owner = async (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  asOwner(world.ownerUrl, async client => (await client.query(query, values)).rows)
const inTransaction = <Answer>(
  role: Role,
  work: Parameters<typeof world.clinic.database.transaction<Answer>>[1],
) => world.clinic.database.transaction(world.as(role), work)
const takeCall = (change: Partial<ReferralAnswers> = {}) =>
  receiveReferral(world.clinic, world.as('call-handler'), toldReferral(change), newForm())
const findCase = async (reference: string): Promise<CaseId> => {
  const [row] = await owner('select case_id from unwatched.referral where reference = $1', [reference])
  return row?.['case_id'] as CaseId
}
const triage = (caseId: CaseId) =>
  inTransaction('coordinator', transaction =>
    triageReferral(
      transaction,
      world.people.coordinator,
      caseId,
      {
        type: 'known-control',
        typeReasons: ['lived-together'],
        flags: [],
        judgement: 'routine',
        note: '',
        settled: [],
      },
      newForm(),
    ),
  )
const opener = () => ({ personId: world.people.coordinator, agencyId: world.agencies.lead })
const openFor = (
  caseId: CaseId,
  others: readonly { agency: 'cyber' | 'stalking' | 'police'; parts: readonly CasePart[] }[] = [],
) =>
  createCase(
    world.clinic,
    opener(),
    caseId,
    {
      agencies: [
        { agencyId: world.agencies.lead, parts: caseParts, until: null },
        ...others.map(({ agency, parts }) => ({ agencyId: world.agencies[agency], parts, until: null })),
      ],
      how: 'spoken-on-the-phone',
    },
    newForm(),
  )
const openedCase = async (
  change: Partial<ReferralAnswers> = {},
  ...others: Parameters<typeof openFor>[1][]
) => {
  const caseId = await findCase((await takeCall(change)).reference)
  await triage(caseId)
  expect(await openFor(caseId, others[0])).toEqual({ allowed: true, caseId })
  return caseId
}
const caseloadOf = async (role: Role) =>
  (await inTransaction(role, transaction => listCaseload(transaction))).lines.map(line => line.caseId)

test('a call becomes a referral that the coordinator sees and other roles do not', async () => {
  const { reference } = await takeCall()
  const caseId = await findCase(reference)
  expect(
    (await inTransaction('coordinator', transaction => listWaiting(transaction))).lines.map(
      line => line.caseId,
    ),
  ).toContain(caseId)
  for (const role of [
    'cyber-adviser',
    'stalking-advocate',
    'idva',
    'police-liaison',
    'manager',
    'administrator',
  ] as const) {
    const { lines } = await inTransaction(role, transaction => listWaiting(transaction))
    expect([role, lines]).toEqual([role, []])
    expect([role, await inTransaction(role, transaction => readReferral(transaction, caseId))]).toEqual([
      role,
      null,
    ])
  }
})

test('the same form sent twice at once is one referral, and both get the same reference', async () => {
  const form = newForm()
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      receiveReferral(world.clinic, world.task('public-form'), toldReferral(), form),
    ),
  )
  expect(new Set(answers.map(answer => answer.reference)).size).toBe(1)
  expect(await owner('select 1 from unwatched.referral where form_token = $1', [form])).toHaveLength(1)
})

test('a referral that is not ours leaves a reason and nothing about the person', async () => {
  const receipt = await takeCall({ adult: 'no', postcode: 'ZE1 0AA', dangerNow: 'yes' })
  expect(receipt).toMatchObject({
    outcome: 'not-ours',
    because: ['under-age', 'other-area'],
    needs: ['danger-now', 'under-age', 'other-area'],
    emergencyFirst: true,
  })
  const caseId = await findCase(receipt.reference)
  const rows = JSON.stringify(await owner('select * from unwatched.referral where case_id = $1', [caseId]))
  for (const word of ['Marigold', 'Osbert', 'He knows', 'ZE1', '07700']) expect(rows).not.toContain(word)
  expect(await owner('select 1 from unwatched.sealed_field where case_id = $1', [caseId])).toEqual([])
})

test('what is not known is asked: the referral waits, and cannot be opened until it is settled', async () => {
  const receipt = await takeCall({ adult: 'unknown', postcode: '' })
  expect(receipt).toMatchObject({ outcome: 'ask', ask: ['adult', 'area'] })
  const caseId = await findCase(receipt.reference)
  await triage(caseId)
  expect(await openFor(caseId)).toEqual({ allowed: false, because: 'still-to-ask' })
})

test('S6 channels and postcode of the client are sealed, and lie nowhere in the open', async () => {
  await takeCall({ postcode: 'TN9 2ZZ', codeWords: 'purple heron' })
  const tables = await owner(
    `select table_name from information_schema.tables where table_schema = 'unwatched'`,
  )
  for (const { table_name: table } of tables) {
    const rows = await owner(`select t::text as line from unwatched.${String(table)} t`)
    for (const { line } of rows) {
      for (const secret of [
        '07700 900123',
        'marigold@example.org',
        'TN9 2ZZ',
        'purple heron',
        'Tuesdays after',
      ]) {
        expect([table, String(line).includes(secret)]).toEqual([table, false])
      }
    }
  }
})

test('S6 a sealed field opens after a deliberate click, which is recorded with the field and without its content', async () => {
  const caseId = await openedCase({}, [{ agency: 'cyber', parts: ['overview', 'contact'] }])
  const reveal = (role: Role) =>
    withCase(world.clinic.database, world.as(role), { caseId, part: 'contact', mode: 'read' }, transaction =>
      revealContact(world.clinic, transaction, caseId, 'phone'),
    )
  expect(await reveal('cyber-adviser')).toBe('07700 900123 (safe to use)')
  expect(await reveal('stalking-advocate')).toBe(null)
  expect(await reveal('police-liaison')).toBe(null)
  const acts = await owner(
    `select person_id, detail from unwatched.act where case_id = $1 and verb = 'contact-revealed'`,
    [caseId],
  )
  expect(acts, 'which field lies sealed').toEqual([{ person_id: world.people['cyber-adviser'], detail: {} }])
  const trail = await withCase(
    world.clinic.database,
    world.as('coordinator'),
    { caseId, part: 'trail', mode: 'read' },
    transaction => listTrail(transaction, caseId, { by: 'people', before: null, atMost: 100 }),
  )
  expect(trail?.acts.find(act => act.verb === 'contact-revealed')?.detail).toEqual({ field: 'phone' })
  // A case that was not opened in the transaction shows nothing, even to somebody who may open it.
  expect(
    await inTransaction('cyber-adviser', transaction =>
      revealContact(world.clinic, transaction, caseId, 'phone'),
    ),
  ).toBe(null)
})

test('a case is opened for the agencies the client agreed to, and nobody else finds it', async () => {
  const caseId = await openedCase({}, [{ agency: 'cyber', parts: ['overview', 'evidence'] }])
  expect(await caseloadOf('coordinator')).toContain(caseId)
  expect(await caseloadOf('cyber-adviser')).toContain(caseId)
  expect(await caseloadOf('stalking-advocate')).not.toContain(caseId)
  expect(await caseloadOf('police-liaison')).not.toContain(caseId)
  expect(await caseloadOf('call-handler')).toEqual([])
  expect(
    (await inTransaction('coordinator', transaction => listWaiting(transaction))).lines.map(
      line => line.caseId,
    ),
  ).not.toContain(caseId)
})

test('a case needs its triage, the lead agency, and the agency of the person who opens it', async () => {
  const caseId = await findCase((await takeCall()).reference)
  expect(await openFor(caseId)).toEqual({ allowed: false, because: 'not-triaged' })
  await triage(caseId)
  const without = {
    agencies: [{ agencyId: world.agencies.cyber, parts: caseParts, until: null }],
    how: 'in-writing',
  } as const
  expect(await createCase(world.clinic, opener(), caseId, without, newForm())).toEqual({
    allowed: false,
    because: 'lead-agency-missing',
  })
})

test('when two consents for one agency are recorded at the same instant exactly one counts, and the other person is told so', async () => {
  for (let round = 0; round < 5; round += 1) {
    const caseId = await openedCase()
    const give = (form: string) =>
      withCase(
        world.clinic.database,
        world.as('coordinator'),
        { caseId, part: 'consent', mode: 'write' },
        transaction =>
          giveConsent(
            transaction,
            world.people.coordinator,
            caseId,
            { agencyId: world.agencies.police, parts: ['overview'], how: 'in-writing', until: null },
            form,
          ),
      )
    const answers = await Promise.all([give(newForm()), give(newForm()), give(newForm())])
    expect(answers.filter(answer => answer?.allowed)).toHaveLength(1)
    expect(
      answers.filter(answer => answer && !answer.allowed && answer.because === 'already-in-force'),
    ).toHaveLength(2)
  }
})

test('a withdrawal takes effect at once, and the same one twice is one', async () => {
  const caseId = await openedCase({}, [{ agency: 'cyber', parts: ['overview'] }])
  const withdraw = () =>
    withCase(
      world.clinic.database,
      world.as('coordinator'),
      { caseId, part: 'consent', mode: 'write' },
      async transaction => {
        const line = (await listConsents(transaction, caseId)).lines.find(
          each => each.agencyId === world.agencies.cyber,
        )
        return line && withdrawConsent(transaction, world.people.coordinator, caseId, line.consentId)
      },
    )
  expect(await caseloadOf('cyber-adviser')).toContain(caseId)
  expect(await withdraw()).toBe(true)
  expect(await caseloadOf('cyber-adviser')).not.toContain(caseId)
  expect(await withdraw()).toBe(true)
  expect(
    await owner(`select 1 from unwatched.act where case_id = $1 and verb = 'consent-withdrawn'`, [caseId]),
  ).toHaveLength(1)
})

test('the client may withdraw from the lead agency too: then it sees nothing more', async () => {
  const caseId = await openedCase()
  await withCase(
    world.clinic.database,
    world.as('coordinator'),
    { caseId, part: 'consent', mode: 'write' },
    async transaction => {
      const [line] = (await listConsents(transaction, caseId)).lines
      return line && withdrawConsent(transaction, world.people.coordinator, caseId, line.consentId)
    },
  )
  expect(await caseloadOf('coordinator')).not.toContain(caseId)
})

test('a consent that ran out makes room for a new one, and ends by itself until then', async () => {
  const caseId = await openedCase()
  const give = (until: Date | null) =>
    withCase(
      world.clinic.database,
      world.as('coordinator'),
      { caseId, part: 'consent', mode: 'write' },
      transaction =>
        giveConsent(
          transaction,
          world.people.coordinator,
          caseId,
          { agencyId: world.agencies.cyber, parts: ['overview'], how: 'in-writing', until },
          newForm(),
        ),
    )
  expect(await give(new Date('2026-03-02T09:00:00Z'))).toEqual({ allowed: false, because: 'end-is-past' })
  expect(await give(new Date('2026-03-02T11:00:00Z'))).toEqual({ allowed: true })
  expect(await caseloadOf('cyber-adviser')).toContain(caseId)
  world.clock.moveTo('2026-03-02T11:00:00Z')
  expect(await caseloadOf('cyber-adviser')).not.toContain(caseId)
  expect(await give(null)).toEqual({ allowed: true })
  expect(await caseloadOf('cyber-adviser')).toContain(caseId)
  world.clock.moveTo('2026-03-02T10:00:00Z')
})

test('S5 a member of staff with the name of the suspected person is barred before anybody opens the file', async () => {
  const adviser = await world.addPerson('coordinator', 'lead', 'Peregrine Ashdown')
  const { reference } = await takeCall({ suspectName: 'Ashdown, Peregrín' })
  const caseId = await findCase(reference)
  const asThem = { kind: 'person', clinicId: world.clinic.clinicId, personId: adviser } as const
  expect(
    await world.clinic.database.transaction(asThem, transaction => readReferral(transaction, caseId)),
  ).toBe(null)
  const file = await inTransaction('coordinator', transaction => readReferral(transaction, caseId))
  expect(file?.bars).toMatchObject([{ personId: adviser, liftedAt: null }])
  expect(file?.conflicts.filter(conflict => conflict.kind === 'staff')).toMatchObject([
    { kind: 'staff', like: 'suspect', likeness: 'close' },
  ])

  // Nobody lifts their own, not even past the program's own check.
  const ownLift = await world.clinic.database.transaction(asThem, transaction =>
    liftBar(transaction, world.people.coordinator, caseId, adviser, 'me'),
  )
  expect(ownLift).toEqual({ allowed: false, because: 'no-bar' })
  const lifted = await inTransaction('coordinator', transaction =>
    liftBar(transaction, world.people.coordinator, caseId, adviser, 'Another person of that name'),
  )
  expect(lifted).toEqual({ allowed: true })
  expect(
    await world.clinic.database.transaction(asThem, transaction => readReferral(transaction, caseId)),
  ).not.toBe(null)
})

test('S8 S5 a form from outside is matched against names when a coordinator first opens it, and leaves nothing before', async () => {
  const namesake = await world.addPerson('coordinator', 'lead', 'Ottoline Quayle')
  const asNamesake = { kind: 'person', clinicId: world.clinic.clinicId, personId: namesake } as const
  const asThem = <Answer>(work: (transaction: Transaction) => Promise<Answer>) =>
    world.clinic.database.transaction(asNamesake, work)
  const { reference } = await receiveReferral(
    world.clinic,
    world.task('public-form'),
    toldReferral({ clientName: 'Marigold Fenwick', suspectName: 'Quayle, Otoline' }),
    newForm(),
  )
  const caseId = await findCase(reference)
  const barsOf = () => owner('select person_id from unwatched.bar where case_id = $1', [caseId])
  expect(await barsOf(), 'which colleague it names is not in the open').toEqual([])
  // A colleague named like the suspected person is not shown it, and cannot be the one to open it.
  expect(
    (await asThem(transaction => listWaiting(transaction))).lines.map(line => line.caseId),
  ).not.toContain(caseId)
  expect(
    (await inTransaction('coordinator', transaction => listWaiting(transaction))).lines.map(
      line => line.caseId,
    ),
  ).toContain(caseId)
  const countFor = async (work: typeof asThem) => (await work(transaction => listWaiting(transaction))).count
  const others = await inTransaction('coordinator', transaction => listWaiting(transaction))
  expect(await countFor(asThem), 'nor is it counted for them').toBe(others.count - 1)
  expect(await countFor(asThem), 'as often as they ask').toBe(others.count - 1)
  expect(await barsOf(), 'a list opens nothing').toEqual([])
  const keyOf = (transaction: Transaction) =>
    openCaseSeal(world.clinic, transaction, caseId).catch(() => null)
  expect(await inTransaction('coordinator', keyOf), 'before that nobody takes up its key').toBe(null)
  expect(await asThem(transaction => readReferral(transaction, caseId))).toBe(null)
  expect(await barsOf()).toEqual([{ person_id: namesake }])
  expect(await asThem(transaction => decideNotOurs(transaction, caseId, ['other-area'], ''))).toBe(false)
  // Another coordinator reads it, with everything that is like it.
  const earlier = await findCase((await takeCall({ clientName: 'Fenwick, Marigold' })).reference)
  const file = await inTransaction('coordinator', transaction => readReferral(transaction, caseId))
  expect(file?.bars).toMatchObject([{ personId: namesake }])
  expect(file?.conflicts).toContainEqual(expect.objectContaining({ caseId: earlier, likeness: 'same' }))
  expect(await inTransaction('coordinator', keyOf)).not.toBe(null)
})

test('two coordinators who open a form from outside at once bar its namesake once', async () => {
  const namesake = await world.addPerson('idva', 'lead', 'Barnaby Thistlewood')
  const answers = toldReferral({ suspectName: 'Barnaby Thistlewood' })
  const { reference } = await receiveReferral(world.clinic, world.task('public-form'), answers, newForm())
  const caseId = await findCase(reference)
  const reads = await Promise.all(
    Array.from({ length: 6 }, () =>
      inTransaction('coordinator', transaction => readReferral(transaction, caseId)),
    ),
  )
  for (const read of reads) expect(read?.bars.map(bar => bar.personId)).toEqual([namesake])
  expect(await owner('select 1 from unwatched.bar where case_id = $1', [caseId])).toHaveLength(1)
})

test('a coordinator who decides that it is not ours leaves the reason, and nothing to reach anybody by', async () => {
  const caseId = await findCase((await takeCall()).reference)
  expect(
    await inTransaction('coordinator', transaction => decideNotOurs(transaction, caseId, ['other-area'], '')),
  ).toBe(true)
  const rows = JSON.stringify(await owner('select * from unwatched.referral where case_id = $1', [caseId]))
  for (const word of ['Marigold', 'Osbert', 'He knows']) expect(rows).not.toContain(word)
  expect(await owner('select 1 from unwatched.sealed_field where case_id = $1', [caseId])).toEqual([])
  expect(
    await inTransaction('cyber-adviser', transaction =>
      decideNotOurs(transaction, caseId, ['other-area'], ''),
    ),
  ).toBe(false)
})

test('S5 with no actor every table of the clinic reads as empty, and what is append-only cannot be changed', async () => {
  const caseId = await openedCase()
  const tables = await owner(`select c.relname as name, c.relrowsecurity as secured from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'unwatched' and c.relkind in ('r', 'p') and exists (
      select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id')`)
  expect(tables.length).toBeGreaterThan(20)
  for (const { name, secured } of tables) {
    expect([name, secured]).toEqual([name, true])
    const readable = await owner(
      `select has_table_privilege('unwatched_program', 'unwatched.${String(name)}', 'select') as can`,
    )
    if (!readable[0]?.['can']) continue
    const found = await world.clinic.database.pool.query(
      `select count(*)::int as rows from unwatched.${String(name)}`,
    )
    expect([name, found.rows[0]]).toEqual([name, { rows: 0 }])
  }
  expect((await owner('select count(*)::int as rows from unwatched.consent'))[0]?.['rows']).toBeGreaterThan(0)
  for (const table of ['act', 'custody_line', 'item', 'arrival', 'incident_revision']) {
    for (const change of [
      `update unwatched.${table} set clinic_id = clinic_id`,
      `delete from unwatched.${table}`,
    ]) {
      await expect(world.clinic.database.pool.query(change)).rejects.toMatchObject({ code: '42501' })
      await expect(owner(change)).rejects.toThrow('append-only')
    }
    await expect(owner(`truncate unwatched.${table} cascade`)).rejects.toThrow('append-only')
  }
  await inTransaction('coordinator', async transaction => {
    expect(await accessCase(transaction, { caseId, part: 'trail', mode: 'read' })).toBe(true)
  })
})
