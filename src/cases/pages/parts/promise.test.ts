import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { findBasis } from '../../legal-basis.ts'

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

/** The codes on which the database itself would let somebody rest a sharing now. */
async function basesInForce(): Promise<readonly string[]> {
  const found = await asOwner(world.ownerUrl, client =>
    client.query(`select pg_get_constraintdef(oid) as allowed, (select pg_get_expr(polwithcheck, polrelid)
        from pg_policy where polname = 'exception_request_ask') as asked
      from pg_constraint where conname = 'exception_request_legal_basis_check'`),
  )
  const codes = (text: string) => [...text.matchAll(/'([a-z-]+)'::text/g)].map(match => match[1] ?? '')
  const { allowed, asked } = found.rows[0] as { allowed: string; asked: string }
  const retired = codes(asked.slice(asked.indexOf('legal_basis')))
  return codes(allowed).filter(code => !retired.includes(code))
}

test('every page that makes the promise names every basis the database lets a sharing rest on', async () => {
  const bases = await basesInForce()
  expect(bases.length).toBeGreaterThan(5)
  const caseId = await openTestCase(world, { agencies: ['lead'] })
  const form = await site.get('/refer/form')
  const once = /name="_once" value="([^"]+)"/.exec(form.text)?.[1] ?? ''
  const typed = {
    words: 'He reads it all.',
    adult: 'yes',
    postcode: 'TN9 1AA',
    cyberstalked: 'yes',
    _once: once,
  }
  const sent = await site.post('/refer/form', typed)
  const waiting = await asOwner(world.ownerUrl, client =>
    client.query('select case_id from unwatched.referral where form_token = $1', [once]),
  )
  const referral: string = waiting.rows[0].case_id
  const pages = [
    await site.get('/'),
    await site.get(sent.location ?? ''),
    await site.get(`/cases/${caseId}/consents`, { as: 'coordinator' }),
    await site.get(`/triage/${referral}/open`, { as: 'coordinator' }),
    await site.get('/calls/saved/7QK2M-9XP3T?outcome=ours', { as: 'call-handler' }),
  ]
  for (const page of pages) {
    expect(page.status).toBe(200)
    expect(page.text).toContain('only if you agree')
    for (const basis of bases) {
      const promise = findBasis(basis)?.promise
      expect(promise, `the database knows ${basis}, and the promise does not`).toBeDefined()
      expect(page.text).toContain(promise)
    }
  }
})
