import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

test('S2 S3 the page is for anyone, neutral by its title, kept by no browser, and has the way out', async () => {
  const { status, text, headers } = await site.get('/refer/sent/7QK2M-9XP3T')
  expect(status).toBe(200)
  expect(text).toContain('We have it')
  expect(/<title>([^<]*)<\/title>/.exec(text)?.[1]).not.toMatch(/stalk|abuse|police|clinic|victim|harass/i)
  expect(headers.get('cache-control')).toContain('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(text).toContain('href="/leave"')
  expect(text).toContain('Exit this page')
})

test('the page is the same for any reference, and what is no reference has none', async () => {
  const [one, other] = ['7QK2M-9XP3T', '2222A-2222B']
  const texts = await Promise.all(
    [one, other].map(async each => (await site.get(`/refer/sent/${each}`)).text.replaceAll(each, '')),
  )
  expect(texts[0]).toBe(texts[1])
  expect((await site.get('/refer/sent/nothing')).status).toBe(404)
})
