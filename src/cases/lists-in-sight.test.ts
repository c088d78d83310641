import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { type CasePart, caseParts } from '../foundation/case-part.ts'
import { type CaseId, makeId, type PersonId, type TaskId } from '../foundation/ids.ts'
import { mostCounted } from '../foundation/page-of-list.ts'
import { roles } from '../identity/role.ts'

const start = Date.parse('2026-03-02T10:00:00Z')
const hour = 3_600_000
/** Few instants, so that consents begin and end exactly when somebody looks, and lines of a list share their time. */
const instant = fc.integer({ min: -2, max: 3 }).map(hours => new Date(start + hours * hour))
const urgencies = ['today', 'two-days', 'seven-days', 'routine'] as const
const agencyNames = ['lead', 'lead', 'cyber', 'police'] as const
const peopleOfWorld = 6

const consentOf = fc.record({
  agency: fc.constantFrom(...agencyNames),
  // Half of them to everything, so that there are lists with something in them.
  parts: fc.oneof(fc.constant([...caseParts]), fc.subarray([...caseParts], { minLength: 1 })),
  from: instant,
  until: fc.option(instant),
  isWithdrawn: fc.boolean(),
  /** Before its file is a case, or after. */
  isEarly: fc.boolean(),
})
const fileOf = fc.record({
  consents: fc.array(consentOf, { minLength: 1, maxLength: 4 }),
  bars: fc.array(fc.record({ person: fc.nat(peopleOfWorld - 1), lifted: fc.boolean() }), { maxLength: 2 }),
  state: fc.constantFrom('open', 'open', 'closed'),
  urgency: fc.constantFrom(...urgencies),
  revisedTo: fc.option(fc.constantFrom(...urgencies)),
  openedAt: instant,
  tasks: fc.array(fc.record({ at: instant, done: fc.boolean() }), { maxLength: 3 }),
  /** The review days of the revisions of its plan; null for one that was closed. */
  reviews: fc.array(fc.option(fc.integer({ min: -3, max: 3 })), { maxLength: 3 }),
  waits: fc.constantFrom(
    ...(['opened', 'opened', 'opened', 'opened', 'opened', 'opened'] as const),
    ...(['waiting', 'waiting', 'triaged', 'not-ours', 'set-aside', 'cleared'] as const),
  ),
  takenBy: fc.nat(peopleOfWorld - 1),
})
const world = fc.record({
  people: fc.array(
    fc.record({
      role: fc.oneof(
        fc.constantFrom(...roles),
        fc.constantFrom(...(['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'] as const)),
      ),
      agency: fc.constantFrom(...agencyNames),
      isActive: fc.integer({ min: 0, max: 5 }).map(each => each > 0),
    }),
    { minLength: peopleOfWorld, maxLength: peopleOfWorld },
  ),
  files: fc.array(fileOf, { minLength: 12, maxLength: 12 }),
})
type World = typeof world extends fc.Arbitrary<infer Made> ? Made : never

test('S5 every list of the clinic shows what the row policies let each person see, all of it, once, and in its order', async () => {
  const clinic = await openTestClinic()
  const client = new pg.Client({ connectionString: clinic.ownerUrl })
  await client.connect()
  let listed = 0
  try {
    await fc.assert(
      fc.asyncProperty(world, async made => {
        // Each world stands alone: lists are of everything in a clinic.
        await client.query('rollback')
        await client.query('begin')
        const { people, cases } = await fill(client, clinic, made)
        for (const hours of [-1, 0, 1])
          for (const person of people) {
            await actAs(client, clinic.clinic.clinicId, person, new Date(start + hours * hour))
            listed += await compareCaseload(client)
            listed += await compareTasks(client)
            listed += await compareReviews(client)
            listed += await compareWaiting(client)
            // Somebody else's alarms put nothing into a list that its reader may not see.
            const first = await column(client, pageOfCases('open', null, 'newest', cases))
            expect(new Set(first)).toEqual(
              new Set(await column(client, pageOfCases('open', null, 'newest', []))),
            )
          }
      }),
      { numRuns: 12, seed: 46, endOnFailure: true },
    )
    // The same worlds each time, so that a list that has lost a line is seen even where both sides have lost it.
    expect(listed).toBe(244)
  } finally {
    await client.end()
    await clinic.close()
  }
})

async function fill(
  client: pg.Client,
  clinic: TestClinic,
  { people, files }: World,
): Promise<{ readonly people: readonly PersonId[]; readonly cases: readonly CaseId[] }> {
  const { clinicId } = clinic.clinic
  const staff: PersonId[] = []
  for (const { role, agency, isActive } of people) {
    const personId = await clinic.addPerson(role, agency, 'Somebody')
    if (!isActive)
      await client.query("update unwatched.person set state = 'suspended' where person_id = $1", [personId])
    staff.push(personId)
  }
  const cases: CaseId[] = []
  for (const file of files) {
    const caseId = makeId<CaseId>(new Date(start))
    cases.push(caseId)
    const isCase = file.waits === 'opened'
    await client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, taken_by,
         referred_by, state, client_name, answers, decision, urgency)
       values ($1, $2, $2::uuid::text, gen_random_uuid(), 'phone', $3, $4, 'client', $5, '', '{}', '{}', $6)`,
      [clinicId, caseId, file.openedAt, staff[file.takenBy], file.waits, file.urgency],
    )
    const live = new Set<string>()
    const consents = file.consents.filter(({ agency, isWithdrawn }) => {
      // At most one consent of an agency is not withdrawn: the database holds that by itself.
      const isSecond = !isWithdrawn && live.has(agency)
      if (!isWithdrawn) live.add(agency)
      return !isSecond
    })
    const agree = async (those: typeof consents): Promise<void> => {
      for (const { agency, parts, from, until, isWithdrawn } of those) {
        const { rows } = await client.query<{ consent_id: string }>(
          `insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at,
             recorded_by, in_force_from, in_force_until)
           values ($1, $2, gen_random_uuid(), $3, $4, 'consent', 'said', $5, $6, $5, $7) returning consent_id`,
          [clinicId, caseId, clinic.agencies[agency], parts, from, clinic.people.coordinator, until],
        )
        // One server's clock may be ahead of that by which a list is asked for: a withdrawal takes effect all the same.
        if (isWithdrawn)
          await client.query('update unwatched.consent set withdrawn_at = $1 where consent_id = $2', [
            new Date(start + hour / 2),
            rows[0]?.consent_id,
          ])
      }
    }
    const inOrder = [...consents].sort((one, other) => Number(other.isWithdrawn) - Number(one.isWithdrawn))
    await agree(inOrder.filter(each => each.isEarly || each.isWithdrawn))
    if (isCase) {
      await client.query(
        `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at,
           opened_by, zone) values ($1, $2, $2::uuid::text, '', 'known-control', $3, $4, $5, 'Europe/London')`,
        [clinicId, caseId, file.urgency, file.openedAt, clinic.people.coordinator],
      )
      if (file.revisedTo)
        await client.query('update unwatched.case_file set urgency = $1 where case_id = $2', [
          file.revisedTo,
          caseId,
        ])
    }
    await agree(inOrder.filter(each => !each.isEarly && !each.isWithdrawn))
    for (const { person, lifted } of new Map(file.bars.map(bar => [bar.person, bar])).values())
      await client.query(
        `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at, lifted_at)
         values ($1, $2, $3, 'name', now(), $4)`,
        [clinicId, caseId, staff[person], lifted ? new Date(start) : null],
      )
    if (!isCase) continue
    for (const { at, done } of file.tasks)
      await client.query(
        `insert into unwatched.task (clinic_id, task_id, case_id, kind, because, raised_at, done_at)
         values ($1, $2, $3, 'reminder-not-sent', 'no-plan', $4, $5)`,
        [clinicId, makeId<TaskId>(at), caseId, at, done ? at : null],
      )
    for (const [index, days] of file.reviews.entries())
      await client.query(
        `insert into unwatched.plan_revision (clinic_id, case_id, revision, at, by_person, change, state, next_review_on,
           sealed) values ($1, $2, $3, $4, $5, 'plan-made', $6, $7, '')`,
        [
          clinicId,
          caseId,
          index + 1,
          new Date(start),
          clinic.people.coordinator,
          days === null ? 'closed' : 'open',
          days === null ? null : new Date(start + days * 24 * hour),
        ],
      )
    if (file.state === 'closed')
      await client.query(
        `update unwatched.case_file set state = 'closed', closed_at = $1, outcome = 'not-known' where case_id = $2`,
        [new Date(start), caseId],
      )
  }
  return { people: staff, cases }
}

const actAs = (client: pg.Client, clinicId: string, person: PersonId, now: Date): Promise<unknown> =>
  client.query(
    `select set_config('unwatched.clinic', $1, false), set_config('unwatched.person', $2, false),
            set_config('unwatched.now', $3, false)`,
    [clinicId, person, now.toISOString()],
  )

const column = async (client: pg.Client, sql: string): Promise<readonly string[]> =>
  (await client.query<{ id: string }>(sql)).rows.map(row => row.id)

const sees = (part: CasePart): string => `unwatched.sees_case(f.case_id, '${part}', 'read')`
const uuids = (cases: readonly string[]): string => `array[${cases.map(each => `'${each}'`).join()}]::uuid[]`
const orNull = (text: string | null): string => (text === null ? 'null' : `'${text}'`)
const pageOfCases = (
  state: string,
  urgency: string | null,
  order: string,
  first: readonly string[],
  [after, skipped, atMost]: readonly [string | null, number, number] = [null, 0, 100],
): string => `select case_id as id from unwatched.caseload('${state}', ${orNull(urgency)}, '${order}', ${uuids(first)},
  ${orNull(after)}, ${skipped}, ${atMost})`

/** All of a list, page by page of three lines, and from a line in its middle on: each time the same lines in the same order. */
async function readThrough(
  client: pg.Client,
  whole: readonly string[],
  page: (place: readonly [string | null, number, number]) => string,
): Promise<void> {
  expect(await column(client, page([null, 0, 100]))).toEqual(whole)
  const paged: string[] = []
  for (let skipped = 0; skipped < whole.length; skipped += 3)
    paged.push(...(await column(client, page([null, skipped, 3]))))
  expect(paged).toEqual(whole)
  const middle = Math.floor(whole.length / 2)
  const after = whole[middle]
  if (after) expect(await column(client, page([after, 0, 100]))).toEqual(whole.slice(middle + 1))
}

async function compareCaseload(client: pg.Client): Promise<number> {
  let many = 0
  for (const state of ['open', 'closed'])
    for (const urgency of [null, 'today', 'routine'])
      for (const order of ['newest', 'most-urgent']) {
        const by =
          order === 'newest'
            ? 'f.opened_at desc, f.case_id desc'
            : `array_position(array['today', 'two-days', 'seven-days', 'routine'], f.urgency), f.opened_at, f.case_id`
        const whole = await column(
          client,
          `select f.case_id as id from unwatched.case_file f where ${sees('overview')} and f.state = '${state}'
             and (${orNull(urgency)} is null or f.urgency = ${orNull(urgency)}) order by ${by}`,
        )
        await readThrough(client, whole, place => pageOfCases(state, urgency, order, [], place))
        many += whole.length
      }
  return many
}

async function compareTasks(client: pg.Client): Promise<number> {
  const whole = await column(
    client,
    `select f.task_id as id from unwatched.task f where ${sees('contact')} and f.done_at is null
     order by f.raised_at, f.task_id`,
  )
  await readThrough(
    client,
    whole,
    ([after, skipped, atMost]) =>
      `select task_id as id from unwatched.open_tasks(${orNull(after)}, ${skipped}, ${atMost})`,
  )
  return whole.length
}

async function compareReviews(client: pg.Client): Promise<number> {
  const whole = await column(
    client,
    `select f.case_id as id from unwatched.plan_revision f where ${sees('plan')} and f.next_review_on <= '2026-03-02'
       and not exists (select from unwatched.plan_revision n where n.case_id = f.case_id and n.revision > f.revision)
     order by f.next_review_on, f.case_id`,
  )
  await readThrough(
    client,
    whole,
    ([after, skipped, atMost]) =>
      `select case_id as id from unwatched.plan_reviews_due('2026-03-02', '{}', ${orNull(after)}, ${skipped}, ${atMost})`,
  )
  return whole.length
}

/** The list of triage is a coordinator's; what call handlers see of their own calls they see one by one. */
async function compareWaiting(client: pg.Client): Promise<number> {
  const whole = await column(
    client,
    `select r.case_id as id from unwatched.referral r
     where unwatched.role_now() = 'coordinator' and unwatched.sees_referral(r.case_id, r.taken_by, r.state)
       and r.state in ('waiting', 'triaged') order by r.urgency_rank, r.received_at, r.case_id`,
  )
  await readThrough(
    client,
    whole,
    ([after, skipped, atMost]) =>
      `select case_id as id from unwatched.waiting_referrals(null, '{}', ${orNull(after)}, ${skipped}, ${atMost})`,
  )
  return whole.length
}

test('a list of more lines than are counted says so, ends there, and goes on behind its last line', async () => {
  const clinic = await openTestClinic()
  const client = new pg.Client({ connectionString: clinic.ownerUrl })
  await client.connect()
  try {
    const { clinicId } = clinic.clinic
    const many = mostCounted + 30
    await client.query(
      `insert into unwatched.agency_case (clinic_id, agency_id, case_id, parts, in_force_from, state, opened_at, urgency,
         stalker_type)
       select $1, $2, gen_random_uuid(), '{overview}', $3, 'open', $3::timestamptz + n * interval '1 second', 'routine',
              'both' from generate_series(1, $4) n`,
      [clinicId, clinic.agencies.lead, new Date(start), many],
    )
    await client.query('alter table unwatched.case_file drop constraint case_file_clinic_id_case_id_fkey')
    await client.query(
      `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at,
         opened_by) select clinic_id, case_id, case_id, '', 'both', 'routine', opened_at, $1 from unwatched.agency_case`,
      [clinic.people.coordinator],
    )
    await actAs(client, clinicId, clinic.people.coordinator, new Date(start))
    const read = (after: string | null, skipped: number) =>
      client.query<{ case_id: string; place: number; counted: number }>(
        "select case_id, place, counted from unwatched.caseload('open', null, 'newest', '{}', $1, $2, 25)",
        [after, skipped],
      )
    const behind = await read(null, 5000)
    expect(behind.rows.map(row => row.place)).toEqual(
      Array.from({ length: 25 }, (_, index) => mostCounted - 24 + index),
    )
    expect(behind.rows[0]?.counted).toBe(mostCounted + 1)
    const rest = await read(behind.rows.at(-1)?.case_id ?? null, 25)
    expect(rest.rows.map(row => [row.place, row.counted])).toEqual(
      [26, 27, 28, 29, 30].map(place => [place, many - mostCounted]),
    )
  } finally {
    await client.end()
    await clinic.close()
  }
})
