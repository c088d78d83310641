import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvidenceSite, openEvidenceSite } from '../../../../test/support/evidence-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { decidePermission } from '../../../identity/permission.ts'
import { roles } from '../../../identity/role.ts'

let site: EvidenceSite
let item: string
beforeAll(async () => {
  site = await openEvidenceSite()
  const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#345' } })
    .withExif({
      IFD2: { DateTimeOriginal: '2026:03:02 22:14:03', OffsetTimeOriginal: '+01:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 30/1',
      },
    })
    .jpeg()
    .toBuffer()
  item = await site.bringOne('photo.jpg', new Uint8Array(bytes))
  await site.readToEnd(item)
})
afterAll(() => site.close())

const where = '51.50000° north, 0.12500° west'

test('S6 the position in a picture is on no page but the one that somebody asked for, and never in the address', async () => {
  for (const path of [item, `${item}/picture`, site.path, `/cases/${site.caseId}/chronology`])
    expect((await site.show(path)).text, path).not.toContain('51.5')
  const shown = await site.post(`${item}/position`, {}, { as: 'cyber-adviser' })
  expect([shown.status, shown.text.includes(where)]).toEqual([200, true])
  expect((await site.show(`${item}/position`)).status).toBe(405)
  expect((await site.show(item)).text).toContain('Position in it shown')
  const acts = await asOwner(site.world.ownerUrl, client =>
    client.query(`select detail from unwatched.act where verb = 'position-shown' and subject = $1`, [
      item.split('/').at(-1),
    ]),
  )
  expect(acts.rowCount).toBe(1)
  expect(JSON.stringify(acts.rows)).not.toContain('51')
})

test('S5 S6 it is for those alone who may see the evidence and how the client is reached', async () => {
  for (const role of roles) {
    const may = decidePermission(role, 'evidence', 'read') && decidePermission(role, 'contact', 'read')
    const answer = await site.post(`${item}/position`, {}, { as: role })
    expect([role, answer.status, answer.text.includes(where)]).toEqual([role, may ? 200 : 404, may])
  }
  const closed = item.replace(site.caseId, await openTestCase(site.world, { agencies: ['lead'] }))
  expect((await site.post(`${closed}/position`, {}, { as: 'cyber-adviser' })).status).toBe(404)
  const note = await site.bringOne('note.txt', 'no picture')
  expect((await site.post(`${note}/position`, {}, { as: 'cyber-adviser' })).status).toBe(404)
})

test('the clocks of a picture stand on the page of its item, each with what is known of its zone', async () => {
  expect((await site.show(item)).text).toContain(
    'Clock of the camera when the picture was taken: 2026-03-02 22:14:03 (+01:00).',
  )
})

test('S5 S6 an agency that the client did not agree to be reached through sees the picture and never its position', async () => {
  expect((await site.show(item)).text).toContain('Show the position written in it')
  await asOwner(site.world.ownerUrl, client =>
    client.query(
      `update unwatched.consent set parts = array_remove(parts, 'contact') where case_id = $1 and agency_id = $2`,
      [site.caseId, site.world.agencies.cyber],
    ),
  )
  const page = await site.show(item)
  expect([page.status, page.text.includes('Show the position')]).toEqual([200, false])
  const answer = await site.post(`${item}/position`, {}, { as: 'cyber-adviser' })
  expect([answer.status, answer.text.includes(where)]).toEqual([404, false])
})
