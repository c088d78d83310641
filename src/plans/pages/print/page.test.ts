import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { isNeutralTitle } from '../../../identity/neutral-title.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('the printed copy is made by those who may read the plan', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/print`
  expect(await site.statuses([`${path}/print`, closed])).toEqual([200, 404])
  expect(await site.statuses([`${path}/print`], 'police-liaison')).toEqual([200])
  for (const role of ['manager', 'call-handler', 'administrator'] as const)
    expect(await site.statuses([`${path}/print`], role), role).toEqual([404])
})

test('S2 the printed copy does not say what it is, and has a name on it only when somebody chose that', async () => {
  const { path } = await site.openPlan()
  await site.addAction(path, {
    'a1-words': 'Report him to the police',
    'a1-plain': 'Make the call you spoke of',
    'a1-owner': site.world.agencies.police,
  })
  const sheetOf = async (tail: string) => {
    const { text } = await site.get(`${path}/print${tail}`, { as })
    const title = /<title>([^<]*)/.exec(text)?.[1] ?? ''
    const main =
      /<main[^>]*>([\s\S]*)<\/main>/
        .exec(text)?.[1]
        ?.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '') ?? ''
    return { title, words: main.replace(/<[^>]+>/g, ' ') }
  }
  const plain = await sheetOf('')
  expect(isNeutralTitle(plain.title)).toBe(true)
  expect(isNeutralTitle(plain.words)).toBe(true)
  expect(plain.words).toContain('Make the call you spoke of')
  expect(plain.words).not.toContain('Fairweather')
  expect((await sheetOf('?name=yes')).words).toContain('Fairweather')
})

test('the printed copy of a case without a plan has nothing on it', async () => {
  const none = `/cases/${await openTestCase(site.world)}/plan/print`
  expect((await site.get(none, { as })).text).toContain('Nothing yet.')
})
