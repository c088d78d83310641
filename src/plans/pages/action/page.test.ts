import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('an action is opened and changed by those who work with the plan, and is of one case', async () => {
  const { path } = await site.openPlan()
  const action = await site.addAction(path)
  const other = await site.openPlan()
  const absent = '01900000-0000-7000-8000-000000000000'
  const paths = [action, action.replace(path, other.path), `${path}/actions/${absent}`]
  expect(await site.statuses(paths)).toEqual([200, 404, 404])
  for (const role of ['police-liaison', 'manager'] as const)
    expect(await site.statuses([action], role), role).toEqual([404])
  for (const to of [action, `${action}/step`])
    expect((await site.post(to, {}, { as: 'police-liaison' })).status, to).toBe(404)
  for (const to of [action, `${action}/step`])
    expect((await site.post(to.replace(path, other.path), {}, { as })).status, to).toBe(404)
})

test('an action without words, or somebody to do it, is not kept, and what was typed stays', async () => {
  const { caseId, path } = await site.openPlan()
  const action = await site.addAction(path)
  const empty = await site.post(action, { words: '', owner: 'client', seen: await site.seen(action) }, { as })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#words">Enter what is to be done</a>')
  const nobody = await site.post(action, { words: 'Ring <b>them</b>', seen: await site.seen(action) }, { as })
  expect(nobody.text).toContain('<a href="#owner">Select who does it</a>')
  expect(nobody.text).toContain('Ring &lt;b&gt;them&lt;/b&gt;</textarea>')
  expect((await site.get(path, { as })).text).toContain('Change &lt;i&gt;the&lt;/i&gt; password')
  expect(await verbsOf(site.world, caseId)).toEqual(['plan-made', 'plan-actions-added'])
})

test('S9 an action is not scheduled before its gate is met, and the page says which', async () => {
  const { path } = await site.openPlan()
  const action = await site.addAction(path, {
    'a1-gates': 'evidence-captured',
    ...day('a1-due', '2026-03-20'),
  })
  const step = async (to: string) =>
    site.post(`${action}/step`, { to, seen: await site.seen(action) }, { as })
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
  expect((await site.post(action, { ...form, seen: await site.seen(action) }, { as })).location).toBe(path)
  expect((await step('scheduled')).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Scheduled')
  const { met: _, ...unmet } = form
  await site.post(action, { ...unmet, seen: await site.seen(action) }, { as })
  expect((await site.get(path, { as })).text).toContain('Waiting until it is safe')
})

test('when two people change the same action at once the second one is told, and what they wrote stays', async () => {
  const { path } = await site.openPlan()
  const action = await site.addAction(path)
  const before = await site.seen(action)
  const form = (words: string) => ({ words, owner: 'client', seen: before })
  expect((await site.post(action, form('Mine'), { as })).status).toBe(303)
  const second = await site.post(action, form('Theirs'), { as: 'coordinator' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague changed this while you were writing')
  expect(second.text).toContain('<bdi>Mine</bdi>')
  expect(second.text).toContain('Theirs</textarea>')
})
