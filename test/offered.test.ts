import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { type CasePart, caseParts } from '../src/foundation/case-part.ts'
import { startSession } from '../src/identity/operations/start-session.ts'
import { decidePermission } from '../src/identity/permission.ts'
import { type Role, roles } from '../src/identity/role.ts'
import { sessionCookie } from '../src/identity/session.ts'
import { visitCookie } from '../src/web/csrf.ts'
import { castDemo, jewels, namesOfTheCase } from './journeys/crawl/play-a-case.ts'
import { shapeOf } from './journeys/crawl/shape-of.ts'
import type { JourneyClinic } from './support/journey-clinic.ts'
import { openPlayedClinic } from './support/played-clinic.ts'
import { asOwner } from './support/test-clinic.ts'

let journey: JourneyClinic
let casePath: string
let caseId: string
const tokens = new Map<Role, string>()
const people = new Map<Role, { readonly personId: string; readonly agencyId: string }>()

beforeAll(async () => {
  ;({ clinic: journey, casePath } = await openPlayedClinic())
  caseId = casePath.split('/').at(-1) ?? ''
  const cast = await castDemo(journey.clinic)
  const actor = { kind: 'task', clinicId: journey.clinic.clinicId, task: 'sign-in' } as const
  for (const role of roles) {
    const member = cast.memberOf(role)
    people.set(role, member)
    tokens.set(
      role,
      await journey.clinic.database.transaction(actor, transaction =>
        startSession(transaction, member.personId),
      ),
    )
  }
}, 240_000)
afterAll(() => journey?.close())

type Look = { readonly status: number; readonly text: string; readonly url: string }

const cookieOf = (role: Role): string =>
  `${sessionCookie}=${tokens.get(role)}; ${visitCookie}=${'v'.repeat(43)}`

async function look(role: Role, path: string, follows = true): Promise<Look> {
  const answer = await fetch(new URL(path, journey.address), {
    headers: { cookie: cookieOf(role) },
    redirect: follows ? 'follow' : 'manual',
  })
  return { status: answer.status, text: await answer.text(), url: answer.url }
}

const atWork = roles.filter(role => caseParts.some(part => decidePermission(role, part, 'read')))

/** The addresses of a case whose page is decided by its part alone. */
const pages = routes.flatMap(route =>
  route.kind === 'case' && route.method === 'GET' && !route.path.slice('/cases/:case'.length).includes(':')
    ? [{ part: route.part, mode: route.mode, path: route.path.replace('/cases/:case', '') }]
    : [],
)

/** Follows every link that somebody is offered, a few of each shape, and answers those that lead nowhere. */
async function findDeadEnds(
  role: Role,
  starts: readonly string[],
  ofEachShape = 2,
  onPage: (page: Look) => void = () => {},
): Promise<{ dead: string[]; seen: number }> {
  const waiting = starts.map(path => ({ to: new URL(path, journey.address), from: 'the start' }))
  const seen = new Map<string, number>()
  const done = new Set<string>()
  const dead: string[] = []
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { to, from } = next
    const shape = shapeOf(to)
    const times = seen.get(shape) ?? 0
    if (done.has(to.href) || times >= ofEachShape) continue
    done.add(to.href)
    seen.set(shape, times + 1)
    const page = await look(role, to.href)
    onPage(page)
    if (page.status !== 200)
      dead.push(`${role}: ${to.pathname}${to.search} answers ${page.status}, offered on ${from}`)
    for (const [, href = ''] of page.text.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)) {
      const link = new URL(href.replaceAll('&amp;', '&'), page.url)
      link.hash = ''
      const isOurs = link.origin === new URL(journey.address).origin
      if (isOurs && !/^\/(leave|assets)/.test(link.pathname)) waiting.push({ to: link, from: to.pathname })
    }
  }
  return { dead, seen: done.size }
}

/** The pages that each role came upon by following what it was offered. */
const offered = new Map<Role, readonly Look[]>()

test('S5 nobody in the clinic is offered a page that they cannot open', async () => {
  const found = await Promise.all(
    roles.map(async role => {
      const pagesOfRole: Look[] = []
      const starts = atWork.includes(role) ? ['/staff', casePath] : ['/staff']
      if (decidePermission(role, 'contact', 'read')) starts.push(`${casePath}/contact`)
      const followed = await findDeadEnds(role, starts, 2, page => pagesOfRole.push(page))
      offered.set(role, pagesOfRole)
      expect(followed.seen, role).toBeGreaterThan(atWork.includes(role) ? 20 : 1)
      return followed.dead
    }),
  )
  expect(found.flat()).toEqual([])
}, 240_000)

test('S6 no page, title or address that anybody is led to shows a sealed detail, and no line of the log', () => {
  expect(offered.size).toBe(roles.length)
  for (const [role, pagesOfRole] of offered)
    for (const { url, text } of pagesOfRole)
      for (const jewel of jewels) {
        expect(text.includes(jewel), `${role} reads “${jewel}” on ${url}`).toBe(false)
        expect(decodeURIComponent(url)).not.toContain(jewel)
      }
  const logged = journey.logged.join('\n')
  expect(journey.logged.length).toBeGreaterThan(200)
  for (const word of [...jewels, ...namesOfTheCase])
    expect(logged.includes(word), `“${word}” is in the log`).toBe(false)
})

/** Sets what the agency of a role may see by consent, behind the program's back. */
async function consentTo(role: Role, parts: readonly CasePart[]): Promise<void> {
  await asOwner(journey.ownerUrl, client =>
    client.query('update unwatched.consent set parts = $1 where case_id = $2 and agency_id = $3', [
      [...parts],
      caseId,
      people.get(role)?.agencyId,
    ]),
  )
}

/** What was recorded as asked for in the case since an act: who, whether it was opened or refused, and which part. */
async function askedSince(act: number): Promise<readonly string[]> {
  const found = await asOwner(journey.ownerUrl, client =>
    client.query<{ line: string }>(
      `select p.role || ' ' || a.verb || ' ' || a.part as line from unwatched.act a join unwatched.person p using (person_id)
       where a.case_id = $1 and a.act_id > $2 and not a.detail ?| '{beside,again}' order by a.act_id`,
      [caseId, act],
    ),
  )
  return found.rows.map(row => row.line)
}

async function latestAct(): Promise<number> {
  const found = await asOwner(journey.ownerUrl, client =>
    client.query<{ act: string }>('select max(act_id) as act from unwatched.act'),
  )
  return Number(found.rows[0]?.act ?? 0)
}

const someParts = fc.subarray([...caseParts], { minLength: 1 })
const visit = fc.record({ role: fc.constantFrom(...atWork), page: fc.constantFrom(...pages) })

test('S5 whatever was agreed to, a page offers only what can be opened, and the trail holds what was asked for and no more', async () => {
  expect(pages.length).toBeGreaterThan(25)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...atWork),
      someParts,
      fc.array(visit, { minLength: 1, maxLength: 8 }),
      async (narrowed, parts, visits) => {
        for (const role of atWork) await consentTo(role, caseParts)
        await consentTo(narrowed, parts)
        const agencyOf = (role: Role) => people.get(role)?.agencyId
        const consented = (role: Role) => (agencyOf(role) === agencyOf(narrowed) ? parts : caseParts)
        const since = await latestAct()
        const expected: string[] = []
        for (const { role, page } of visits) {
          const may = consented(role).includes(page.part) && decidePermission(role, page.part, page.mode)
          const answer = await look(role, `${casePath}${page.path}`, false)
          expect(answer.status < 400, `${role} at ${page.path}: ${answer.status}`).toBe(may)
          expected.push(`${role} case-${may ? 'opened' : 'refused'} ${page.part}`)
        }
        expect(await askedSince(since)).toEqual(expected)
        const before = await latestAct()
        if (parts.includes('overview')) {
          const { dead } = await findDeadEnds(narrowed, [casePath], 1)
          expect(dead).toEqual([])
          // Somebody who follows what is offered is never refused anything, so nothing in the trail says so.
          expect((await askedSince(before)).filter(line => line.includes('refused'))).toEqual([])
        }
      },
    ),
    { numRuns: 8 },
  )
}, 240_000)

test('S5 a page whose part alone was agreed to is not missing where it is offered', async () => {
  for (const part of caseParts) {
    for (const role of atWork) await consentTo(role, [part])
    await Promise.all(
      atWork.map(async role => {
        for (const page of pages.filter(each => each.part === part)) {
          if (!decidePermission(role, part, page.mode)) continue
          const { status } = await look(role, `${casePath}${page.path}`, false)
          expect([role, page.path, status < 400]).toEqual([role, page.path, true])
        }
      }),
    )
  }
  for (const role of atWork) await consentTo(role, caseParts)
}, 240_000)

type OfferedForm = { readonly at: string; readonly action: string; readonly body: FormData | URLSearchParams }

const attributeOf = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replaceAll('&amp;', '&')

/** The forms of a page with nothing filled in or chosen, as somebody who presses the button at once sends them. */
function emptyFormsOn({ text, url }: Look): readonly OfferedForm[] {
  return [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag = '', inside = '']) => {
    if (attributeOf(tag, 'method') !== 'post') return []
    const body = tag.includes('multipart/form-data') ? new FormData() : new URLSearchParams()
    for (const [input] of inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
      body.append(attributeOf(input, 'name'), attributeOf(input, 'value'))
    return [{ at: new URL(url).pathname, action: new URL(attributeOf(tag, 'action'), url).href, body }]
  })
}

/** What is wrong with how a page says that a form was refused; nothing where it says it as it should. */
function findMuteProblems(form: OfferedForm, { status, text }: Look): readonly string[] {
  const where = `${new URL(form.action).pathname}, from ${form.at}`
  if (status >= 500) return [`${where} answers ${status}`]
  const [, summary] = /data-module="govuk-error-summary">([\s\S]*?)<\/ul>/.exec(text) ?? []
  if (summary === undefined) return []
  const [, title = ''] = /<title>([^<]*)/.exec(text) ?? []
  const fields = [...summary.matchAll(/href="#([^"]*)"/g)].map(([, field = '']) => field)
  return [
    ...(title.startsWith('Error: ') ? [] : [`${where} does not say in its title that there is a problem`]),
    ...(status >= 400 ? [] : [`${where} names a problem and answers ${status}`]),
    ...(fields.length > 0 ? [] : [`${where} names no problem`]),
    ...fields.filter(field => !text.includes(` id="${field}"`)).map(field => `${where} leads to no ${field}`),
  ]
}

// Last in this file: a form that may be sent empty does what it says.
test('every form that is refused says so in its title, and each line of its summary leads to the field it is about', async () => {
  const problems: string[] = []
  const refused = new Set<string>()
  const sent = new Set<string>()
  for (const role of roles)
    for (const form of (offered.get(role) ?? []).flatMap(emptyFormsOn)) {
      const shape = shapeOf(new URL(form.action))
      if (sent.has(shape) || /^\/(sign-out|leave)/.test(shape)) continue
      sent.add(shape)
      const answer = await fetch(form.action, {
        method: 'POST',
        body: form.body,
        redirect: 'manual',
        headers: { cookie: cookieOf(role) },
      })
      const page = { status: answer.status, text: await answer.text(), url: form.action }
      problems.push(...findMuteProblems(form, page))
      if (page.text.includes('data-module="govuk-error-summary"')) refused.add(shape)
    }
  expect(problems).toEqual([])
  expect(refused.size).toBeGreaterThan(60)
}, 240_000)
