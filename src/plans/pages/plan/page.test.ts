import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { knownPersonMap } from '../../../app/demo/map-stories.ts'
import { playMap } from '../../../app/demo/play-map.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { isNeutralTitle } from '../../../identity/neutral-title.ts'
import { loadPlanForClient } from '../../operations/load-plan-for-client.ts'
import { raiseReview } from '../../operations/raise-review.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic('2026-03-02T10:00:00Z')
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = 'idva'
const day = (prefix: string, text: string) => {
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}
const openPlan = async (): Promise<{ caseId: CaseId; path: string }> => {
  const caseId = await openTestCase(world, { clientName: 'Linda <b>Fairweather</b>' })
  const path = `/cases/${caseId}/plan`
  const made = await site.post(
    path,
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-08-02'), safetyAtStart: '2' },
    { as },
  )
  expect(made.location).toBe(path)
  return { caseId, path }
}
const addAction = async (path: string, fields: Record<string, string> = {}): Promise<string> => {
  const form = { 'a1-words': 'Change <i>the</i> password', 'a1-owner': 'client', ...fields }
  expect((await site.post(`${path}/actions`, form, { as })).location).toBe(path)
  const found = [...(await site.get(path, { as })).text.matchAll(/plan\/actions\/([0-9a-f-]{36})/g)]
  return `${path}/actions/${found.at(-1)?.[1]}`
}
const seen = async (path: string) =>
  /name="seen" value="(\d+)"/.exec((await site.get(path, { as })).text)?.[1] ?? ''

test('a plan of a case out of sight is not found, and a police liaison may read it and change nothing', async () => {
  const { path, caseId } = await openPlan()
  const closed = `/cases/${await openTestCase(world, { agencies: ['stalking'] })}/plan`
  for (const tail of ['', '/actions', '/review', '/close', '/reopen', '/history', '/print'])
    expect((await site.get(`${closed}${tail}`, { as })).status, tail).toBe(404)
  for (const tail of ['', '/changed', '/actions', '/review', '/close', '/reopen'])
    expect((await site.post(`${path}${tail}`, {}, { as: 'police-liaison' })).status, tail).toBe(404)
  expect((await site.get(path, { as: 'police-liaison' })).text).not.toContain('Hold a review')
  expect((await site.get(`/cases/${caseId}/plan/history/99`, { as })).status).toBe(404)
  expect((await site.get(`/cases/${caseId}/plan/history/x`, { as })).status).toBe(404)
})

test('a plan of seven months is told what to do, keeps what was typed, and is not made', async () => {
  const path = `/cases/${await openTestCase(world)}/plan`
  const sent = await site.post(
    path,
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-10-02') },
    { as },
  )
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('<a href="#endsOn-day">A plan runs for 6 months at most')
  expect(sent.text).toContain('extend it at a review')
  expect(sent.text).toContain('value="10"')
  const empty = await site.post(path, {}, { as })
  expect(empty.text).toContain('<a href="#startsOn-day">Enter the date the plan starts</a>')
  expect(empty.text).toContain('<a href="#endsOn-day">Enter the date the plan ends</a>')
  expect((await site.get(path, { as })).text).toContain('no safety plan yet')
})

test('a second plan is not made over the first', async () => {
  const { path } = await openPlan()
  const again = await site.post(
    path,
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-07-02') },
    { as },
  )
  expect(again.status).toBe(409)
  expect(again.text).toContain('A colleague made the plan a moment ago')
})

test('actions need words, an owner and plain words where they would say what this is about', async () => {
  const { path } = await openPlan()
  const none = await site.post(`${path}/actions`, {}, { as })
  expect(none.text).toContain('<a href="#a1-words">Enter at least one action</a>')
  const half = await site.post(
    `${path}/actions`,
    { 'a2-words': 'Ring the police about the stalker', 'a2-gates': 'ready-with' },
    { as },
  )
  expect(half.status).toBe(422)
  expect(half.text).toContain('<a href="#a2-owner">Select who does it</a>')
  expect(half.text).toContain('<a href="#a2-ready">Enter what must be ready first</a>')
  expect(half.text).toContain('<a href="#a2-plain">Enter plain words')
  expect(half.text).toContain('Ring the police about the stalker</textarea>')
})

test('S9 an action is not scheduled before its gate is met, and the page says which', async () => {
  const { path } = await openPlan()
  const action = await addAction(path, { 'a1-gates': 'evidence-captured', ...day('a1-due', '2026-03-20') })
  const step = async (to: string) => site.post(`${action}/step`, { to, seen: await seen(action) }, { as })
  const held = await step('scheduled')
  expect(held.status).toBe(409)
  expect(held.text).toContain(
    '<a href="#to">It cannot go ahead before this is true: The evidence it would change is kept first</a>',
  )
  expect((await site.post(`${action}/step`, {}, { as })).status).toBe(422)
  const form = {
    words: 'Change the password',
    owner: 'client',
    gates: 'evidence-captured',
    met: 'evidence-captured',
    ...day('due', '2026-03-20'),
  }
  expect((await site.post(action, { ...form, seen: await seen(action) }, { as })).location).toBe(path)
  expect((await step('scheduled')).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Scheduled')
  const { met: _, ...unmet } = form
  await site.post(action, { ...unmet, seen: await seen(action) }, { as })
  expect((await site.get(path, { as })).text).toContain('Waiting until it is safe')
})

test('when two people change the same action at once the second one is told, and what they wrote stays', async () => {
  const { path } = await openPlan()
  const action = await addAction(path)
  const before = await seen(action)
  const form = (words: string) => ({ words, owner: 'client', seen: before })
  expect((await site.post(action, form('Mine'), { as })).status).toBe(303)
  const second = await site.post(action, form('Theirs'), { as: 'coordinator' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague changed this while you were writing')
  expect(second.text).toContain('<bdi>Mine</bdi>')
  expect(second.text).toContain('Theirs</textarea>')
})

test('a plan is closed with its outcome, reopened, and every revision stays readable', async () => {
  const { path } = await openPlan()
  await addAction(path)
  const empty = await site.confirm(`${path}/close`, {}, { as })
  expect(empty.text).toContain('<a href="#outcome">Select how it is now</a>')
  const close = { outcome: 'reduced', safetyAtEnd: '4', seen: await seen(`${path}/close`) }
  expect((await site.confirm(`${path}/close`, close, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Closed on 2 March 2026. Less contact than before')
  expect((await site.post(`${path}/actions`, { 'a1-words': 'x', 'a1-owner': 'client' }, { as })).status).toBe(
    409,
  )
  const reopen = { ...day('endsOn', '2026-08-20'), seen: await seen(`${path}/reopen`) }
  expect((await site.post(`${path}/reopen`, reopen, { as })).location).toBe(path)
  const history = await site.get(`${path}/history`, { as })
  expect(history.text).toContain('The plan was reopened')
  expect((await site.get(`${path}/history/1`, { as })).text).toContain('There are no actions yet')
  expect((await site.get(`${path}/history/2`, { as })).text).toContain(
    'Change &lt;i&gt;the&lt;/i&gt; password',
  )
})

test('S2 the printed copy does not say what it is, and has a name on it only when somebody chose that', async () => {
  const { path } = await openPlan()
  await addAction(path, {
    'a1-words': 'Report him to the police',
    'a1-plain': 'Make the call you spoke of',
    'a1-owner': world.agencies.police,
  })
  const sheetOf = async (tail: string) => {
    const { text } = await site.get(`${path}/print${tail}`, { as })
    const title = /<title>([^<]*)/.exec(text)?.[1] ?? ''
    const main =
      /<main[^>]*>([\s\S]*)<\/main>/
        .exec(text)?.[1]
        ?.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '') ?? ''
    return { title, words: main.replace(/<[^>]+>/g, ' ') }
  }
  const plain = await sheetOf('')
  expect(isNeutralTitle(plain.title)).toBe(true)
  expect(isNeutralTitle(plain.words)).toBe(true)
  expect(plain.words).toContain('Make the call you spoke of')
  expect(plain.words).not.toContain('Fairweather')
  expect((await sheetOf('?name=yes')).words).toContain('Fairweather')
})

test('S5 the client reads their own plan in plain words and nobody else’s, and their access is recorded', async () => {
  const { path, caseId } = await openPlan()
  const { caseId: other } = await openPlan()
  await addAction(path, { 'a1-words': 'Report him to the police', 'a1-plain': 'Make the call' })
  const client = { kind: 'client', clinicId: world.clinic.clinicId, caseId } as const
  const read = (which: CaseId) =>
    world.clinic.database.transaction(client, transaction =>
      loadPlanForClient(world.clinic, transaction, which),
    )
  const own = await read(caseId)
  expect(own?.actions).toEqual([{ words: 'Make the call', isOfClient: true, dueOn: null, state: 'Not yet' }])
  expect(own?.nextReviewOn).toBe('2026-03-09')
  expect(await read(other)).toBeNull()
  await asOwner(world.ownerUrl, async db => {
    const found = await db.query(
      `select 1 from unwatched.act where case_id = $1 and task = 'client' and part = 'plan'`,
      [caseId],
    )
    expect(found.rowCount).toBe(1)
  })
})

test('a step of the lock-out plan becomes an action that follows its card, also for people who may not see the map', async () => {
  const { path, caseId } = await openPlan()
  const things = knownPersonMap.things.filter(({ entry }) => entry === 'phone')
  await playMap(world.clinic, world.as('cyber-adviser'), caseId, 'cards', { ...knownPersonMap, things })
  const adviser = { as: 'cyber-adviser' } as const
  const lockOut = `/cases/${caseId}/map/lock-out`
  expect((await site.get(`${path}/cards`, { as })).text).toContain('is left to add')
  const order = /name="order" value="([^"]*)"/.exec((await site.get(lockOut, adviser)).text)?.[1] ?? ''
  const chosen = { order, seen: '0', mode: 'quiet' }
  expect((await site.post(lockOut, chosen, adviser)).location).toBe(lockOut)
  const offered = (await site.get(`${path}/cards`, { as })).text
  const cards = [...offered.matchAll(/name="cards" type="checkbox" value="([^"]+)"/g)].map(
    ([, id = '']) => id,
  )
  expect(cards.length).toBe(order.split(' ').length)
  const bad = await site.post(`${path}/cards`, { cards: ['nowhere'], owner: 'nobody' }, { as })
  for (const words of ['Select at least one step', 'Select who does it']) expect(bad.text).toContain(words)
  const form = { cards: cards.slice(0, 2), owner: 'client', ...day('due', '2026-03-09') }
  expect((await site.post(`${path}/cards`, form, { as })).location).toBe(path)
  expect((await site.get(`${path}/cards`, { as })).text).not.toContain(`value="${cards[0]}"`)

  const action = /plan\/actions\/([0-9a-f-]{36})/.exec((await site.get(path, { as })).text)?.[1] ?? ''
  const page = `${path}/actions/${action}`
  expect((await site.get(page, { as })).text).toContain(`${lockOut}/cards/${cards[0]}`)
  for (const to of ['scheduled', 'done', 'declined-by-client']) {
    const refused = await site.post(`${page}/step`, { to, seen: await seen(page) }, { as })
    expect([refused.status, refused.text.includes('This action follows its card')]).toEqual([409, true])
  }
  const marked = { to: 'done', seen: '1' }
  expect((await site.post(`${lockOut}/cards/${cards[0]}`, marked, adviser)).location).toBe(lockOut)
  const actor = { kind: 'client', clinicId: world.clinic.clinicId, caseId } as const
  const states = async () =>
    (
      await world.clinic.database.transaction(actor, tx => loadPlanForClient(world.clinic, tx, caseId))
    )?.actions.map(each => each.state)
  expect(await states()).toEqual(['Done', 'Not yet'])
  const shown = (await site.get(path, { as: 'police-liaison' })).text
  expect(shown).toContain('govuk-tag--green')
  // What was done has to be done again: the action is not ahead of its card.
  const undone = { to: 'to-do', seen: '2' }
  expect((await site.post(`${lockOut}/cards/${cards[0]}`, undone, adviser)).location).toBe(lockOut)
  expect(await states()).toEqual(['Not yet', 'Not yet'])
})

test('S8 no word of a plan is readable in the database', async () => {
  const { path, caseId } = await openPlan()
  await addAction(path, { 'a1-words': 'Xyzzyplugh' })
  await asOwner(world.ownerUrl, async db => {
    const rows = await db.query('select p::text as row from unwatched.plan_revision p where case_id = $1', [
      caseId,
    ])
    expect(JSON.stringify(rows.rows)).not.toContain('Xyzzyplugh')
    expect(JSON.stringify(rows.rows)).not.toContain(Buffer.from('Xyzzyplugh').toString('hex'))
    await expect(db.query('update unwatched.plan_revision set revision = 9')).rejects.toThrow()
  })
})

test('a review is due after a week and after something changed, and holding it settles both', async () => {
  const { path, caseId } = await openPlan()
  expect((await site.get(path, { as })).text).not.toContain('govuk-notification-banner')
  const missing = await site.post(`${path}/changed`, {}, { as })
  expect(missing.text).toContain('<a href="#trigger">Select what changed</a>')
  await site.post(`${path}/changed`, { trigger: 'separation', changedNote: 'He moved out' }, { as })
  // The day has not come: a job that comes too early raises nothing.
  await raiseReview(world.clinic, caseId)
  expect((await site.get('/tasks', { as })).text).not.toContain('A review of the safety plan is due. Hold it')
  expect((await site.get(path, { as })).text).toContain('A separation, 2 March 2026')
  world.clock.moveTo('2026-03-09T10:00:00Z')
  const later = await site.visitor(as)
  expect((await later.get(path)).text).toContain('The first week, due 9 March 2026')
  expect((await later.get('/reviews')).text).toContain(`/cases/${caseId}/plan"`)
  await raiseReview(world.clinic, caseId)
  await raiseReview(world.clinic, caseId)
  const tasks = (await later.get('/tasks')).text
  expect(tasks.split('A review of the safety plan is due. Hold it')).toHaveLength(2)
  expect((await later.post(`${path}/review`, {})).text).toContain(
    '<a href="#note">Enter what was looked at and agreed</a>',
  )
  const page = await later.get(`${path}/review`)
  const revision = /name="seen" value="(\d+)"/.exec(page.text)?.[1] ?? ''
  const note = 'All <b>three</b> done'
  const tooLong = await later.post(`${path}/review`, {
    note,
    seen: revision,
    ...day('extendTo', '2026-12-01'),
  })
  expect(tooLong.text).toContain('<a href="#extendTo-day">The new end must be on or before 9 September 2026')
  world.clock.moveTo('2026-03-09T10:01:00Z')
  const done = await later.post(`${path}/review`, { note, seen: revision, ...day('extendTo', '2026-09-09') })
  expect(done.location).toBe(path)
  const stale = await later.post(`${path}/review`, { note, seen: revision })
  expect(stale.status).toBe(409)
  const { text } = await later.get(path)
  expect(text).not.toContain('govuk-notification-banner')
  expect(text).toContain('2 March 2026 to 9 September 2026')
  expect(text).toContain('All &lt;b&gt;three&lt;/b&gt; done')
  expect((await later.get('/reviews')).text).not.toContain(`/cases/${caseId}/plan"`)
  const asked = await asOwner(world.ownerUrl, db =>
    db.query<{ run_at: Date }>('select run_at from graphile_worker.jobs where key = $1', [
      `review-due ${caseId} ${world.clinic.clinicId}`,
    ]),
  )
  // One month after the second of March, at six by a clock that went forward meanwhile.
  expect(asked.rows.map(row => row.run_at.toISOString())).toEqual(['2026-04-02T05:00:00.000Z'])
})
