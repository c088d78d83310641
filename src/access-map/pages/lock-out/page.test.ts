import { afterAll, beforeAll, expect, test } from 'vitest'
import { field, type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'
import { keepByView } from '../parts/keep-by-view.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.play()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)

test('somebody who may not change the map chooses no plan and marks nothing', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager'] as const)
    expect((await site.get(site.lockOut, { as: role })).status).toBe(404)
  const { text } = await site.get(site.lockOut, { as: 'idva' })
  expect(text).not.toContain('The client chooses this plan')
  expect((await site.post(site.lockOut, {}, { as: 'idva' })).status).toBe(404)
})

test('the lock-out plan is in its safe order, and says what can tip the suspected person off', async () => {
  const plan = await site.get(site.lockOut, as)
  expect(plan.status).toBe(200)
  expect(plan.text).toContain('Changing things can tip the suspected person off')
  expect(plan.text).toContain('What will be noticed')
  expect(plan.text).toContain('id="step-1"')
  const without = await site.get(`${site.lockOut}?never=replace-it:t1&never=nothing:t9&never=%3Cb%3E`, as)
  expect(without.status).toBe(200)
  expect(without.text).not.toContain('<b>')
  expect((await site.get(site.lockOut, { as: 'police-liaison' })).status).toBe(404)
})

test('steps the client will not take are left out, and the page says what stays open then', async () => {
  const never =
    field((await site.get(site.lockOut, as)).text, 'order')
      .split(' ')
      .at(-1) ?? ''
  const { text } = await site.get(`${site.lockOut}?never=${encodeURIComponent(never)}`, as)
  expect(field(text, 'order').split(' ')).not.toContain(never)
  expect(field(text, 'never')).toBe(never)
})

test('a plan is chosen with the method and hour the client wants, and only one that can be taken', async () => {
  const { text } = await site.get(site.lockOut, as)
  const order = field(text, 'order')
  const bad = await site.post(
    site.lockOut,
    { order, seen: '0', 'hour-day': '31', 'hour-month': '2', time: '25:00' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'Select how the client wants it done',
    'The day must include a year',
    'The hour must include minutes',
  ])
    expect(bad.text).toContain(words)
  const backwards = order.split(' ').reverse().join(' ')
  const unsound = await site.post(site.lockOut, { order: backwards, seen: '0', mode: 'quiet' }, as)
  expect(unsound.status).toBe(409)
  expect(unsound.text).toContain('can no longer be taken in this order')
  const form = { order, seen: '0', mode: 'quiet', _once: once('choose') }
  expect((await site.post(site.lockOut, form, as)).location).toBe(site.lockOut)
  // The same form once more, and a colleague who chose at the same time.
  expect((await site.post(site.lockOut, form, as)).location).toBe(site.lockOut)
  const late = await site.post(site.lockOut, { ...form, _once: once('late') }, { as: 'stalking-advocate' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague changed this a moment ago')
  expect(plain((await site.get(site.lockOut, as)).text)).toContain(
    `0 of ${order.split(' ').length} steps are done`,
  )
})

test('S9 the plan is in three parts, each sitting says what it means to stop after it, and what cards share is said once', async () => {
  const { text } = await site.get(site.lockOut, as)
  const said = plain(text)
  expect(said).toMatch(/Next sitting: \d+ steps?, about \d/)
  expect(said).toMatch(/Later: \d+ sittings?/)
  const sittings = 1 + (text.match(/class="govuk-details plan-sitting"/g)?.length ?? 0)
  expect(said.split('If the client stops after it').length - 1).toBe(sittings)
  expect(said).toContain('Every step of the plan is then done.')
  expect(said).not.toContain('one sitting,')
  expect(text).toContain(`href="/cases/${site.caseId}/appointments/new"`)
  const shared = 'Take it that they are told at once, by name.'
  expect(said.split(shared).length - 1).toBeLessThanOrEqual(1)
})

test('S14 a plan that leaves the suspected person in the old mailbox does not say that nothing is open', async () => {
  const other = await openMapSite()
  try {
    await other.add(['mailbox'])
    const { text } = await other.get(other.lockOut, as)
    expect(plain(text)).toContain('Use another address in place of E-mail')
    expect(plain(text)).toContain('They still reach E-mail, with what lies there.')
    expect(plain(text)).not.toContain('Nothing that is on the map is open.')
  } finally {
    await other.close()
  }
})

test('S9 what goes by itself stands on the map and above the plan with the day by which it is to be kept, until it is kept', async () => {
  const other = await openMapSite()
  try {
    expect((await other.get(other.base, as)).text).not.toContain('id="keep-by"')
    await other.add(['blink', 'airtag'])
    for (const path of [other.base, other.lockOut]) {
      const { text } = await other.get(path, as)
      const said = plain(
        text.slice(text.indexOf('id="keep-by"'), text.indexOf('</ul>', text.indexOf('id="keep-by"'))),
      )
      // The warning of two days goes first, the list of thirty after it.
      expect(said).toMatch(/By 3 March 2026: The warning about .*By 31 March 2026: The users, the sign-ins/)
    }
    const gone = keepByView('', [
      { evidence: 't1.log', thingId: 't1', words: 'The log', by: '2026-03-03', isPast: true },
    ])
    expect(plain(gone.markup)).toMatch(/May be gone since 3 March 2026: The log/)
  } finally {
    await other.close()
  }
})

test('S9 the card of an act that they can answer says who wins', async () => {
  const other = await openMapSite()
  try {
    await other.add(['telegram'])
    const { text } = await other.get(other.lockOut, as)
    expect(plain(text)).toMatch(
      /If they answer The quicker one wins\. An older session of theirs can end the client’s.*Where that was read/,
    )
  } finally {
    await other.close()
  }
})
