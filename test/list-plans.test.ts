import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lists } from '../src/app/lists.ts'
import { routes } from '../src/app/routes.ts'
import { accessCase } from '../src/audit/operations/access-case.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { linesOnAPage, mostCounted } from '../src/foundation/page-of-list.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import type { Role } from '../src/identity/role.ts'
import { databaseFiles } from '../src/platform/database-files.ts'
import { sealName } from '../src/platform/seal-name.ts'
import { newOnce } from '../src/web/form.ts'
import { statementsPerPage } from './statements-per-page.ts'
import { growActs, growCustody, growIncidents, growItems, manyOfACase } from './support/grown-case.ts'
import { hearStatements } from './support/heard-statements.ts'
import { served } from './support/orders-site.ts'
import { openTestCase } from './support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type TestSite, type Visitor } from './support/test-site.ts'

/** A clinic far larger than what a page may read of it. */
const cases = 6 * mostCounted
/** What a list may go through in one node of its plan: what is counted, and what stands beside it. */
const mostRows = mostCounted + 200
/** How often a policy or a function may look one case up for a page: for the case it is of, never for each line. */
const mostLookUps = 80

type PlanNode = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly Plans?: readonly PlanNode[]
}
type Heard = { readonly 'Query Text': string; readonly Plan: PlanNode }

let world: TestClinic
let site: TestSite
let theCase: CaseId
let client: Visitor
let heard: Heard[] = []
/** How many statements were sent since the last page was asked for. */
let sent = 0
/** An order of the case. */
let order = ''

beforeAll(async () => {
  world = await openTestClinic()
  // Every connection of the program tells the plan of each statement, and of those inside functions, as it was carried out.
  await asOwner(world.ownerUrl, async owner => {
    const name = world.ownerUrl.split('/').at(-1)
    for (const setting of [
      "session_preload_libraries = 'auto_explain'",
      'auto_explain.log_min_duration = 0',
      'auto_explain.log_nested_statements = on',
      'auto_explain.log_analyze = on',
      'auto_explain.log_timing = off',
      "auto_explain.log_format = 'json'",
      "auto_explain.log_level = 'notice'",
      // As of a disk without a moving head: an index is worth it for small tables too.
      'random_page_cost = 1.1',
    ])
      await owner.query(`alter database ${name} set ${setting}`)
  })
  world.clinic.database.pool.on('connect', connection =>
    connection.on('notice', ({ message = '' }) => {
      const at = message.indexOf('{')
      if (/^duration: .* plan:/.test(message) && at > 0) heard.push(JSON.parse(message.slice(at)) as Heard)
    }),
  )
  theCase = await openTestCase(world)
  await fillClinic()
  site = await openTestSite(world)
  hearStatements(world.clinic.database.pool, () => {
    sent += 1
  })
  const recorded = await site.post(`/cases/${theCase}/orders/new`, served, { as: 'stalking-advocate' })
  order = recorded.location?.split('/').at(-1) ?? ''
  const phrases = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId: theCase, part: 'contact', mode: 'write' })
    return makePhrases(world.clinic, transaction, world.people.coordinator, theCase, {
      check: 'code-words',
      once: newOnce(),
    })
  })
  client = await site.visitor()
  await client.post('/my/words', { words: phrases?.open.join(' ') ?? '' })
}, 240_000)
afterAll(async () => {
  await site.close()
  await world.close()
})

/** Thousands of everything that grows: half of the cases are shared with the agency of a coordinator, few with the police. */
async function fillClinic(): Promise<void> {
  const { clinicId } = world.clinic
  const { coordinator } = world.people
  const place = { clinicId, caseId: theCase, field: 'client-name' }
  const name = sealName(world.clinic.key, place, '')
  const run = (statement: string, values: readonly unknown[] = []) =>
    asOwner(world.ownerUrl, owner => owner.query(statement, [...values]))
  await run(
    `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
       client_name, answers, decision, urgency)
     select $1, gen_random_uuid(), 'R' || n, gen_random_uuid(), 'phone', now() - n * interval '1 minute', 'client',
       case when n <= $3 then 'opened' else 'waiting' end, $2, '{}', '{}',
       (array['today', 'two-days', 'seven-days', 'routine'])[1 + n % 4]
     from generate_series(1, 2 * $3::int) n`,
    [clinicId, name, cases],
  )
  await run(
    `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at, opened_by)
     select clinic_id, case_id, reference, client_name, 'both', urgency, received_at, $1 from unwatched.referral
     where state = 'opened' and case_id <> $2`,
    [coordinator, theCase],
  )
  await run(
    `insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at, recorded_by,
       in_force_from)
     select f.clinic_id, f.case_id, gen_random_uuid(), a, '{overview,contact,plan,appointment}', 'consent', 'said', now(),
       $1, '2026-01-01'
     from unwatched.case_file f, unnest($2::uuid[]) a where f.case_id <> $3`,
    [coordinator, [world.agencies.lead, world.agencies.cyber], theCase],
  )
  await run(
    `insert into unwatched.task (clinic_id, task_id, case_id, kind, because, raised_at)
     select clinic_id, gen_random_uuid(), case_id, 'reminder-not-sent', 'no-plan', opened_at from unwatched.case_file`,
  )
  await run(
    `insert into unwatched.plan_revision (clinic_id, case_id, revision, at, by_person, change, state, next_review_on, sealed)
     select clinic_id, case_id, 1, now(), $1, 'plan-made', 'open', '2026-02-01'::date + (random() * 20)::int, ''
     from unwatched.case_file where case_id <> $2`,
    [coordinator, theCase],
  )
  await run(
    `insert into unwatched.act (clinic_id, at, person_id, verb) select $1, now(), $2, 'link-asked-for'
     from generate_series(1, $3::int)`,
    [clinicId, coordinator, cases],
  )
  await run(
    `insert into unwatched.act (clinic_id, at, person_id, verb, case_id, part)
     select clinic_id, now(), $1, 'plan-reviewed', case_id, 'plan' from unwatched.case_file, generate_series(1, 5)`,
    [coordinator],
  )
  await run(
    `insert into unwatched.person (clinic_id, person_id, agency_id, role, name, sign_in_name, state, joined_at)
     select $1, gen_random_uuid(), $2, 'cyber-adviser', 'Somebody ' || n, 'somebody' || n, 'invited', now()
     from generate_series(1, $3::int) n`,
    // People are few by nature, and a list may look all of them up; so many that it goes on in a second part.
    [clinicId, world.agencies.cyber, mostCounted + 50],
  )
  await run(
    `insert into unwatched.bundle (clinic_id, case_id, bundle_id, purpose, state, asked_by, asked_at)
     select $1, $2, gen_random_uuid(), 'police', 'asked', $3, now() - n * interval '1 hour' from generate_series(1, 3 * $4::int) n`,
    [clinicId, theCase, coordinator, cases],
  )
  await growIncidents(world, theCase)
  await growActs(world, theCase)
  await growItems(world, theCase)
  await growCustody(world, theCase)
  await run('analyze')
}

/** Every node of a plan, with its rows in all its loops and what it read and left out. */
const nodesOf = (node: PlanNode): readonly { readonly is: string; readonly rows: number }[] => {
  const loops = node['Actual Loops'] ?? 0
  const each =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0)
  const named = node['Index Name'] ?? node['Relation Name']
  const is = `${node['Node Type']}${named ? ` of ${named}` : ''}`
  return [{ is, rows: Math.round(each * loops) }, ...(node.Plans ?? []).flatMap(nodesOf)]
}

/** Statements inside functions that look up one case, or one referral: by these words of theirs. */
const lookUps: readonly (readonly [string, RegExp])[] = [
  ['agreed_parts', /select array_agg\(p\)\s+from person w\s+join consent c/],
  ['is_barred', /exists \(select 1 from bar where clinic_id = clinic_now\(\) and case_id = the_case/],
  ['opened_cases', /select distinct a\.case_id from a/],
]

/** What is wrong with how a page was read, in words; nothing when it costs the same in a clinic of any size. */
function findGrowth(plans: readonly Heard[]): readonly string[] {
  const large = plans.flatMap(({ Plan: plan, 'Query Text': text }) =>
    nodesOf(plan)
      .filter(({ rows }) => rows > mostRows)
      .map(({ is, rows }) => `${is}: ${rows} rows, for ${text.replace(/\s+/g, ' ').slice(0, 90)}`),
  )
  const often = lookUps.flatMap(([name, words]) => {
    const times = plans.filter(({ 'Query Text': text }) => words.test(text)).length
    return times > mostLookUps ? [`${name} was asked ${times} times`] : []
  })
  return [...new Set([...large, ...often])]
}

async function read(
  path: string,
  as: Role,
): Promise<{ readonly text: string; readonly plans: Heard[]; readonly statements: number }> {
  const address = path.replace(':case', theCase).replace(':order', order)
  const ask = () => (path.startsWith('/my') ? client.get(address) : site.get(address, { as }))
  // What a page keeps for the next one is there at the second look.
  await ask()
  heard = []
  sent = 0
  const { status, text } = await ask()
  expect(status, path).toBe(200)
  return { text, plans: heard, statements: sent }
}

const readers = (path: string): readonly Role[] => {
  const route = routes.find(each => each.method === 'GET' && each.path === path)
  if (route?.kind === 'staff') return route.who
  // Who may work on what happened sees every list of it.
  return [route?.kind === 'case' && route.mode === 'write' ? 'stalking-advocate' : 'coordinator']
}

/** The lists of the case that was grown. */
const ofOneCase = [
  '/cases/:case/evidence',
  '/cases/:case/evidence/custody',
  '/my/looks',
  '/cases/:case/trail',
  '/cases/:case/incidents',
  '/cases/:case/incidents/conduct',
  '/cases/:case/orders/:order/breaches',
]

const pagedPaths = Object.keys(lists).filter(path => lists[path]?.is === 'paged')

test.each(pagedPaths)('%s reads no more of a large clinic than of a small one', async path => {
  for (const role of readers(path)) {
    const { text, plans, statements } = await read(path, role)
    expect(plans.length, 'plans were heard').toBeGreaterThan(3)
    expect(findGrowth(plans), `for ${role}`).toEqual([])
    if (ofOneCase.includes(path))
      expect(statements, `statements for ${role}`).toBeLessThanOrEqual(statementsPerPage[path] ?? 0)
    const says =
      /<strong>[\d,]+<\/strong> [a-z]|There is nothing|Nothing|Nobody has begun|no safety plan|No review|nothing yet/
    expect(says.test(text), 'the page says how many there are').toBe(true)
  }
})

test('the filters, orders and later parts of a list read no more either', async () => {
  for (const path of [
    '/cases?order=most-urgent',
    '/cases?urgency=routine',
    '/cases?closed=yes',
    '/triage?urgency=seven-days',
  ])
    expect(findGrowth((await read(path, 'coordinator')).plans), path).toEqual([])
  for (const path of ['/cases', '/triage', '/reviews', '/tasks', '/admin/people']) {
    const role = path === '/admin/people' ? 'administrator' : 'coordinator'
    const last = `${path}?page=${mostCounted / linesOnAPage}`
    const { text } = await read(last, role)
    const next = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]
    expect(next, path).toBeDefined()
    expect(findGrowth((await read(next ?? '', role)).plans), next).toEqual([])
  }
})

test('the filters, orders and later parts of the lists of a large case read no more either', async () => {
  const incidents = `/cases/${theCase}/incidents`
  for (const chosen of ['show=chosen', 'show=not-chosen', 'show=not-looked-at', 'order=newest'])
    expect(findGrowth((await read(`${incidents}?${chosen}`, 'coordinator')).plans), chosen).toEqual([])
  const breaches = `/cases/${theCase}/orders/${order}/breaches`
  for (const [path, role] of [
    [incidents, 'coordinator'],
    [`${incidents}/conduct`, 'stalking-advocate'],
    [breaches, 'stalking-advocate'],
  ] as const) {
    let next: string | undefined = path
    let last = 0
    let parts = 0
    while (next !== undefined) {
      const from: string = next
      const { text, plans } = await read(from, role)
      expect(findGrowth(plans), from).toEqual([])
      // Each part goes on right behind the last line of the one before.
      if (parts > 0) expect(numbersOn(text)[0], from).toBe(path === incidents ? last + 1 : last - 1)
      const end = await read(`${from}${from.includes('?') ? '&' : '?'}page=40`, role)
      expect(findGrowth(end.plans), from).toEqual([])
      last = numbersOn(end.text).at(-1) ?? 0
      next = /href="([^"]*after=[^"&]*)">Show the/.exec(end.text)?.[1]
      parts += 1
    }
    expect(last, path).toBe(path === incidents ? manyOfACase : 1)
    expect(parts, path).toBe(manyOfACase / mostCounted)
  }
}, 120_000)

test('the further pages of a long trail read no more either, for staff and for the client', async () => {
  for (const path of ['/cases/:case/trail', '/cases/:case/trail?by=program', '/my/looks']) {
    const { text, plans } = await read(path, 'coordinator')
    expect(findGrowth(plans), path).toEqual([])
    const older = /href="([^"]*before=[^"]*)">Older/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    expect(older, path).toBeDefined()
    const further = await read(older ?? '', 'coordinator')
    expect(findGrowth(further.plans), older).toEqual([])
    if (path === '/my/looks') expect(further.text).toContain('Test coordinator')
  }
})

test('the filters, orders and parts of the evidence of a large case read no more either, and every item is in one part', async () => {
  const evidence = `/cases/${theCase}/evidence`
  for (const chosen of ['show=failed', 'show=read', 'show=being-read', 'order=as-they-came&page=40'])
    expect(findGrowth((await read(`${evidence}?${chosen}`, 'coordinator')).plans), chosen).toEqual([])
  for (const start of [evidence, `${evidence}?order=as-they-came`]) {
    let next: string | undefined = start
    let through = 0
    while (next !== undefined) {
      const from: string = next
      const { text, plans } = await read(`${from}${from.includes('?') ? '&' : '?'}page=40`, 'coordinator')
      expect(findGrowth(plans), from).toEqual([])
      through += Number(/All \(([\d,]+)\)/.exec(text)?.[1]?.replace(',', ''))
      next = /href="([^"]*after=[^"&]*)">Show the/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(through, start).toBe(manyOfACase)
  }
  const custody = await read(`${evidence}/custody?page=150`, 'coordinator')
  expect(findGrowth(custody.plans)).toEqual([])
  expect((await read(`${evidence}/custody?check=whole`, 'coordinator')).text).toContain(
    'The log is whole: 5,000 lines',
  )
})

/** The numbers of the incidents that a page lists, in its order. */
const numbersOn = (text: string): readonly number[] =>
  [...text.matchAll(/>\s*Incident (\d+)[.<]/g)].map(([, number]) => Number(number))

test('a case page of a large clinic goes through nobody else’s cases', async () => {
  const other = await openTestCase(world)
  expect(findGrowth((await read(`/cases/${other}`, 'coordinator')).plans)).toEqual([])
})

test('what is looked for is what the functions of the database ask', async () => {
  for (const [name, words] of lookUps)
    expect(await readFile(new URL(`functions/${name}.sql`, databaseFiles), 'utf8'), name).toMatch(words)
})

test('a list that asks for every case, or of every line, is seen', async () => {
  const grows = async (statement: string): Promise<string> => {
    heard = []
    await world.clinic.database.transaction(world.as('coordinator'), transaction =>
      sql.raw(statement).execute(transaction.tables()),
    )
    return findGrowth(heard).join('\n')
  }
  // As the caseload and the tasks were asked for once.
  expect(await grows('select case_id from unwatched.case_file order by opened_at desc')).toMatch(
    /agreed_parts was asked \d{4} times/,
  )
  expect(await grows('select kind from unwatched.task')).toMatch(/of task: \d{4} rows/)
  expect(await grows("select case_id from unwatched.referral where state = 'waiting'")).toMatch(
    /is_barred was asked \d{4} times/,
  )
}, 120_000)
