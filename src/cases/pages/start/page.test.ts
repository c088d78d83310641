import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

test('S2 S3 the page is for anyone, neutral by its title, kept by no browser, and has the way out', async () => {
  const { status, text, headers } = await site.get('/')
  expect(status).toBe(200)
  expect(text).toContain('is this device safe?')
  expect(/<title>([^<]*)<\/title>/.exec(text)?.[1]).not.toMatch(/stalk|abuse|police|clinic|victim|harass/i)
  expect(headers.get('cache-control')).toContain('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(text).toContain('href="/leave"')
  expect(text).toContain('Exit this page')
})

test('the first page leads to the form, to the client’s own pages and to other help', async () => {
  const { text } = await site.get('/')
  for (const href of ['/refer', '/my/start', '/refer/other-help']) expect(text).toContain(`href="${href}"`)
})
