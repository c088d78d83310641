import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.addPhones()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('the sheet of devices and accounts is made by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/print`, await site.outOfSight(`${site.base}/print`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/print`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/print`], 'idva')).toEqual([200])
})

/** What is on the paper, without its tags. */
const printed = (text: string): string =>
  (/<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? '')
    .replace(/<div class="not-printed">[\s\S]*?<\/div>/, '')
    .replace(/<[^>]+>/g, ' ')

test('S2 the sheet that a client takes with them says what they have in words of any household, and no word of who reaches it', async () => {
  const { text } = await site.get(`${site.base}/print`, as)
  expect(text).toContain('<title>Devices and accounts</title>')
  expect(printed(text)).toContain('A (phone)')
  expect(printed(text)).not.toMatch(/Lena|Alex Bryony|others|opened|shows|sure|likely|known/i)
  expect(printed(text)).not.toMatch(/suspect|stalk|abuse|police|Unwatched/i)
  expect(text).not.toContain('<svg class="reach-picture')
})

test('S2 the picture is printed for the file alone, says so on the paper, and does not say what it is about', async () => {
  const { text } = await site.get(`${site.base}/print?for=file`, as)
  expect(text).toContain('<title>Devices and accounts</title>')
  expect(printed(text)).toContain('For the file alone. Not to be handed over or left lying.')
  expect(printed(text)).toContain('Lena’s phone')
  expect(printed(text)).not.toMatch(/suspect|stalk|abuse|police|Unwatched|Alex Bryony/i)
})
