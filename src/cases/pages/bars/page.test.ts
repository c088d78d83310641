import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { newOnce } from '../../../web/form.ts'

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

const as = { as: 'coordinator' } as const
const path = () => `/cases/${caseId}/bars`
const bar = (fields: Record<string, string>) => site.post(path(), { _once: newOnce(), ...fields }, as)
const lift = (fields: Record<string, string>) => site.post(`${path()}/lift`, fields, as)

test('only a coordinator learns who is barred, bars somebody or lifts a bar', async () => {
  const adviser = world.people['cyber-adviser']
  for (const role of ['cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison', 'manager'] as const) {
    expect((await site.get(path(), { as: role })).status).toBe(404)
    expect((await site.post(path(), { person: adviser, reason: 'x' }, { as: role })).status).toBe(404)
    expect((await site.post(`${path()}/lift`, { barred: adviser, why: 'x' }, { as: role })).status).toBe(404)
  }
  expect((await site.get(path(), as)).text).toContain('Nobody is barred by name')
})

test('who and why are both asked for at once, and nobody bars themselves or somebody unknown', async () => {
  const empty = await bar({})
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<title>Error: Who must never see this case')
  expect(empty.text).toContain('<a href="#person">Select who must not see this case</a>')
  expect(empty.text).toContain('<a href="#reason">Enter why they must not see it</a>')
  const long = await bar({ person: world.people['cyber-adviser'], reason: 'x'.repeat(501) })
  expect(long.text).toContain('Why must be 500 characters or less')
  expect((await bar({ person: caseId, reason: 'A reason' })).text).toContain('Select who must not see')
  const own = await bar({ person: world.people.coordinator, reason: 'I know her' })
  expect(own.status).toBe(422)
  expect(own.text).toContain('Another coordinator bars you, not you')
  // The list offers everybody but themselves.
  expect(own.text).not.toContain('>Test coordinator</label>')
})

test('S5 a bar shuts the case at once, is lifted with a reason, and can be put up again', async () => {
  const adviser = world.people['cyber-adviser']
  const theirs = { as: 'cyber-adviser' } as const
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(200)
  const once = newOnce()
  const first = { _once: once, person: adviser, reason: 'Plays football with <him>' }
  expect((await site.confirm(path(), first, as)).location).toBe(path())
  expect((await bar(first)).location).toBe(path())
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(404)
  expect((await site.get(path(), as)).text).toContain('Plays football with &lt;him&gt;')
  const again = await bar({ person: adviser, reason: 'Still' })
  expect(again.status).toBe(409)
  expect(again.text).toContain('This person is barred already')

  const empty = await lift({})
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#barred">Select whose bar is lifted</a>')
  expect(empty.text).toContain('<a href="#why">Enter why they may see it again</a>')
  expect(
    (await site.confirm(`${path()}/lift`, { barred: adviser, why: 'Another person' }, as)).location,
  ).toBe(path())
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(200)
  const twice = await lift({ barred: adviser, why: 'Once more' })
  expect(twice.status).toBe(409)
  expect(twice.text).toContain('This bar was lifted already')

  expect((await site.confirm(path(), { person: adviser, reason: 'It was him after all' }, as)).location).toBe(
    path(),
  )
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(404)
  const { text } = await site.get(path(), as)
  expect(text).toContain('Another person')
  expect(text).toContain('It was him after all')
  const trail = (await site.get(`/cases/${caseId}/trail`, as)).text
  expect(trail).toContain('Barred a member of staff from this case')
  expect(trail).toContain('Lifted a bar on a member of staff')
})
