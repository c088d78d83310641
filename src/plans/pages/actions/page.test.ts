import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('actions are added by those who work with the plan of a case in their sight', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/actions`
  expect(await site.statuses([`${path}/actions`, closed])).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const)
    expect(await site.statuses([`${path}/actions`], role), role).toEqual([404])
  expect((await site.post(`${path}/actions`, {}, { as: 'police-liaison' })).status).toBe(404)
})

test('S2 actions need words and an owner, and what is to stand on the client’s copy must be fit for anybody to read', async () => {
  const { path } = await site.openPlan()
  const none = await site.post(`${path}/actions`, {}, { as })
  expect(none.text).toContain('<a href="#a1-words">Enter at least one action</a>')
  const half = await site.post(
    `${path}/actions`,
    { 'a2-words': 'Ring the police about the stalker', 'a2-gates': 'ready-with', 'a2-show': 'yes' },
    { as },
  )
  expect(half.status).toBe(422)
  expect(half.text).toContain('<a href="#a2-owner">Select who does it</a>')
  expect(half.text).toContain('<a href="#a2-ready">Enter what must be ready first</a>')
  expect(half.text).toContain('<a href="#a2-plain">Enter plain words')
  expect(half.text).toContain('Ring the police about the stalker</textarea>')
  const form = (await site.get(`${path}/actions`, { as })).text
  expect(form).toContain('the client’s own page say “Ask us about number …”')
  const action = { 'a1-words': 'Ring the gas company', 'a1-owner': 'client' }
  await site.addAction(path, {
    ...action,
    'a2-words': 'Feed the cat',
    'a2-owner': 'client',
    'a2-show': 'yes',
  })
  const plan = (await site.get(path, { as })).text
  expect(plan).toContain('On the client’s copy: <bdi>Ask us about number 1</bdi>')
  expect(plan).not.toContain('Ask us about number 2')
  const copy = (await site.get(`${path}/print`, { as })).text
  expect(copy).toContain('Ask us about number 1')
  expect(copy).toContain('Feed the cat')
  expect(copy).not.toContain('gas company')
  // Plain words that say what is planned are refused too.
  const second = await site.post(
    `${path}/actions`,
    { ...action, 'a1-plain': 'Change the password of the old mailbox' },
    { as },
  )
  expect(second.text).toContain('<a href="#a1-plain">Enter plain words')
})

test('actions that were added are in the plan as proposed, and in the trail; none without a plan', async () => {
  const { caseId, path } = await site.openPlan()
  await site.addAction(path, { 'a2-words': 'Ring the landlord', 'a2-owner': site.world.agencies.lead })
  const plan = (await site.get(path, { as })).text
  expect(plan).toContain('Change &lt;i&gt;the&lt;/i&gt; password')
  expect(plan).toContain('Ring the landlord')
  expect(plan).toContain('Proposed')
  expect(await verbsOf(site.world, caseId)).toEqual(['plan-made', 'plan-actions-added'])
  const none = `/cases/${await openTestCase(site.world)}/plan/actions`
  const early = await site.post(none, { 'a1-words': 'Ring <b>them</b>', 'a1-owner': 'client' }, { as })
  expect(early.status).toBe(409)
  expect(early.text).toContain('Ring &lt;b&gt;them&lt;/b&gt;</textarea>')
})
