import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { toldReferral } from '../../../../test/support/told-referral.ts'
import type { PersonId } from '../../../foundation/ids.ts'
import { roles } from '../../../identity/role.ts'
import { newOnce } from '../../../web/form.ts'
import { receiveReferral } from '../../operations/receive-referral.ts'

let world: TestClinic
let site: TestSite
let namesake: PersonId
let triage: string
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  namesake = await world.addPerson('cyber-adviser', 'cyber', 'Osbert Crane')
  const answers = toldReferral({ suspectName: 'Osbert Crane' })
  const { reference } = await receiveReferral(world.clinic, world.as('call-handler'), answers, newOnce())
  const { rows } = await asOwner(world.ownerUrl, client =>
    client.query<{ case_id: string }>('select case_id from unwatched.referral where reference = $1', [
      reference,
    ]),
  )
  triage = `/triage/${rows[0]?.case_id}`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'coordinator' } as const

test('only a coordinator lifts the bar of a namesake, and nobody of a person who has none', async () => {
  expect((await site.post(`${triage}/lift-bar`, { person: namesake })).status).toBe(403)
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.post(`${triage}/lift-bar`, { person: namesake }, { as: role })).status, role).toBe(403)
  for (const person of [world.people.idva, 'nobody'])
    expect((await site.post(`${triage}/lift-bar`, { person }, as)).status).toBe(404)
  expect((await site.post('/triage/nothing/lift-bar', { person: namesake }, as)).status).toBe(404)
})

test('S5 a namesake stays barred until a coordinator has read what follows and said why they are somebody else', async () => {
  expect((await site.get(triage, as)).text).toContain('Osbert Crane')
  const check = await site.post(`${triage}/lift-bar`, { person: namesake }, as)
  expect(check.text).toContain('Let Osbert Crane see this file?')
  expect(check.text).toContain('they could learn where the client is')
  await expect(site.confirm(`${triage}/lift-bar`, { person: namesake }, as)).resolves.toMatchObject({
    status: 422,
  })
  const mute = await site.confirm(`${triage}/lift-bar`, { person: namesake, reason: ' ' }, as)
  expect(mute.text).toContain('<a href="#reason">Enter why this is not the same person</a>')
  expect(mute.text).toContain('id="reason"')
  const lifted = async () =>
    (
      await asOwner(world.ownerUrl, client =>
        client.query('select 1 from unwatched.bar where person_id = $1 and lifted_at is not null', [
          namesake,
        ]),
      )
    ).rowCount
  expect(await lifted()).toBe(0)
  const fields = { person: namesake, reason: 'Another Osbert: <b>born 1951</b>' }
  expect((await site.confirm(`${triage}/lift-bar`, fields, as)).location).toBe(triage)
  expect(await lifted()).toBe(1)
  // Lifted is lifted: the same form sent again changes nothing.
  expect((await site.post(`${triage}/lift-bar`, fields, as)).location).toBe(triage)
})
