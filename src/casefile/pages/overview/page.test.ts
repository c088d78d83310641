import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasefileSite, openCasefileSite } from '../../../../test/support/casefile-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: CasefileSite
beforeAll(async () => {
  site = await openCasefileSite()
})
afterAll(() => site.close())

test('somebody whose agency is no party to the case finds no page, and neither does a role without cases', async () => {
  for (const role of ['cyber-adviser', 'call-handler', 'manager', 'administrator'] as const) {
    const { status, text } = await site.get(site.path, { as: role })
    expect(status).toBe(404)
    expect(text).not.toContain('Fairweather')
  }
  expect((await site.get(site.path)).text).not.toContain('Fairweather')
})

test('the overview says who it is about, what there is, who is party to it and what to do next', async () => {
  const { status, text } = await site.get(site.path, { as: 'stalking-advocate' })
  expect(status).toBe(200)
  expect(text).toContain('Linda &lt;i&gt;Fairweather&lt;/i&gt;')
  expect(text).toContain('Known person with control (a working assumption that may change)')
  expect(text).toContain('1 exhibit')
  expect(text).toContain('0 incidents')
  expect(text).toContain(`href="${site.path}/map/leaks"`)
  expect(text).toContain('stalking agency')
  expect(text).not.toContain('cyber agency')
  expect(text).toContain('Make incidents from the chronology')
  expect(text).toContain('aria-current="page"')
})

test('a police liaison sees no evidence, no consents and no link to them', async () => {
  const { status, text } = await site.get(site.path, { as: 'police-liaison' })
  expect(status).toBe(200)
  expect(text).not.toContain('/evidence"')
  expect(text).not.toContain('/consents"')
  expect(text).not.toContain('/trail"')
  expect(text).not.toContain('/map')
  expect(text).not.toContain('Who is party to this case')
  expect(text).toContain(`${site.path}/chronology"`)
})

test('S5 a part whose consent is not in force is left out, and that is no refused access', async () => {
  const narrow = await openTestCase(site.world, { agencies: ['lead', 'stalking'] })
  await asOwner(site.world.ownerUrl, client =>
    client.query(`update unwatched.consent set parts = '{overview}' where case_id = $1 and agency_id = $2`, [
      narrow,
      site.world.agencies.stalking,
    ]),
  )
  const { status, text } = await site.get(`/cases/${narrow}`, { as: 'stalking-advocate' })
  expect(status).toBe(200)
  expect(text).not.toContain('0 exhibits')
  expect(text).not.toContain('time limit')
  const trail = await site.get(`/cases/${narrow}/trail`, { as: 'coordinator' })
  expect(trail.text).toContain('Looked at the overview')
  expect(trail.text).not.toContain('Was refused')
})
