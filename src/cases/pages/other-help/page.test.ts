import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

test('S2 S3 the page is for anyone, neutral by its title, kept by no browser, and has the way out', async () => {
  const { status, text, headers } = await site.get('/refer/other-help?for=bc')
  expect(status).toBe(200)
  expect(text).toContain('These people can help you better than we can')
  expect(/<title>([^<]*)<\/title>/.exec(text)?.[1]).not.toMatch(/stalk|abuse|police|clinic|victim|harass/i)
  expect(headers.get('cache-control')).toContain('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(text).toContain('href="/leave"')
  expect(text).toContain('Exit this page')
})

test('without a reason the page lists other help, and what is no reason is none', async () => {
  for (const path of ['/refer/other-help', '/refer/other-help?for=%3C%3E', '/refer/other-help?for=zz']) {
    const { status, text } = await site.get(path)
    expect([path, status]).toEqual([path, 200])
    expect(text).toContain('>Other help</h1>')
  }
})
