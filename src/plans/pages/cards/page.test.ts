import { afterAll, beforeAll, expect, test } from 'vitest'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { knownPersonMap } from '../../../app/demo/map-stories.ts'
import { playMap } from '../../../app/demo/play-map.ts'
import { loadPlanForClient } from '../../operations/load-plan-for-client.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('steps become actions by those who work with the plan of a case in their sight', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/cards`
  expect(await site.statuses([`${path}/cards`, closed])).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const)
    expect(await site.statuses([`${path}/cards`], role), role).toEqual([404])
  expect((await site.post(`${path}/cards`, {}, { as: 'police-liaison' })).status).toBe(404)
})

test('a step of the lock-out plan becomes an action that follows its card, also for people who may not see the map', async () => {
  const { path, caseId } = await site.openPlan()
  const things = knownPersonMap.things.filter(({ entry }) => entry === 'phone')
  await playMap(site.world.clinic, site.world.as('cyber-adviser'), caseId, 'cards', {
    ...knownPersonMap,
    things,
  })
  const adviser = { as: 'cyber-adviser' } as const
  const lockOut = `/cases/${caseId}/map/lock-out`
  expect((await site.get(`${path}/cards`, { as })).text).toContain('is left to add')
  const order = /name="order" value="([^"]*)"/.exec((await site.get(lockOut, adviser)).text)?.[1] ?? ''
  // Something may be noticed from the hour the client chose, which has come.
  const hour = { 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '9:00' }
  const chosen = { order, seen: '0', mode: 'quiet', ...hour }
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
    const refused = await site.post(`${page}/step`, { to, seen: await site.seen(page) }, { as })
    expect([refused.status, refused.text.includes('This action follows its card')]).toEqual([409, true])
  }
  const marked = { to: 'done', seen: '1' }
  expect((await site.post(`${lockOut}/cards/${cards[0]}`, marked, adviser)).location).toBe(lockOut)
  const actor = { kind: 'client', clinicId: site.world.clinic.clinicId, caseId } as const
  const states = async () =>
    (
      await site.world.clinic.database.transaction(actor, tx =>
        loadPlanForClient(site.world.clinic, tx, caseId),
      )
    )?.actions.map(each => each.state)
  expect(await states()).toEqual(['Done', 'Not yet'])
  const shown = (await site.get(path, { as: 'police-liaison' })).text
  expect(shown).toContain('govuk-tag--green')
  // What was done has to be done again: the action is not ahead of its card.
  const undone = { to: 'to-do', seen: '2' }
  expect((await site.post(`${lockOut}/cards/${cards[0]}`, undone, adviser)).location).toBe(lockOut)
  expect(await states()).toEqual(['Not yet', 'Not yet'])
})
