import { afterAll, beforeAll, expect, test } from 'vitest'
import { day } from '../../../../test/support/date-fields.ts'
import { type OrdersSite, openOrdersSite, served } from '../../../../test/support/orders-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('orders of a case out of sight are not found, nor by a role that has nothing to do with them', async () => {
  const { base } = await site.open()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/orders`
  expect(await site.statuses([closed])).toEqual([404])
  for (const role of ['manager', 'call-handler', 'administrator'] as const)
    expect((await site.get(base, { as: role })).status).toBe(404)
  const idva = (await site.get(base, { as: 'idva' })).text
  expect(idva).toContain('Stalking Protection Order')
  expect(idva, 'an IDVA reads and is offered nothing else').not.toContain(`${base}/new`)
  expect((await site.get(base, { as })).text).toContain(`${base}/new`)
})

test('a case without an order says so', async () => {
  const base = `/cases/${await openTestCase(site.world)}/orders`
  expect((await site.get(base, { as })).text).toContain('There are no orders in this case yet')
})

test('an incident after service is shown as a possible breach until a person has decided, and one before it is not', async () => {
  const { caseId, base, path } = await site.open()
  await site.incident(caseId, '2026-02-09T14:29:00Z')
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
  const after = await site.incident(caseId, '2026-02-12T14:31:00Z')
  const list = await site.get(base, { as: 'police-liaison' })
  expect(list.text).toContain('A possible breach is not a finding')
  expect(list.text).toContain('After they knew of the order')
  const decided = { taken: 'no', reason: 'Not them', seen: '0' }
  expect((await site.post(`${path}/breaches/${after}`, decided, { as })).location).toBe(path)
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
})

test('where only the day of service is known, an incident of that day may be before it', async () => {
  const { caseId, base } = await site.open({ ...served, servedTime: '' })
  await site.incident(caseId, '2026-02-12T20:00:00Z')
  expect((await site.get(base, { as })).text).toContain(
    'May be before service or anything else that told them',
  )
})

test('contact between the making and service is shown with the question, also when nobody recorded service', async () => {
  const { caseId, base, path } = await site.open({ ...served, kind: 'restraining' })
  await site.incident(caseId, '2026-02-11T10:00:00Z')
  const list = await site.get(base, { as })
  expect(list.text).toContain('before service or anything else that told them')
  expect(list.text).toContain('Ask whether they knew of it')
  const unserved = await site.open({
    ...served,
    kind: 'bail',
    service: 'not-known',
    ...day('servedOn', '--'),
    servedTime: '',
  })
  await site.incident(unserved.caseId, '2026-02-20T10:00:00Z')
  const bail = await site.get(unserved.path, { as })
  expect(bail.text).toContain('Nothing here says that they were served or told')
  expect(bail.text).toContain('Not an offence: they can be arrested for it')
  expect(path).toContain(base)
})

test('S8 no word of an order is readable in the database, and no revision is changed', async () => {
  const { caseId } = await site.open({ ...served, court: 'Xyzzyplugh' })
  await asOwner(site.world.ownerUrl, async db => {
    const rows = await db.query('select o::text as row from unwatched.order_revision o where case_id = $1', [
      caseId,
    ])
    expect(JSON.stringify(rows.rows)).not.toContain('Xyzzyplugh')
    await expect(db.query('update unwatched.order_revision set revision = 9')).rejects.toThrow()
    await expect(db.query('delete from unwatched.breach_decision')).rejects.toThrow()
  })
})

test('an order that they were served with or learnt of asks for a review of the plan', async () => {
  const { caseId } = await site.open({ kind: 'spo', made: 'not-yet', ...day('appliedOn', '2026-02-10') })
  const plan = `/cases/${caseId}/plan`
  await site.post(plan, { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-07-02') }, { as })
  expect((await site.get(plan, { as })).text).not.toContain('An order was served, or they learnt of it, ')
  const present = { ...served, knew: 'present', service: 'not-yet', servedTime: '', ...day('servedOn', '--') }
  await site.post(`/cases/${caseId}/orders/new`, present, { as })
  expect((await site.get(plan, { as })).text).toContain(
    'An order was served, or they learnt of it, 2 March 2026',
  )
})
