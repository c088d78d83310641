import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic('2026-11-26T10:00:00Z')
  site = await openTestSite(world)
  const caseId = await openTestCase(world, { clientName: 'Countess Fictional' })
  await asOwner(world.ownerUrl, async client => {
    const add = (month: string, many: number, state: string) =>
      client.query(
        `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state, client_name, answers, decision)
         select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'phone', ($2 || '-10T12:00:00Z')::timestamptz, 'client', $4, 'Countess Fictional', '{}', '{}'
         from generate_series(1, $3::int)`,
        [world.clinic.clinicId, month, many, state],
      )
    await add('2026-03', 41, 'not-ours')
    await add('2026-04', 3, 'not-ours')
    await add('2025-03', 32, 'not-ours')
    await client.query(
      `update unwatched.referral set received_at = '2026-10-01T09:00:00Z' where case_id = $1`,
      [caseId],
    )
  })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

test('figures are for a manager, and the database tells nobody else', async () => {
  for (const role of ['coordinator', 'administrator', 'police-liaison', 'call-handler'] as const) {
    expect((await site.get('/figures', { as: role })).status).toBe(403)
    const found = await world.clinic.database.transaction(world.as(role), async transaction => {
      const { loadReferralCounts } = await import('../../store.ts')
      return loadReferralCounts(transaction, 'Europe/London')
    })
    expect(found).toEqual([])
  }
  expect((await site.get('/figures')).location).toContain('/sign-in')
})

test('S6 a manager sees rounded months and totals, nothing small and no name', async () => {
  const { status, text } = await site.get('/figures', { as: 'manager' })
  expect(status).toBe(200)
  expect(text).toContain('From November 2025 to October 2026')
  expect(text).toContain('about 45')
  expect(text).toContain('about 30')
  expect(text).toContain('Too small to show')
  expect(text).not.toContain('Countess')
  expect(text).not.toMatch(/>3</)
})

test('what if more people ask: every wrong number is named, and the answer is arithmetic', async () => {
  const bad = await site.get('/figures?referrals=&share=140&appointments=two&slots=0', { as: 'manager' })
  expect(bad.status).toBe(422)
  for (const words of [
    'Enter referrals a month',
    'must be a number from 0 to 100',
    'Appointments for each case must be a number',
    'must be a number from 1 to 1000',
  ])
    expect(bad.text).toContain(words)
  const good = await site.get('/figures?referrals=400&share=40&appointments=2&slots=25', { as: 'manager' })
  expect(good.text).toContain('About 74 appointments a week are needed')
  expect(good.text).toContain('after 12 months')
})
