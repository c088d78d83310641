import { afterEach, beforeEach, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { toldReferral } from '../../../test/support/told-referral.ts'
import { mostInPile } from '../flood.ts'
import { listPile } from './list-pile.ts'
import { PileIsFull } from './place-form.ts'
import { receiveReferral } from './receive-referral.ts'
import { moveToTriage } from './sort-pile.ts'

let world: TestClinic
let many = 0
beforeEach(async () => {
  world = await openTestClinic()
  world.clock.moveTo('2026-03-02T10:00:00Z')
})
afterEach(() => world.close())

const sql = (text: string, values: readonly unknown[] = []) =>
  asOwner(world.ownerUrl, async client => (await client.query(text, [...values])).rows)

/** A public form from an address; returns its reference. */
async function send(address: string, answers: Parameters<typeof toldReferral>[0] = {}): Promise<string> {
  many += 1
  const form = toldReferral(answers)
  const actor = world.task('public-form')
  return (await receiveReferral(world.clinic, actor, form, `once-${many}`, address)).reference
}
const stateOf = async (reference: string): Promise<string> =>
  (await sql('select state from unwatched.referral where reference = $1', [reference]))[0]?.['state']

/** Fills the pile by copies of a form in it, from as many networks as forms. */
const fillUpTo = (forms: number) =>
  sql(
    `with one as (select * from unwatched.public_form where set_aside limit 1),
      copies as (
        insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by,
          state, client_name, answers, decision, is_matched)
        select r.clinic_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), r.received_by, r.received_at,
          r.referred_by, r.state, r.client_name, r.answers, r.decision, r.is_matched
        from unwatched.referral r join one on one.case_id = r.case_id,
          generate_series(1, $1 - (select count(*)::int from unwatched.public_form)) n
        returning clinic_id, case_id, md5(case_id::text) || md5(case_id::text) as place)
      insert into unwatched.public_form (clinic_id, case_id, at, source, network, set_aside, danger)
      select c.clinic_id, c.case_id, one.at, c.place, c.place, true, false from copies c, one`,
    [forms],
  )

test('S13 one machine that never stops sends nobody else into the pile', async () => {
  for (let each = 0; each < 62; each += 1) await send('203.0.113.9')
  expect(await stateOf(await send('198.51.100.7'))).toBe('waiting')
  // and those beside it are looked at as well
  expect(await stateOf(await send('203.0.113.10'))).toBe('waiting')
})

test('S8 beside a form in triage nothing is kept of where it came from, nor beside one that was moved there', async () => {
  for (let each = 0; each < 10; each += 1) await send('203.0.113.9')
  expect(await sql('select * from unwatched.public_form')).toEqual([])
  for (let each = 0; each < 2; each += 1) await send('203.0.113.9')
  const [first, second] = await sql('select source, network from unwatched.public_form')
  expect(first).toEqual(second)
  const [moved] = await sql('select case_id from unwatched.public_form')
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    moveToTriage(transaction, { forms: [moved?.['case_id']], source: null, until: transaction.now }),
  )
  expect(await sql('select * from unwatched.public_form')).toHaveLength(1)
  world.clock.moveTo('2026-03-03T10:00:00Z')
  for (let each = 0; each < 11; each += 1) await send('203.0.113.9')
  const sources = await sql(
    'select distinct source from unwatched.public_form union select network from unwatched.public_form',
  )
  expect(sources, 'on another day the same place is another').toHaveLength(4)
})

test('S13 danger from elsewhere comes before that of anyone who has a network of addresses to choose from', async () => {
  for (const network of ['77', '78'])
    for (let each = 1; each <= 33; each += 1)
      await send(`2001:db8:${network}:${each.toString(16)}::1`, { dangerNow: 'yes' })
  world.clock.moveTo('2026-03-02T10:20:00Z')
  const inDanger = await send('198.51.100.7', { dangerNow: 'yes' })
  expect(await stateOf(inDanger)).toBe('set-aside')
  const pile = await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    listPile(transaction, 1),
  )
  expect(pile.count.forms).toBe(7)
  expect(pile.forms[0]?.reference).toBe(inDanger)
})

test('S13 a full pile still takes danger from a network of which none is there, and only that', async () => {
  for (let each = 0; each < 10; each += 1) for (let at = 1; at < 7; at += 1) await send(`203.0.${at}.9`)
  await send('203.0.1.9')
  await fillUpTo(mostInPile.all - mostInPile.reserve)
  await expect(send('198.51.100.7')).rejects.toThrow(PileIsFull)
  await expect(send('203.0.1.10', { dangerNow: 'yes' })).rejects.toThrow(PileIsFull)
  expect(await stateOf(await send('198.51.100.7', { dangerNow: 'yes' }))).toBe('set-aside')
  await expect(send('198.51.100.8', { dangerNow: 'yes' })).rejects.toThrow(PileIsFull)
  await fillUpTo(mostInPile.all)
  await expect(send('192.0.2.7', { dangerNow: 'yes' })).rejects.toThrow(PileIsFull)
})
