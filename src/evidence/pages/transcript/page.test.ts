import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvidenceSite, openEvidenceSite } from '../../../../test/support/evidence-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: EvidenceSite
beforeAll(async () => {
  site = await openEvidenceSite()
})
afterAll(() => site.close())

async function bringPicture(background: string): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 120, channels: 3, background } })
    .png()
    .toBuffer()
  const item = await site.bringOne('screen.png', new Uint8Array(bytes))
  await site.readToEnd(item)
  return item
}

const asAdviser = { as: 'cyber-adviser' } as const
const type = (item: string, fields: Readonly<Record<string, string>>) =>
  site.post(`${item}/transcript`, fields, asAdviser)

/** So many bubbles one under another, a minute apart. */
function bubbles(count: number, of = 'bubble'): Readonly<Record<string, string>> {
  const fields: Record<string, string> = { lines: String(count), base: '0', app: 'Messages' }
  for (let index = 1; index <= count; index += 1)
    Object.assign(fields, {
      [`line-${index}-text`]: `${of} number ${index}`,
      [`line-${index}-author`]: index % 2 === 0 ? 'client' : 'other',
      [`line-${index}-speaker`]: index % 2 === 0 ? '' : 'Sam Made-up',
      [`line-${index}-day`]: '2 3 2026',
      [`line-${index}-time`]: `22:1${index}`,
      [`line-${index}-from`]: String((index - 1) * 10),
      [`line-${index}-to`]: String(index * 10),
    })
  return fields
}

test('S5 what a picture says is typed by those who may change the evidence of its case', async () => {
  const item = await bringPicture('#111111')
  const closed = item.replace(site.caseId, await openTestCase(site.world, { agencies: ['lead'] }))
  expect(await statusesOf(site, [`${item}/transcript`, `${closed}/transcript`], 'cyber-adviser')).toEqual([
    200, 404,
  ])
  for (const role of ['coordinator', 'police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    expect(await statusesOf(site, [`${item}/transcript`], role), role).toEqual([404])
    expect((await site.post(`${item}/transcript`, bubbles(1), { as: role })).status, role).toBe(404)
  }
  expect((await site.get(`${item}/transcript`)).status).toBe(303)
  const note = await site.bringOne('note.txt', 'no picture')
  expect((await type(note, bubbles(1))).status).toBe(404)
  expect((await type(closed, bubbles(1))).status).toBe(404)
})

test('one screenshot with nine bubbles becomes nine records, each marked as typed and by whom, at its place', async () => {
  const item = await bringPicture('#222222')
  expect((await site.show(`${item}/picture`)).text).toContain('Nobody has typed off')
  expect((await type(item, bubbles(9))).location).toBe(`${item}/picture`)
  const page = await site.readToEnd(item)
  expect(page).toContain('9 messages, 1 picture')
  expect(page).toContain('typed off it by a person, line by line: 9')
  expect(page).toContain('Typed off the picture by a person')
  const picture = (await site.show(`${item}/picture?line=3`)).text
  expect(picture).toMatch(/Typed by [^,]+, .*revision 1/)
  expect(picture).toContain('<rect x="0" y="20" width="100" height="10"/>')
  const itemId = item.split('/').at(-1)
  const record = (await site.show(`/cases/${site.caseId}/records/${itemId}.3`)).text
  expect(record).toContain('bubble number 3')
  expect(record).toContain('the picture, from 20 % to 30 % of its height')
  expect(record).toMatch(/How it was read[\s\S]*Typed off the picture by/)
  const timeline = (await site.show(`/cases/${site.caseId}/chronology`)).text
  for (let index = 1; index <= 9; index += 1) expect(timeline).toContain(`bubble number ${index}`)
  expect(
    timeline.match(/Typed off the picture by [^<]+ on \d{4}-\d{2}-\d{2}/g)?.length,
  ).toBeGreaterThanOrEqual(9)
  const found = await site.post(`/cases/${site.caseId}/chronology`, { words: 'bubble number' }, asAdviser)
  expect(found.text).toContain('bubble number 7')
})

test('a correction keeps what was typed before and the numbers of its lines; of two at once the second is told', async () => {
  const item = await bringPicture('#333333')
  const itemId = item.split('/').at(-1)
  await type(item, bubbles(3, 'first'))
  await site.readToEnd(item)
  const correction = {
    base: '1',
    lines: '2',
    reason: 'the second line was no line',
    'line-1-number': '3',
    'line-1-text': 'third, put right',
    'line-1-author': 'other',
    'line-2-text': 'seen later',
    'line-2-author': 'app',
  }
  expect((await type(item, { ...correction, reason: '' })).status).toBe(422)
  expect((await type(item, correction)).status).toBe(303)
  await site.readToEnd(item)
  const recordOf = async (number: number) =>
    (await site.show(`/cases/${site.caseId}/records/${itemId}.${number}`)).text
  expect(await recordOf(3)).toContain('third, put right')
  expect(await recordOf(4)).toContain('seen later')
  expect((await site.show(`/cases/${site.caseId}/records/${itemId}.2`)).status).toBe(404)
  const page = (await site.show(`${item}/picture`)).text
  expect(page).toContain('the second line was no line')
  expect(page).toContain('What was typed before, revision 1')
  expect(page).toContain('first number 2')
  const late = await type(item, { ...correction, 'line-1-text': 'typed at the same time' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Somebody else has written down')
  expect(late.text).toContain('typed at the same time')
  await expect(
    asOwner(site.world.ownerUrl, client => client.query('delete from unwatched.transcript')),
  ).rejects.toThrow('append-only')
})

test('more lines are given without a script, what was typed stays, and what is wrong lands on its box', async () => {
  const item = await bringPicture('#444444')
  const more = await type(item, { ...bubbles(1), act: 'more' })
  expect(more.status).toBe(200)
  expect(more.text).toContain('bubble number 1')
  expect(more.text).toContain('id="line-4-text"')
  const wrong = await type(item, {
    ...bubbles(2),
    'line-2-time': '99:99',
    'line-1-text': '<script>alert(1)</script>',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('href="#line-2-time"')
  expect(wrong.text).toContain('id="line-2-time"')
  expect(wrong.text).not.toContain('<script>alert')
  const flood = await type(item, { ...bubbles(1), lines: '999' })
  expect(flood.status).toBe(303)
  await site.post(`${item}/reading`, { read: 'nothing' }, asAdviser)
  expect((await site.show(`${item}/transcript`)).status).toBe(404)
  expect((await type(item, { ...bubbles(1), base: '1', reason: 'again' })).status).toBe(404)
})
