import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.play()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('plans are compared by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/lock-out/compare`, await site.outOfSight(`${site.base}/lock-out/compare`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/lock-out/compare`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/lock-out/compare`], 'idva')).toEqual([200])
  expect((await site.post(`${site.base}/lock-out/compare`, {}, { as: 'idva' })).status).toBe(404)
})

test('plans are side by side with what each trades, in units a person knows', async () => {
  const compared = plain((await site.get(`${site.lockOut}/compare`, as)).text)
  for (const words of [
    'Time',
    'Money',
    'Given up or exchanged',
    'Steps before the first of these',
    'Plan A asks least',
  ])
    expect(compared).toContain(words)
  expect(compared).toMatch(/about \d+ (?:hours?|minutes)/)
  expect(compared).toContain('guesses of ours')
  // Each other plan has its sentence once, beside its name.
  const others = [...compared.matchAll(/Plan ([B-G]) (?:is|costs|keeps|does|takes)/g)].map(found => found[1])
  expect(others.length).toBeGreaterThan(0)
  expect(compared).toMatch(/It takes about|It costs about|fewer steps? may be noticed/)
  const sentences = compared.split(/(?<=\.)\s+/).filter(each => /\bbut\b|of work, and/.test(each))
  expect(sentences.length).toBeGreaterThan(1)
  for (const each of sentences) expect(compared.split(each).length, each).toBe(2)
})

test('one of the plans is chosen, only as it can be taken, and it is in the trail', async () => {
  const path = `${site.lockOut}/compare`
  const order = /name="order" type="radio" value="([^"]+)"/.exec((await site.get(path, as)).text)?.[1] ?? ''
  const silent = await site.post(path, { order, seen: '0' }, as)
  expect(silent.status).toBe(422)
  expect(silent.text).toContain('Select how the client wants it done')
  const backwards = { order: order.split(' ').reverse().join(' '), seen: '0', mode: 'quiet' }
  expect((await site.post(path, backwards, as)).status).toBe(409)
  expect((await site.post(path, { order, seen: '0', mode: 'quiet' }, as)).location).toBe(site.lockOut)
  expect(await verbsOf(site.world, site.caseId)).toContain('lock-out-changed')
  expect(plain((await site.get(site.lockOut, as)).text)).toContain(
    `0 of ${order.split(' ').length} steps are done`,
  )
})
