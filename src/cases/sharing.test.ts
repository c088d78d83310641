import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { asOwner, openTestClinic } from '../../test/support/test-clinic.ts'
import { type CaseMode, type CasePart, caseParts } from '../foundation/case-part.ts'
import { type AgencyId, type CaseId, type ConsentId, makeId, type PersonId } from '../foundation/ids.ts'
import { decidePermission } from '../identity/permission.ts'
import { roles } from '../identity/role.ts'
import { decideSharing } from './sharing.ts'

const modes: readonly CaseMode[] = ['read', 'write']
const start = Date.parse('2026-03-02T10:00:00Z')
const hour = 3_600_000
/** Few instants, so that consents begin and end exactly when somebody opens the case. */
const instant = fc.integer({ min: -2, max: 3 }).map(hours => new Date(start + hours * hour))

const agencyNames = ['lead', 'cyber', 'stalking', 'police'] as const
const consentOf = fc.record({
  agency: fc.constantFrom(...agencyNames),
  parts: fc.subarray([...caseParts], { minLength: 1 }),
  from: instant,
  until: fc.option(instant),
  // Half of them are not: one that is lets nobody in.
  withdrawn: fc.option(instant, { freq: 2 }),
})
const world = fc.record({
  people: fc.array(fc.record({ role: fc.constantFrom(...roles), agency: fc.constantFrom(...agencyNames) }), {
    minLength: 8,
    maxLength: 8,
  }),
  cases: fc.array(
    fc.record({
      consents: fc.array(consentOf, { maxLength: 5 }),
      bars: fc.array(fc.record({ person: fc.nat(7), lifted: fc.boolean() }), { maxLength: 3 }),
    }),
    { minLength: 6, maxLength: 6 },
  ),
})

test('S5 the rule and the database never disagree about who may see which part of which case', async () => {
  const clinic = await openTestClinic()
  const { clinicId } = clinic.clinic
  const client = new pg.Client({ connectionString: clinic.ownerUrl })
  await client.connect()
  let decisions = 0
  let seen = 0
  try {
    await fc.assert(
      fc.asyncProperty(world, async ({ people, cases }) => {
        const staff = people.map(person => ({
          ...person,
          personId: makeId<PersonId>(new Date(start)),
          agencyId: clinic.agencies[person.agency],
        }))
        const files = cases.map(({ consents, bars }) => {
          const live = new Set<AgencyId>()
          return {
            caseId: makeId<CaseId>(new Date(start)),
            // At most one consent of an agency is not withdrawn: the database holds that by itself.
            consents: consents.flatMap(({ agency, parts, from, until, withdrawn }) => {
              const agencyId = clinic.agencies[agency]
              if (withdrawn === null && live.has(agencyId)) return []
              if (withdrawn === null) live.add(agencyId)
              return [{ agencyId, parts, inForceFrom: from, inForceUntil: until, withdrawnAt: withdrawn }]
            }),
            bars: [...new Map(bars.map(bar => [bar.person, bar])).values()].flatMap(({ person, lifted }) => {
              const personId = staff[person]?.personId
              return personId ? [{ personId, liftedAt: lifted ? new Date(start) : null }] : []
            }),
          }
        })
        for (const person of staff) {
          await client.query(
            `insert into unwatched.person (clinic_id, person_id, agency_id, role, name, sign_in_name, state, joined_at)
               values ($1, $2, $3, $4, 'Somebody', $5, 'active', now())`,
            [clinicId, person.personId, person.agencyId, person.role, person.personId],
          )
        }
        for (const file of files) {
          for (const each of file.consents) {
            await client.query(
              `insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at,
                   recorded_by, in_force_from, in_force_until, withdrawn_at)
                 values ($1, $2, $3, $4, $5, 'consent', 'in-writing', $6, $7, $6, $8, $9)`,
              [
                clinicId,
                file.caseId,
                makeId<ConsentId>(new Date(start)),
                each.agencyId,
                each.parts,
                each.inForceFrom,
                clinic.people.coordinator,
                each.inForceUntil,
                each.withdrawnAt,
              ],
            )
          }
          for (const bar of file.bars) {
            await client.query(
              `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at, lifted_at)
                 values ($1, $2, $3, 'name', now(), $4)`,
              [clinicId, file.caseId, bar.personId, bar.liftedAt],
            )
          }
        }
        for (const hours of [-1, 0, 1]) {
          const now = new Date(start + hours * hour)
          for (const person of staff) {
            const caseIds = files.map(file => file.caseId)
            const inSight = await readInSight(client, clinicId, person.personId, caseIds, now)
            for (const part of caseParts) {
              for (const mode of modes) {
                for (const file of files) {
                  const { allowed } = decideSharing({ ...person, part, mode }, file.consents, file.bars, now)
                  decisions += 1
                  if (allowed) seen += 1
                  if (inSight.has(`${file.caseId} ${part} ${mode}`) !== allowed) {
                    expect({ part, mode, now, person, file, database: !allowed }).toEqual('the rule')
                  }
                }
              }
            }
          }
        }
      }),
      { numRuns: 10 },
    )
    expect(decisions).toBeGreaterThan(5000)
    expect(seen).toBeGreaterThan(100)
  } finally {
    await client.end()
    await clinic.close()
  }
})

async function readInSight(
  client: pg.Client,
  clinicId: string,
  personId: string,
  caseIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  await client.query(
    `select set_config('unwatched.clinic', $1, false), set_config('unwatched.person', $2, false),
            set_config('unwatched.now', $3, false)`,
    [clinicId, personId, now.toISOString()],
  )
  const { rows } = await client.query<{ line: string }>(
    `select s || ' ' || part || ' ' || mode as line
     from unnest($1::text[]) part, unnest($2::text[]) mode, unnest($3::uuid[]) s where unwatched.sees_case(s, part, mode)`,
    [caseParts, modes, caseIds],
  )
  return new Set(rows.map(row => row.line))
}

test('S5 the rule and the database agree which role covers which part, over the whole table', async () => {
  const clinic = await openTestClinic()
  try {
    const found = await asOwner(clinic.ownerUrl, client =>
      client.query<{ role: string; part: string; mode: string; covers: boolean }>(
        `select role, part, mode, unwatched.role_covers(role, part, mode) as covers
         from unnest($1::text[]) role, unnest($2::text[]) part, unnest($3::text[]) mode`,
        [roles, caseParts, modes],
      ),
    )
    const said = new Map(found.rows.map(row => [`${row.role} ${row.part} ${row.mode}`, row.covers]))
    const all = roles.flatMap(role =>
      caseParts.flatMap(part =>
        modes.map(mode => [`${role} ${part} ${mode}`, decidePermission(role, part, mode)] as const),
      ),
    )
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(all))
  } finally {
    await clinic.close()
  }
})

test('S5 a bar by name outweighs everything, and a lifted bar nothing', () => {
  const personId = makeId<PersonId>(new Date(start))
  const agencyId = makeId<AgencyId>(new Date(start))
  const access = { personId, agencyId, role: 'coordinator', part: 'overview', mode: 'read' } as const
  const parts: readonly CasePart[] = ['overview']
  const consents = [{ agencyId, parts, inForceFrom: new Date(start), inForceUntil: null, withdrawnAt: null }]
  const now = new Date(start)
  expect(decideSharing(access, consents, [{ personId, liftedAt: now }], now)).toEqual({ allowed: true })
  expect(decideSharing(access, consents, [{ personId, liftedAt: null }], now)).toEqual({
    allowed: false,
    because: 'barred-by-name',
  })
  expect(decideSharing({ ...access, part: 'trail' }, consents, [], now)).toMatchObject({
    because: 'no-consent-in-force',
  })
  expect(decideSharing({ ...access, role: 'manager' }, consents, [], now)).toMatchObject({
    because: 'role-does-not-cover-it',
  })
})
