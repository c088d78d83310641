import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import {
  openTestSite,
  type SiteAnswer,
  type TestSite,
  type Visitor,
} from '../../../test/support/test-site.ts'
import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { raiseTask } from '../../contact/operations/raise-task.ts'
import type { CaseId } from '../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'coordinator' } as const
const pass = (minutes: number): void =>
  world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString())

type Given = { readonly caseId: CaseId; readonly open: string; readonly duress: string }
async function newCase(clientName = 'Alex Bryony Crane'): Promise<Given> {
  const caseId = await openTestCase(world, { clientName })
  const made = await site.post(`/cases/${caseId}/phrase`, { check: 'code-words', agreed: 'yes' }, as)
  const slips = [...made.text.matchAll(/slip"><strong>([a-z ]+)<\/strong>/g)].map(match => match[1] ?? '')
  return { caseId, open: slips[0] ?? '', duress: slips[1] ?? '' }
}
async function signIn(phrase: string): Promise<Visitor> {
  const visitor = await site.visitor()
  expect((await visitor.post('/my/words', { words: phrase })).location).toBe('/my')
  return visitor
}
const write = (visitor: Visitor, what: string): Promise<SiteAnswer> =>
  visitor.post('/my/notes/new', { what, precision: 'unknown' })
/** What the form of a page that looks into a use carries. */
function carried(text: string): { readonly uses: string; readonly last: string } {
  const of = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
  return { uses: of('uses'), last: of('last') }
}
const settle = (caseId: CaseId, fields: Readonly<Record<string, string>>): Promise<SiteAnswer> =>
  site.post(`/cases/${caseId}/phrase/second`, fields, as)
const openUses = async (caseId: CaseId): Promise<number> => {
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ n: number }>(
      `select count(*)::int as n from unwatched.phrase_use where case_id = $1 and kind = 'duress' and seen_at is null`,
      [caseId],
    ),
  )
  return rows[0]?.n ?? 0
}

test('S4 the alarm comes first on every page of those who may act, from the sign-in on, whatever waits in the queue', async () => {
  const older = await newCase('Older Fictional')
  const access = { caseId: older.caseId, part: 'contact', mode: 'write' } as const
  await withCase(world.clinic.database, world.as('coordinator'), access, async transaction => {
    for (let each = 0; each < 100; each += 1)
      await raiseTask(transaction, { caseId: older.caseId, kind: 'review-due', because: 'review-due' })
    return true
  })
  pass(5)
  const touched = await newCase('Touched Fictional')
  const newest = await newCase('Newest Fictional')
  // No queue works in this clinic: whatever is raised is raised by the sign-in itself.
  await signIn(touched.duress)
  pass(12)
  const inCase = ['', '/contact', '/appointments', '/phrase', '/trail', '/plan', '/plan/print', '/evidence']
  const lists = [
    '/staff',
    '/cases',
    '/tasks',
    '/triage',
    '/appointments',
    '/reviews',
    '/admin/acts',
    '/admin/people',
  ]
  const elsewhere = [`/cases/${newest.caseId}`, `/cases/${newest.caseId}/contact`]
  for (const path of [...lists, ...inCase.map(part => `/cases/${touched.caseId}${part}`), ...elsewhere]) {
    const { status, text } = await site.get(path, as)
    expect([path, status === 200 || status === 403]).toEqual([path, true])
    const body = text.slice(text.indexOf('<body'))
    const at = body.indexOf('the second phrase was used 12 minutes ago')
    expect([path, at > 0]).toEqual([path, true])
    // Nothing that can be followed or filled in comes before it but the link past it.
    expect(body.slice(0, at).replace(/<a [^>]*govuk-skip-link.*?<\/a>/g, ''), path).not.toMatch(
      /<a |<table|<form|<h1|<h2/,
    )
    // Where it is looked into is one click away, and there is one alarm for the case.
    expect(body.slice(at, at + 400)).toContain(`href="/cases/${touched.caseId}/phrase#what-to-do-now"`)
    expect(body.split('the second phrase was used').length, path).toBe(2)
  }
  // No channel may be used while nobody has looked into it.
  await site.post(`/cases/${touched.caseId}/contact/plan`, { wants: 'yes', voicemail: 'never' }, as)
  const hours = { days: ['1'], from: '08:00', until: '20:00' }
  const channel = { kind: 'phone', value: '07700 900123', safe: 'yes', mayRemind: 'no', ...hours }
  await site.post(`/cases/${touched.caseId}/contact/channels/new`, channel, as)
  const silent = 'Do not ring it. The client’s second phrase was used, and nobody has looked into it'
  expect((await site.get(`/cases/${touched.caseId}/contact`, as)).text).toContain(silent)
  // On the caseload its line comes first.
  const order = (text: string) => ['Touched', 'Newest'].map(name => text.indexOf(`${name} Fictional`))
  const [first = 0, second = 0] = order((await site.get('/cases', as)).text)
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(second)
  // A colleague who does not keep contact with the client learns nothing of it.
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const)
    expect((await site.get('/staff', { as: role })).text, role).not.toContain('second phrase')
  // A use that comes again is the same alarm, which counts it.
  await signIn(touched.duress)
  expect((await site.get('/staff', as)).text).toContain('used 2 times, the last time less than a minute ago')
})

test('S4 an alarm is not closed without a note, nor before what was written was read, and one that came meanwhile stays open', async () => {
  const { caseId, duress } = await newCase()
  const visitor = await signIn(duress)
  const page = (await site.get(`/cases/${caseId}/phrase`, as)).text
  const unsaid = await settle(caseId, { ...carried(page), note: '  ' })
  expect(unsaid.status).toBe(422)
  expect(unsaid.text).toContain('Enter what you did about it')
  await write(visitor, 'The blue kettle is broken')
  const unread = await settle(caseId, { ...carried(page), note: 'Rang her sister.' })
  expect(unread.status).toBe(422)
  expect(unread.text).toContain(
    'Something was written meanwhile, so nothing is closed and your note is not kept yet',
  )
  expect(unread.text).toContain('The blue kettle is broken')
  expect(unread.text).toContain('Rang her sister.')
  expect(await openUses(caseId)).toBe(1)
  pass(1)
  await signIn(duress)
  const used = await settle(caseId, { ...carried(unread.text), note: 'Rang her sister.' })
  expect(used.status).toBe(422)
  expect(used.text).toContain('so the alarm stands. Your note is kept with the earlier uses.')
  expect(used.text).toMatch(/<textarea[^>]*>Rang her sister\.</)
  expect(await openUses(caseId)).toBe(1)
  const rest = (await site.get(`/cases/${caseId}/phrase`, as)).text
  expect(
    (await settle(caseId, { ...carried(rest), uses: `${carried(rest).uses} nonsense`, note: 'Safe.' }))
      .status,
  ).toBe(303)
  expect(await openUses(caseId)).toBe(0)
  // Sent twice, it is kept once; and others cannot.
  await settle(caseId, { ...carried(rest), note: 'Safe.' })
  expect((await site.get(`/cases/${caseId}/phrase`, as)).text.split('Safe.').length).toBe(2)
  // Somebody who comes second is told that theirs is not kept, and has it back.
  const late = await settle(caseId, { ...carried(rest), note: 'I wrote for ten minutes.' })
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody else closed this while you wrote. Your note is not kept')
  expect(late.text).toMatch(/id="note"[\s\S]*I wrote for ten minutes\./)
  for (const role of ['police-liaison', 'manager'] as const)
    expect((await site.post(`/cases/${caseId}/phrase/second`, { note: 'x' }, { as: role })).status).toBe(404)
  // What is written afterwards in a visit that goes on raises it again.
  pass(3)
  await write(visitor, 'He is asleep now')
  expect(await openUses(caseId)).toBe(1)
  const again = (await site.get(`/cases/${caseId}/phrase`, as)).text
  expect(again).toContain('Something was written after it was looked into')
  expect(again).toContain('He is asleep now')
  // The alarm leads to where the advice begins.
  expect(again).toMatch(
    /<h2[^>]* id="what-to-do-now">What to do now<\/h2>[\s\S]{0,400}The second phrase was used/,
  )
})

test('S4 however they race, a use is closed only with a note, and none is closed over words that nobody read', async () => {
  const act = fc.constantFrom('use', 'note', 'settle', 'settle', 'settle-stale', 'settle-no-note')
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), fc.boolean(), async (acts, isRaced) => {
      const { caseId, duress } = await newCase()
      const visitor = await signIn(duress)
      const stale = carried((await site.get(`/cases/${caseId}/phrase`, as)).text)
      const run = async (what: (typeof acts)[number]): Promise<void> => {
        if (what === 'use') await signIn(duress)
        else if (what === 'note') await write(visitor, 'A word')
        else {
          const fresh = carried((await site.get(`/cases/${caseId}/phrase`, as)).text)
          const note = what === 'settle-no-note' ? ' ' : 'Spoke to her at work.'
          await settle(caseId, { ...(what === 'settle-stale' ? stale : fresh), note })
        }
      }
      if (isRaced) await Promise.all(acts.map(run))
      else for (const what of acts) await run(what)
      const { rows } = await asOwner(world.ownerUrl, owner =>
        owner.query<{
          open: number
          unnoted: number
          written: Date | null
          looked: Date | null
          unread: number
        }>(
          `select (select count(*)::int from unwatched.phrase_use u where u.case_id = $1 and u.seen_at is null) as open,
             (select count(*)::int from unwatched.phrase_use u where u.case_id = $1 and u.seen_at is not null
                and u.access_id is null) as unnoted,
             (select count(*)::int from unwatched.diary_entry d join unwatched.companion c on c.companion_id = d.case_id
              where c.case_id = $1 and not exists (select 1 from unwatched.act a where a.case_id = c.companion_id
                and a.verb = 'duress-notes-read' and a.act_id > (select min(w.act_id) from unwatched.act w
                  where w.subject = d.entry_id::text and w.verb = 'diary-entry-written'))) as unread`,
          [caseId],
        ),
      )
      const reason = `${acts.join(' ')} ${isRaced}`
      expect(rows[0]?.unnoted, reason).toBe(0)
      // Where words are left that no member of staff has had on a page, the alarm stays.
      if ((rows[0]?.unread ?? 0) > 0) expect(rows[0]?.open, reason).toBeGreaterThan(0)
    }),
    { numRuns: 8 },
  )
}, 120_000)

test('S4 the database itself closes no use without its note, and gives a client nothing of the other file', async () => {
  const { caseId, duress, open } = await newCase()
  await write(await signIn(duress), 'Written there')
  await write(await signIn(open), 'Written here')
  const seen = `update unwatched.phrase_use set seen_at = unwatched.time_now(), seen_by = unwatched.person_now()
                where case_id = '${caseId}' and kind = 'duress'`
  const done = world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    await sql.raw(seen).execute(transaction.tables())
  })
  await expect(done).rejects.toThrow(/closed with a note/)
  expect(await openUses(caseId)).toBe(1)
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ companion_id: CaseId }>('select companion_id from unwatched.companion where case_id = $1', [
      caseId,
    ]),
  )
  const companion = rows[0]?.companion_id as CaseId
  const mayRead = async (own: CaseId, other: CaseId) => {
    const actor = { kind: 'client', clinicId: world.clinic.clinicId, caseId: own } as const
    return world.clinic.database.transaction(actor, async transaction => {
      const [mine, not] = [
        await accessCase(transaction, { caseId: own, part: 'diary', mode: 'read' }),
        await accessCase(transaction, { caseId: other, part: 'diary', mode: 'read' }),
      ]
      const found = await sql<{ n: number }>`select count(*)::int as n from unwatched.diary_entry
        where case_id in (${own}, ${other})`.execute(transaction.tables())
      const files = await sql<{ n: number }>`select count(*)::int as n from unwatched.companion`.execute(
        transaction.tables(),
      )
      return [mine, not, found.rows[0]?.n, files.rows[0]?.n]
    })
  }
  expect(await mayRead(caseId, companion)).toEqual([true, false, 1, 0])
  expect(await mayRead(companion, caseId)).toEqual([true, false, 1, 0])
  // Nobody on the staff opens it, by whatever address.
  for (const role of ['coordinator', 'stalking-advocate', 'idva'] as const)
    for (const part of ['', '/diary', '/phrase', '/trail'])
      expect((await site.get(`/cases/${companion}${part}`, { as: role })).status).toBe(404)
})

test('S4 what a visit with the second phrase leaves is in no list, no count and no search of staff', async () => {
  const { caseId, duress } = await newCase('Vera Fictional')
  const pages = [
    '/cases',
    '/cases?closed=yes',
    '/triage',
    '/tasks',
    '/appointments',
    '/reviews',
    '/admin/acts',
    '/figures',
  ]
  const inCase = [
    '',
    '/diary',
    '/incidents',
    '/evidence',
    '/plan',
    '/contact',
    '/bundles',
    '/chronology',
  ].map(part => `/cases/${caseId}${part}`)
  const roles = ['coordinator', 'stalking-advocate', 'manager', 'administrator', 'police-liaison'] as const
  const visitors = await Promise.all(roles.map(role => site.visitor(role)))
  const read = async () => {
    const linesOfFigures = (text: string): number => text.match(/Read the figures/g)?.length ?? 0
    const found: string[] = []
    for (const [at, visitor] of visitors.entries())
      for (const path of [...pages, ...inCase]) {
        const { status, text } = await visitor.get(path)
        // The alarm is what they are told of it; tokens are drawn again; on the caseload its line comes first.
        const plain =
          path.startsWith('/cases?') || path === '/cases'
            ? (text.match(/href="\/cases\/[^"]*"|>[A-Z]-[A-Z0-9]+</g) ?? [])
                .filter(each => !each.includes('/phrase'))
                .sort()
                .join()
            : text
                .replace(/<div class="announcement[\s\S]*?<\/div><\/div>/, '')
                .replace(/ value="[^"]*"/g, '')
                // Anyone who reads this leaves a line of their own.
                .replace(/<tr [^>]*>(?:(?!<\/tr>).)*Read the figures.*?<\/tr>/g, '')
                .replace(
                  /<strong>(\d+)<\/strong> acts? in all/,
                  (_, many) => `${Number(many) - linesOfFigures(text)} acts`,
                )
        found.push(`${roles[at]} ${path} ${status} ${plain}`)
      }
    return found
  }
  await read()
  const before = await read()
  const visitor = await signIn(duress)
  for (let each = 0; each < 3; each += 1) await write(visitor, 'Zanzibar')
  const after = await read()
  const changed = after.filter((page, at) => page !== before[at]).map(page => page.slice(0, 60))
  expect(changed).toEqual([])
  const dump = await asOwner(world.ownerUrl, async owner => {
    const { rows } = await owner.query<{ n: number }>(
      `select (select count(*)::int from unwatched.case_file f join unwatched.companion c on c.companion_id = f.case_id)
            + (select count(*)::int from unwatched.referral r join unwatched.companion c on c.companion_id = r.case_id)
            + (select count(*)::int from unwatched.consent s join unwatched.companion c on c.companion_id = s.case_id) as n`,
    )
    return rows[0]?.n
  })
  expect(dump).toBe(0)
})
