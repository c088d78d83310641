import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasePart, caseParts } from '../src/foundation/case-part.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { pagesOfPart } from '../src/identity/case-navigation.ts'
import { decidePermission } from '../src/identity/permission.ts'
import { type Role, roles } from '../src/identity/role.ts'
import { openTestCase } from './support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type TestSite } from './support/test-site.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

async function consentTo(parts: readonly CasePart[]): Promise<void> {
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.consent set parts = $1 where case_id = $2', [[...parts], caseId]),
  )
}

/** The pages that a page of the case leads to, by their address below the case. */
const offeredOn = (page: string): readonly string[] => {
  const nav = /<nav [^>]*aria-label="Parts of this case"[\s\S]*?<\/nav>/.exec(page)?.[0] ?? ''
  return [...nav.matchAll(/href="\/cases\/[^/"]+([^"]*)"/g)].map(([, path = '']) => path)
}

const seesPart = (role: Role, part: CasePart, consented: readonly CasePart[]): boolean =>
  consented.includes(part) && decidePermission(role, part, 'read')

test('S5 every part that can be agreed to has a page, which opens for whom it was agreed and shuts for everybody else', async () => {
  for (const part of caseParts) {
    expect(pagesOfPart(part), `no page for ${part}`).not.toEqual([])
    await consentTo([part])
    for (const role of roles) {
      for (const { path, mode } of pagesOfPart(part)) {
        const { status, text } = await site.get(`/cases/${caseId}${path}`, { as: role })
        const may = decidePermission(role, part, mode)
        expect([role, part, path, status]).toEqual([role, part, path, may ? 200 : 404])
        if (may) expect(text, `${part} says nothing`).toMatch(/<h1[^>]*>[^<]*(<bdi>)?\S/)
      }
      for (const other of caseParts.filter(each => each !== part))
        for (const { path } of pagesOfPart(other))
          if (role === 'coordinator')
            expect((await site.get(`/cases/${caseId}${path}`, { as: role })).status).toBe(404)
    }
  }
}, 120_000)

test('S5 each page of a case offers the pages of the parts that this person may open, and of no other', async () => {
  const consents: readonly (readonly CasePart[])[] = [
    caseParts,
    ['overview', 'referral'],
    ['overview', 'chronology', 'order', 'bundle'],
    ['overview', 'plan', 'trail', 'triage'],
  ]
  for (const consented of consents) {
    await consentTo(consented)
    for (const role of roles) {
      const { status, text } = await site.get(`/cases/${caseId}`, { as: role })
      expect([role, status]).toEqual([role, seesPart(role, 'overview', consented) ? 200 : 404])
      if (status !== 200) continue
      const expected = caseParts
        .filter(part => consented.includes(part))
        .flatMap(part => pagesOfPart(part).filter(page => decidePermission(role, part, page.mode)))
        .map(page => page.path)
      expect([role, [...offeredOn(text)].sort()]).toEqual([role, expected.sort()])
    }
  }
})
