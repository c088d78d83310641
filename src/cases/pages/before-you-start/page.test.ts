import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

test('S2 S3 the page is for anyone, neutral by its title, kept by no browser, and has the way out', async () => {
  const { status, text, headers } = await site.get('/refer')
  expect(status).toBe(200)
  expect(text).toContain('How to leave these pages quickly')
  expect(/<title>([^<]*)<\/title>/.exec(text)?.[1]).not.toMatch(/stalk|abuse|police|clinic|victim|harass/i)
  expect(headers.get('cache-control')).toContain('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(text).toContain('href="/leave"')
  expect(text).toContain('Exit this page')
})

test('S3 how to leave is said before the form, with what leaving does not erase', async () => {
  const { text } = await site.get('/refer')
  expect(text).toContain('press the Shift key 3 times')
  expect(text).toContain('an empty history can be noticed too')
  expect(text).toContain('href="/refer/form"')
  expect(text).not.toContain('<textarea')
})
