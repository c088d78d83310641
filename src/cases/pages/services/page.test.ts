import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { roles } from '../../../identity/role.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  // A Wednesday evening.
  world = await openTestClinic('2026-11-25T19:00:00Z')
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'coordinator' } as const
const unchecked = /not checked th(?:is|ese) entr/g
const linkTo = (page: string, name: string): string =>
  new RegExp(`href="(/services/[0-9a-f]{16})">${name}<`).exec(page)?.[1] ?? ''

test('only a coordinator sees what is due a check', async () => {
  const link = linkTo((await site.get('/services', as)).text, 'Galop')
  for (const role of roles) {
    const status = role === 'coordinator' ? 200 : 403
    expect([role, (await site.get('/services', { as: role })).status]).toEqual([role, status])
    expect([role, (await site.get(link, { as: role })).status]).toEqual([role, status])
    if (status === 403) expect((await site.post(link, {}, { as: role })).status).toBe(403)
  }
})

test('where nothing on a page was checked it says so once, with what is open now first and unknown hours as unknown', async () => {
  const { text } = await site.get('/refer/other-help')
  expect(text.match(unchecked)).toHaveLength(1)
  expect(text).toContain('Open now until 8pm, unless today is a bank holiday')
  expect(text).toContain('hours not known')
  expect(text).not.toContain('We do not know whether anybody answers now')
  expect(text.indexOf('999')).toBeLessThan(text.indexOf('National Stalking Helpline'))
  const call = await site.get('/calls/saved/7QK2M-9XP3T?outcome=not-ours&for=cd', { as: 'call-handler' })
  expect(call.text.match(unchecked)).toHaveLength(1)
  expect(call.text).toContain('Open now')
})

test('a check is recorded with how, is shown on the public page, and each unchecked entry then says so itself', async () => {
  const link = linkTo((await site.get('/services', as)).text, 'Galop')
  const empty = await site.post(link, { _once: newOnce() }, as)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#way">Select how you checked</a>')
  expect(empty.text).toContain('<a href="#finding">Select whether it is right</a>')
  const vague = await site.post(link, { way: 'telephone', finding: 'wrong', note: ' ', _once: newOnce() }, as)
  expect(vague.text).toContain('<a href="#note">Enter what is wrong, and what is right</a>')
  const once = newOnce()
  for (let time = 0; time < 2; time += 1)
    expect(
      (await site.post(link, { way: 'telephone', finding: 'right', note: '', _once: once }, as)).location,
    ).toBe('/services')
  expect((await site.get(link, as)).text).toContain('Rang the number')
  const { text } = await site.get('/refer/other-help')
  expect(text.match(/Checked on 25 November 2026\./g)).toHaveLength(1)
  expect(text.match(unchecked)?.length).toBeGreaterThan(5)
  expect((await site.get('/admin/acts', as)).text).toContain('Checked an entry of the other services')
})

test('what was found wrong warns and comes last; the next check that it is right takes the warning away', async () => {
  const link = linkTo((await site.get('/services', as)).text, 'Samaritans')
  const say = (finding: string) =>
    site.post(link, { way: 'website', finding, note: 'Another <number>', _once: newOnce() }, as)
  await say('wrong')
  const warned = (await site.get('/refer/other-help')).text
  expect(warned).toContain('Somebody here found that this entry may be wrong.')
  expect(warned.indexOf('>Samaritans<')).toBeGreaterThan(warned.indexOf('>Respect Phoneline<'))
  expect((await site.get(link, as)).text).toContain('Another &lt;number&gt;')
  expect((await site.get('/services', as)).text.indexOf('Samaritans')).toBeLessThan(
    (await site.get('/services', as)).text.indexOf('Paladin'),
  )
  world.clock.moveTo('2026-11-25T19:05:00Z')
  await say('right')
  expect((await site.get('/refer/other-help')).text).not.toContain('found that this entry may be wrong')
})

test('an address of no entry is a page that is not there, also when somebody posts to it', async () => {
  expect((await site.get('/services/0123456789abcdef', as)).status).toBe(404)
  const fields = { way: 'website', finding: 'right', note: '', _once: newOnce() }
  expect((await site.post('/services/0123456789abcdef', fields, as)).status).toBe(404)
})

test('the database lets nobody check in another name, take a check back, or check as another role', async () => {
  const insert = (role: 'coordinator' | 'idva', by: string) =>
    world.clinic.database.transaction(world.as(role), transaction =>
      sql`insert into unwatched.service_check (clinic_id, check_id, service, entry, checked_at, checked_by, method, finding, note)
        values (${world.clinic.clinicId}, gen_random_uuid(), 'x', ${'a'.repeat(64)}, ${transaction.now}, ${by}, 'website',
          'right', '')`.execute(transaction.tables()),
    )
  await expect(insert('coordinator', world.people.idva)).rejects.toThrow(/row-level security/)
  await expect(insert('idva', world.people.idva)).rejects.toThrow(/row-level security/)
  await insert('coordinator', world.people.coordinator)
  await expect(
    world.clinic.database.transaction(world.as('coordinator'), transaction =>
      sql`delete from unwatched.service_check`.execute(transaction.tables()),
    ),
  ).rejects.toThrow(/permission denied/)
})
