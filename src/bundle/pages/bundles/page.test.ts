import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BundleSite, openBundleSite } from '../../../../test/support/bundle-site.ts'
import { writeVerifierKey } from '../../../evidence/checkpoint-key.ts'
import { clinicSigner } from '../../../evidence/clinic-signer.ts'
import { takeInEvidence } from '../../../evidence/operations/take-in-evidence.ts'

let site: BundleSite
beforeAll(async () => {
  site = await openBundleSite()
})
afterAll(() => site.close())

test('nobody who may only look can ask for a bundle or decide on one', async () => {
  for (const role of [
    'cyber-adviser',
    'idva',
    'police-liaison',
    'manager',
    'administrator',
    'call-handler',
  ] as const) {
    expect(
      (await site.post(site.path, { purpose: 'client-copy', records: 'all' }, { as: role })).status,
      role,
    ).toBe(404)
  }
  expect((await site.get(site.path, { as: 'police-liaison' })).text).toContain(
    'No bundle has been shared with you yet.',
  )
})

test('somebody who may see the bundles finds the key that proves them, and the page says not to send it with one', async () => {
  const key = writeVerifierKey(clinicSigner(site.world.clinic.key, site.world.clinic.clinicId))
  for (const role of ['stalking-advocate', 'coordinator', 'police-liaison'] as const) {
    const { text } = await site.get(site.path, { as: role })
    expect(text, role).toContain(key)
    expect(text, role).toContain('must not get it with the bundle')
  }
})

test('each thing left out is said beside its field and in the summary, and what was typed stays', async () => {
  const answer = await site.post(site.path, { note: 'for <b>the</b> inspector' }, { as: 'stalking-advocate' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Error: Bundles')
  expect(answer.text).toContain('href="#purpose"')
  expect(answer.text).toContain('id="purpose"')
  expect(answer.text).toContain('Select what the bundle is for')
  expect(answer.text).toContain('Select which messages go in the chronology')
  expect(answer.text).toContain('for &lt;b&gt;the&lt;/b&gt; inspector')
})

test('a bundle for the police needs an agency that the client agreed to', async () => {
  expect((await site.askFor({ agency: '' })).text).toContain('Select which agency the bundle is for')
  const refused = await site.askFor({ agency: '01900000-0000-7000-8000-000000000000' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('not party to this case with consent for bundles')
})

test('each exhibit that could give the client away needs a choice by name, a page at a time, and nothing typed is lost', async () => {
  const wish = { purpose: 'client-copy', agency: '', records: 'all', note: 'for the sister' }
  for (let count = 0; count < 27; count += 1) {
    const taken = await takeInEvidence(site.world.clinic, site.world.as('stalking-advocate'), site.caseId, {
      name: `<b>${count}</b>.bin`,
      broughtBy: 'ABC',
      howObtained: 'copied',
      body: Readable.from([Buffer.from(`nobody reads this ${count}`)]),
    })
    expect(taken.kind).not.toBe('refused')
  }
  const first = await site.post(site.path, wish, { as: 'stalking-advocate' })
  expect(first.status).toBe(200)
  expect(first.text).toContain('27 exhibits that would go in')
  expect(first.text).toContain('value="for the sister"')
  expect(first.text).toContain('&lt;b&gt;0&lt;/b&gt;.bin')
  // Nobody has read them, so they may hold anything; and nothing is chosen beforehand.
  expect(first.text).toContain('Nobody has looked it through yet, so it may hold anything.')
  expect(first.text).not.toContain(' checked')
  const namesOn = (text: string) => [
    ...new Set(
      [...text.matchAll(/type="radio"[^>]*|name="(exhibit-[0-9a-f-]{36})"/g)].flatMap(found =>
        found[1] ? [found[1]] : [],
      ),
    ),
  ]
  const asked = [...first.text.matchAll(/name="asked" value="([^"]+)"/g)].map(found => found[1] ?? '')
  expect(asked).toHaveLength(25)

  const [one = '', ...others] = namesOn(first.text)
  const some = Object.fromEntries(others.map(name => [name, 'leave-out']))
  const missed = await site.post(site.path, { ...wish, asked, ...some }, { as: 'stalking-advocate' })
  expect(missed.status).toBe(422)
  expect(missed.text).toContain(`href="#${one}"`)
  expect(missed.text.match(/Select what becomes of/g)?.length).toBe(2)

  const second = await site.post(
    site.path,
    { ...wish, asked, ...some, [one]: 'original' },
    { as: 'stalking-advocate' },
  )
  expect(second.status).toBe(200)
  expect(second.text).toContain(`name="${one}" value="original"`)
  const rest = [...second.text.matchAll(/name="asked" value="([^"]+)"/g)].map(found => `exhibit-${found[1]}`)
  expect(rest).toHaveLength(2)
  const all = { ...some, [one]: 'original', ...Object.fromEntries(rest.map(name => [name, 'working-copy'])) }
  // A copy cannot be made of what is no picture, whatever the form says.
  expect((await site.post(site.path, { ...wish, ...all }, { as: 'stalking-advocate' })).status).toBe(200)
  const done = { ...all, ...Object.fromEntries(rest.map(name => [name, 'leave-out'])) }
  expect((await site.post(site.path, { ...wish, ...done }, { as: 'stalking-advocate' })).location).toBe(
    site.path,
  )

  const list = await site.get(site.path, { as: 'coordinator' })
  const decide = /href="([^"]+\/decide)"/.exec(list.text)?.[1] ?? ''
  const shown = await site.get(decide, { as: 'coordinator' })
  expect(shown.text).toContain('Send the original as it is')
  expect(shown.text.match(/Leave it out/g)?.length).toBe(26)
}, 120_000)
