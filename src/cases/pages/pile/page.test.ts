import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite, type Visitor } from '../../../../test/support/test-site.ts'
import { receiveReferral } from '../../operations/receive-referral.ts'
import type { ReferralAnswers } from '../../referral.ts'
import { publicProfile } from '../parts/public-profile.ts'
import { readReferralForm } from '../parts/referral-form/form.ts'

let world: TestClinic
let site: TestSite
let many = 0

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  coordinator = await site.visitor('coordinator')
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const fields = { words: 'He reads my messages.', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }

async function answersOf(more: Readonly<Record<string, string>> = {}): Promise<ReferralAnswers> {
  const form = new Map(Object.entries({ ...fields, ...more }).map(([name, value]) => [name, [value]]))
  const read = readReferralForm(form, 'public', await publicProfile(world.clinic))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

/** A public form from an address, as the page takes it in; returns its reference. */
async function send(address: string, more?: Readonly<Record<string, string>>): Promise<string> {
  const actor = { kind: 'task', clinicId: world.clinic.clinicId, task: 'public-form' } as const
  many += 1
  return (await receiveReferral(world.clinic, actor, await answersOf(more), `once-${many}`, address))
    .reference
}

let coordinator: Visitor
/** Time passes, and who is at work signs in again. */
async function moveTo(instant: string): Promise<void> {
  world.clock.moveTo(instant)
  coordinator = await site.visitor('coordinator')
}
const stateOf = (reference: string): Promise<string> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query('select state from unwatched.referral where reference = $1', [
      reference,
    ])
    return rows[0]?.state
  })
const idOf = (reference: string): Promise<string> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query('select case_id from unwatched.referral where reference = $1', [
      reference,
    ])
    return rows[0]?.case_id
  })
const sourceOf = (reference: string): Promise<string> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query(
      'select source from unwatched.public_form join unwatched.referral using (clinic_id, case_id) where reference = $1',
      [reference],
    )
    return rows[0]?.source
  })

let flood: readonly string[]
let lone: string

test('S13 a flood goes into a pile, nothing of it is lost, and triage and a call handler are left alone', async () => {
  const sent: string[] = []
  for (let each = 0; each < 14; each += 1)
    sent.push(await send('203.0.113.66', { clientName: 'Flood Flood' }))
  flood = sent.slice(10)
  expect(await Promise.all(sent.map(stateOf))).toEqual([
    ...Array<string>(10).fill('waiting'),
    ...Array<string>(4).fill('set-aside'),
  ])
  const triage = await coordinator.get('/triage')
  for (const reference of flood) expect(triage.text).not.toContain(reference)
  expect(triage.text).toContain('Forms set aside</a>: 4')
  // somebody else is in triage at once, and a call is saved
  expect(await stateOf(await send('198.51.100.5'))).toBe('waiting')
  const sheet = await site.get('/calls/new', { as: 'call-handler' })
  const once = /name="_once" value="([^"]+)"/.exec(sheet.text)?.[1] ?? ''
  expect((await site.post('/calls/new', { ...fields, _once: once }, { as: 'call-handler' })).status).toBe(303)
})

test('S13 anyone who sends a form into the pile is told what everybody is told', async () => {
  const pages: string[] = []
  for (let each = 0; each < 11; each += 1) {
    const visitor = await site.visitor()
    const once = /name="_once" value="([^"]+)"/.exec((await visitor.get('/refer/form')).text)?.[1] ?? ''
    const { location } = await visitor.post('/refer/form', { ...fields, _once: once })
    pages.push((await visitor.get(location ?? '')).text.replaceAll(/[0-9A-Z]{5}-[0-9A-Z]{5}/g, 'REF'))
  }
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).toContain('We have it')
})

test('danger is not buried: it comes first, and of two the one from where fewer came', async () => {
  for (let each = 0; each < 10; each += 1) await send('203.0.113.70')
  lone = await send('203.0.113.70', { dangerNow: 'yes' })
  const loud = await send('203.0.113.66', { dangerNow: 'yes' })
  const page = (await coordinator.get('/triage/pile')).text
  const list = page.slice(page.indexOf('One by one'))
  const order = [lone, loud, flood[0] ?? ''].map(reference => list.indexOf(reference))
  expect(order.every(at => at > 0)).toBe(true)
  expect([...order].sort((one, other) => one - other)).toEqual(order)
  expect((await coordinator.get('/triage')).text).toContain('2 ticked a sign of danger')
  expect(page).not.toMatch(/203\.0\.113|Flood Flood|He reads my messages/)
  const moved = await coordinator.post('/triage/pile/move', { form: await idOf(lone) })
  expect((await coordinator.get(moved.location ?? '')).text).toContain('1 form was moved to')
  const again = await coordinator.post('/triage/pile/move', { form: await idOf(lone) })
  expect((await coordinator.get(again.location ?? '')).text).toContain('Nothing was moved')
  for (const what of ['move', 'clear']) {
    const nothing = await coordinator.post(`/triage/pile/${what}`, {})
    expect(nothing.status).toBe(400)
    expect(nothing.text).toContain(`Tick the forms to ${what}`)
    expect(nothing.text).toContain('<title>Error: Forms set aside')
    const link = /href="#(form-[^"]+)"/.exec(nothing.text)?.[1] ?? '?'
    expect(nothing.text).toContain(`id="${link}"`)
  }
  expect(await stateOf(lone)).toBe('waiting')
})

test('a source is cleared together, unread and with a reason, and comes back whole for two weeks', async () => {
  const source = await sourceOf(flood[0] ?? '')
  const asked = await coordinator.post('/triage/pile/clear', { source })
  expect(asked.text).toContain('Clear 5 forms unread?')
  expect(asked.text).toContain('1 of them ticked a sign of danger')
  expect(await stateOf(flood[0] ?? '')).toBe('set-aside')
  expect((await coordinator.confirm('/triage/pile/clear', { source, reason: 'One machine' })).status).toBe(
    303,
  )
  expect(await Promise.all(flood.map(stateOf))).toEqual(Array(4).fill('cleared'))
  // cleared is out of reach, until it is brought back
  expect((await coordinator.get(`/triage/${await idOf(flood[0] ?? '')}`)).status).toBe(404)
  const page = (await coordinator.get('/triage/pile')).text
  const back = /action="(\/triage\/pile\/[^"]+\/back)"/.exec(page)?.[1] ?? ''
  expect(page).toContain('One machine')
  expect((await site.post(back, {}, { as: 'call-handler' })).status).toBe(403)
  expect((await coordinator.post(back, {})).status).toBe(303)
  expect((await coordinator.post(back, {})).status).toBe(404)
  expect(await Promise.all(flood.map(stateOf))).toEqual(Array(4).fill('set-aside'))
  await coordinator.confirm('/triage/pile/clear', { source, reason: 'One machine' })
  const late =
    /action="(\/triage\/pile\/[^"]+\/back)"/.exec((await coordinator.get('/triage/pile')).text)?.[1] ?? ''
  await moveTo('2026-03-17T10:00:00Z')
  expect((await coordinator.post(late, {})).status).toBe(404)
})

test('what ticked no sign of danger is cleared at once, and what came after the page was read is not', async () => {
  for (let each = 0; each < 12; each += 1) await send('203.0.113.90')
  const danger = await send('203.0.113.90', { dangerNow: 'yes' })
  const page = await coordinator.post('/triage/pile/clear', { all: 'without-danger' })
  expect(page.text).toContain('None of them ticked a sign of danger; what they wrote has not been read')
  const until = /name="until" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  world.clock.moveTo('2026-03-17T10:01:00Z')
  const later = await send('203.0.113.90')
  const seen = /name="_seen" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const done = await coordinator.post('/triage/pile/clear', {
    all: 'without-danger',
    until,
    _seen: seen,
    reason: 'Nonsense',
  })
  expect(done.status).toBe(303)
  expect(await stateOf(danger)).toBe('set-aside')
  expect(await stateOf(later)).toBe('set-aside')
  expect((await coordinator.get('/triage/pile')).text).toContain('<strong>2</strong> set aside')
})

test('S5 nobody but a coordinator sees the pile, in code and in the database', async () => {
  for (const role of ['call-handler', 'idva', 'police-liaison', 'manager', 'administrator'] as const) {
    expect((await (await site.visitor(role)).get('/triage/pile')).status).toBe(403)
    const rows = await world.clinic.database.transaction(world.as(role), transaction =>
      transaction
        .tables<{ public_form: { source: string } }>()
        .selectFrom('public_form')
        .selectAll()
        .execute(),
    )
    expect(rows).toEqual([])
  }
})
