import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvidenceSite, file, openEvidenceSite } from '../../../../test/support/evidence-site.ts'
import { makeSmsBackup } from '../../../../test/support/made-sms.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: EvidenceSite
beforeAll(async () => {
  site = await openEvidenceSite()
})
afterAll(() => site.close())

test('S5 an item and its original are for those who may see the evidence of its case', async () => {
  const item = await site.bringOne('note.txt', 'one <b>line</b>')
  const other = item.replace(site.caseId, await openTestCase(site.world))
  const closed = item.replace(site.caseId, await openTestCase(site.world, { agencies: ['lead'] }))
  for (const tail of ['', '/original']) {
    const paths = [`${item}${tail}`, `${other}${tail}`, `${closed}${tail}`, `${site.path}/nothing${tail}`]
    expect(await statusesOf(site, paths, 'cyber-adviser'), tail).toEqual([200, 404, 404, 404])
    for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const)
      expect(await statusesOf(site, [`${item}${tail}`], role), role).toEqual([404])
  }
})

test('S7 the original comes back byte for byte, and its download is a line of custody', async () => {
  const bytes = new Uint8Array(Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 251)))
  const answer = await site.bring([file('bytes.bin', bytes)])
  const [item] = site.itemLinks((await site.show(answer.location ?? '')).text)
  const visitor = await site.visitor('cyber-adviser')
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const original = await fetch(`${site.address}${item}/original`, { headers: { cookie } })
  expect(Buffer.from(await original.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  expect((await site.show(item ?? '')).text).toContain('Original downloaded')
})

test('a chat whose dates can be read as two different days asks, and the answer is kept and used', async () => {
  const answer = await site.bring([
    file('two ways.txt', '03/04/2025, 18:00 - Sam: hello\n03/04/2025, 18:01 - Sam: you\n'),
  ])
  const [item] = site.itemLinks((await site.show(answer.location ?? '')).text)
  const asking = await site.readToEnd(item ?? '')
  expect(asking).toContain('Questions to answer first')
  expect((await site.show(site.path)).text).toContain('One item has a question')
  const nothing = await site.post(`${item}/answers`, { zone: '' }, { as: 'cyber-adviser' })
  expect(nothing.status).toBe(422)
  expect(nothing.text).toContain('Select how the dates are written')
  const refused = await site.post(`${item}/answers`, { 'date-order': 'day-first' }, { as: 'coordinator' })
  expect(refused.status).toBe(404)
  const answered = await site.post(
    `${item}/answers`,
    { 'date-order': 'day-first', zone: 'Europe/London' },
    { as: 'cyber-adviser' },
  )
  expect(answered.status).toBe(303)
  const page = await site.readToEnd(item ?? '')
  expect(page).toContain('2 messages')
  expect(page).toContain('Question answered')
  expect(page).toContain('From 3 April 2025 to 3 April 2025')
})

test('a person says which program a chat is from, and the page says so afterwards', async () => {
  const answer = await site.bring([
    file('talk.txt', '24/12/2025, 19:00 - Alex: a\n24/12/2025, 19:01 - Alex: b\n'),
  ])
  const [item] = site.itemLinks((await site.show(answer.location ?? '')).text)
  const open = await site.readToEnd(item ?? '')
  expect(open).toContain('Say which program it is from')
  const wrong = await site.post(`${item}/answers`, { program: 'viber' }, { as: 'cyber-adviser' })
  expect([wrong.status, wrong.text.includes('Select which program the chat is from')]).toEqual([422, true])
  const answered = await site.post(`${item}/answers`, { program: 'signal' }, { as: 'cyber-adviser' })
  expect(answered.status).toBe(303)
  const named = await site.readToEnd(item ?? '')
  expect(named).toContain('It is called a chat from Signal, written by an exporter, as a person answered.')
  expect(named).not.toContain('Say which program it is from')
})

test('a backup of texts that was cut short is read: its messages are found on the timeline, and what is missing is said', async () => {
  const world = [
    {
      tag: 'sms',
      address: '07700 900461',
      date: Date.UTC(2026, 2, 1, 8),
      box: 2,
      body: 'keep the marmalade',
    },
    { tag: 'call', number: '+447700900461', date: Date.UTC(2026, 2, 1, 9), type: 2, seconds: 61 },
    { tag: 'sms', address: '+447700900461', date: Date.UTC(2026, 2, 1, 10), box: 1, body: 'lost words' },
  ] as const
  const backup = makeSmsBackup(world).replace(/lost words.*/s, 'lost wor')
  const answer = await site.bring([file('phone.bin', backup)])
  const [item] = site.itemLinks((await site.show(answer.location ?? '')).text)
  const page = await site.readToEnd(item ?? '')
  expect(page).toContain('1 message, 1 call, 0 not understood, 1 set aside')
  expect(page).toContain(
    'The file says that it holds 3, and 2 whole records were found: 1 is missing or damaged.',
  )
  expect(page).not.toContain('Questions to answer first')
  const line = site.path.replace(/evidence$/, 'chronology')
  const found = (await site.post(line, { words: 'marmalade' }, { as: 'cyber-adviser' })).text
  expect(found).toContain('keep the marmalade')
  expect(found).toContain('Sent to 07700 900461')
  expect(found).not.toContain('Outgoing call, 61 seconds')
  expect((await site.show(line)).text).toContain('Outgoing call, 61 seconds')
})
