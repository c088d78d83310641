import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { openName } from '../../../platform/seal-name.ts'

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

const onceOf = (page: string): string => /name="_once" value="([^"]+)"/.exec(page)?.[1] ?? ''
const usual = { words: 'He reads my messages.', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }
const referralsOf = (once: string) =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query('select * from unwatched.referral where form_token = $1', [once])
    return rows.map(row => {
      const place = { clinicId: row.clinic_id, caseId: row.case_id, field: 'client-name' }
      return { ...row, client_name: openName(world.clinic.key, place, row.client_name) }
    })
  })
const fresh = async () => {
  const visitor = await site.visitor()
  const page = await visitor.get('/refer/form')
  return { visitor, once: onceOf(page.text) }
}

test('S2 S3 every public page has a neutral title, may not be stored, and has the way out', async () => {
  for (const path of ['/', '/refer', '/refer/form', '/refer/sent/7QK2M-9XP3T', '/refer/other-help?for=bc']) {
    const page = await site.get(path)
    expect([path, page.status]).toEqual([path, 200])
    expect(/<title>([^<]*)<\/title>/.exec(page.text)?.[1]).not.toMatch(
      /stalk|abuse|police|clinic|victim|harass/i,
    )
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(page.text).toContain('href="/leave"')
    expect(page.text).toContain('Exit this page')
  }
})

test('a client makes a referral without a script, and gets a reference that tells nobody anything', async () => {
  const { visitor, once } = await fresh()
  const sent = await visitor.post('/refer/form', {
    ...usual,
    clientName: 'Marigold',
    phone: '07700 900123',
    _once: once,
  })
  expect(sent.status).toBe(303)
  const page = await site.get(sent.location ?? '')
  expect(page.text).toContain('We have it')
  expect(page.text).not.toContain('Marigold')
  expect(await referralsOf(once)).toMatchObject([
    { state: 'waiting', received_by: 'public-form', taken_by: null },
  ])
  const other = await site.get(`/refer/sent/ZZZZZ-ZZZZZ?${sent.location?.split('?')[1]}`)
  expect(other.text.replaceAll('ZZZZZ-ZZZZZ', '')).toBe(
    page.text.replaceAll(sent.location?.split('/').at(-1)?.split('?')[0] ?? '?', ''),
  )
})

test('the same form sent twice at once is one referral with one reference', async () => {
  const { visitor, once } = await fresh()
  const sent = await Promise.all([1, 2, 3].map(() => visitor.post('/refer/form', { ...usual, _once: once })))
  expect(new Set(sent.map(answer => answer.location)).size).toBe(1)
  expect(await referralsOf(once)).toHaveLength(1)
})

test('an empty form is asked for one thing, its link lands on the field, and what was typed is still there', async () => {
  const { visitor, once } = await fresh()
  const answer = await visitor.post('/refer/form', { words: '', clientName: 'Marigold', _once: once })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('<title>Error: Get in touch')
  expect(answer.text).toContain('href="#words"')
  expect(answer.text).toContain('id="words"')
  expect(answer.text).toContain('Tell us what is happening')
  expect(answer.text).toContain('value="Marigold"')
  expect(onceOf(answer.text)).toBe(once)
})

test('a name of 10 000 characters gets a clear answer, and nothing is kept', async () => {
  const { visitor, once } = await fresh()
  const answer = await visitor.post('/refer/form', { ...usual, clientName: 'x'.repeat(10_000), _once: once })
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('Your name must be 200 characters or less')
  expect(await referralsOf(once)).toEqual([])
})

test('right-to-left and zero-width text is kept as typed', async () => {
  const { visitor, once } = await fresh()
  const name = 'مريم \u202eabc\u200b'
  await visitor.post('/refer/form', { ...usual, clientName: name, _once: once })
  expect(await referralsOf(once)).toMatchObject([{ client_name: name }])
})

test('not ours is a page with the right services and no form error, and nothing about them is kept', async () => {
  const { visitor, once } = await fresh()
  const sent = await visitor.post('/refer/form', {
    ...usual,
    adult: 'no',
    postcode: '10115',
    clientName: 'Marigold',
    _once: once,
  })
  expect(sent.status).toBe(303)
  expect(sent.location).toMatch(/^\/refer\/other-help\?for=[a-z]+$/)
  const page = await site.get(sent.location ?? '')
  expect(page.text).toContain('Childline')
  expect(page.text).toContain('National Stalking Helpline')
  expect(page.text).not.toContain('There is a problem')
  expect(await referralsOf(once)).toMatchObject([{ state: 'not-ours', client_name: '' }])
})

test('a postcode on the border and an unanswered question are asked about later, not refused', async () => {
  const { visitor, once } = await fresh()
  const sent = await visitor.post('/refer/form', { words: 'Help', postcode: 'TN3 0AA', _once: once })
  expect(sent.location).toContain('/refer/sent/')
  const [row] = await referralsOf(once)
  expect(row?.decision).toMatchObject({ outcome: 'ask', ask: ['adult', 'area', 'cyberstalked'] })
})

test('S13 S3 what not even the pile takes comes back filled in, with other help, and stands nowhere else', async () => {
  const flooded = await openTestClinic()
  const floodedSite = await openTestSite(flooded)
  try {
    const visitor = await floodedSite.visitor()
    const typed = {
      ...usual,
      words: 'A heron <stood> by the pond',
      clientName: 'Marigold',
      flags: ['strangled'],
      wantsContact: 'no',
      safeTimes: 'Tuesdays',
    }
    for (let count = 0; count < 11; count += 1) {
      const page = await visitor.get('/refer/form')
      await visitor.post('/refer/form', { ...typed, _once: onceOf(page.text) })
    }
    // as many more in the pile, from the same address, as it takes
    await asOwner(flooded.ownerUrl, async client => {
      await client.query(`with one as (select r.*, f.source, f.network, f.at from unwatched.referral r
          join unwatched.public_form f using (clinic_id, case_id) where f.set_aside limit 1),
        made as (insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by,
            state, client_name, answers, decision)
          select clinic_id, gen_random_uuid(), 'COPY' || g, 'copy' || g, received_by, received_at, referred_by, state, client_name,
            answers, decision from one, generate_series(1, 199) g returning clinic_id, case_id)
        select 1`)
      await client.query(`insert into unwatched.public_form (clinic_id, case_id, at, source, network, set_aside, danger)
        select r.clinic_id, r.case_id, f.at, f.source, f.network, true, false from unwatched.referral r,
          (select * from unwatched.public_form where set_aside limit 1) f where r.reference like 'COPY%'`)
    })
    const once = onceOf((await visitor.get('/refer/form')).text)
    const held = await visitor.post('/refer/form', { ...typed, _once: once })
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '3600'])
    expect(held.headers.get('cache-control')).toContain('no-store')
    expect(held.text).toContain('This was not sent yet')
    expect(held.text).toContain('A heron &lt;stood&gt; by the pond</textarea>')
    expect(held.text).toContain('value="Marigold"')
    expect(held.text).toMatch(/<input(?=[^>]*value="strangled")[^>]*\schecked/)
    expect(held.text).toContain('Tuesdays</textarea>')
    expect(held.text).toContain('National Stalking Helpline')
    expect(/<title>([^<]*)<\/title>/.exec(held.text)?.[1]).not.toMatch(
      /stalk|abuse|police|clinic|victim|harass/i,
    )
    expect(onceOf(held.text), 'sent again it is still one referral').toBe(once)
    const kept = await asOwner(flooded.ownerUrl, client =>
      client.query('select 1 from unwatched.referral where form_token = $1', [once]),
    )
    expect(kept.rowCount).toBe(0)
    flooded.clock.moveTo('2026-03-02T11:00:01Z')
    expect((await visitor.post('/refer/form', { ...typed, _once: once })).location).toContain('/refer/sent/')
  } finally {
    await floodedSite.close()
    await flooded.close()
  }
})

test('anyone who asks to be contacted says how, and is told plainly whether we can', async () => {
  const send = async (fields: Record<string, string>) => {
    const { visitor, once } = await fresh()
    return visitor.post('/refer/form', { ...usual, ...fields, _once: once })
  }
  const none = await send({ wantsContact: 'yes' })
  expect(none.status).toBe(400)
  expect(none.text).toContain('href="#wantsContact"')
  expect(none.text).toContain('To be contacted, enter a number, an address or another way that is safe')
  for (const [channel, field] of [
    [{ phone: '07700 900123' }, 'phoneSafe'],
    [{ email: 'm@example.org' }, 'emailSafe'],
    [{ other: 'Through my aunt' }, 'otherSafe'],
  ] as const) {
    const unknown = await send({ wantsContact: 'yes', ...channel })
    expect([field, unknown.status]).toEqual([field, 400])
    expect(unknown.text).toContain(`href="#${field}"`)
    expect(unknown.text).toContain(`id="${field}"`)
    const unsafe = await send({ wantsContact: 'yes', ...channel, [field]: 'no' })
    expect(unsafe.text).toContain('href="#wantsContact"')
  }
  const told2 = async (fields: Record<string, string>): Promise<string> => {
    const { location } = await send(fields)
    expect(location).toMatch(/^\/refer\/sent\/[0-9A-Z-]+\?to=[abcd]$/)
    return (await site.get(location ?? '')).text
  }
  const safe = { wantsContact: 'yes', phone: '07700 900123', phoneSafe: 'yes' }
  expect(await told2(safe)).toContain('We will try to reach you, only in the ways that you said are safe')
  expect(await told2({ wantsContact: 'no' })).toContain('You asked us not to contact you, so we will not.')
  expect(await told2({ phone: '07700 900123' })).toContain('You did not say that we may contact you')
})

test('a call handler saves a call at any moment, and hears when nobody can be reached', async () => {
  const call = async (fields: Record<string, string>) => {
    const sheet = await site.get('/calls/new', { as: 'call-handler' })
    const once = onceOf(sheet.text.slice(sheet.text.indexOf('action="/calls/new"')))
    const saved = await site.post('/calls/new', { ...usual, ...fields, _once: once }, { as: 'call-handler' })
    expect(saved.status).toBe(303)
    return (await site.get(saved.location ?? '', { as: 'call-handler' })).text
  }
  expect(await call({ wantsContact: 'yes', phone: '07700 900123' })).toContain(
    'no way is known that is safe. We will not be able to reach them',
  )
  expect(await call({ wantsContact: 'yes', phone: '07700 900123', phoneSafe: 'yes' })).not.toContain(
    'not be able to reach them',
  )
})

test('what was asked about reaching them is kept with the referral in the words that were shown, sealed', async () => {
  world.clock.moveTo('2026-03-02T12:00:00Z')
  const { visitor, once } = await fresh()
  await visitor.post('/refer/form', {
    ...usual,
    filledBy: 'someone-else',
    wantsContact: 'yes',
    phone: '07700 900123',
    phoneSafe: 'yes',
    _once: once,
  })
  const [row] = await referralsOf(once)
  expect(row?.answers.agreedWords).toMatch(/^sealed:/)
  const page = await site.get(`/triage/${row?.case_id}`, { as: 'coordinator' })
  expect(page.text).toContain('Yes, in a way that is safe')
  for (const words of [
    'Who are you filling this in for? Somebody else, who knows that I am doing it.',
    'May we contact you? Yes.',
    'Is this number safe for us to use? Yes.',
  ])
    expect(page.text).toContain(words)
  expect(page.text).not.toContain('07700 900123')
})
