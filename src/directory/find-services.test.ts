import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findServices, parseNeeds } from './find-services.ts'
import { needs, parseProfile } from './profile.ts'

const parsed = parseProfile(JSON.parse(readFileSync('profiles/west-kent.json', 'utf8')))
if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
const { services } = parsed.profile

test('whatever somebody needs, there is at least one service to name: never a dead end', () => {
  for (const need of needs)
    expect([need, findServices(services, [need], '2026-03-02').length > 0]).toEqual([need, true])
  expect(findServices(services, [], '2026-03-02').length).toBeGreaterThan(0)
})

test('danger comes first, with what a silent call does and does not do', () => {
  const [first] = findServices(services, ['other-area', 'danger-now'], '2026-03-02')
  expect(first?.service.number).toBe('999')
  expect(first?.service.says).toContain('55')
  expect(first?.service.says).toContain('does not tell them where you are')
})

test('a service that fits two needs is named once', () => {
  const names = findServices(services, ['stalking', 'other-area'], '2026-03-02').map(
    found => found.service.name,
  )
  expect(new Set(names).size).toBe(names.length)
})

test('a number that was not checked for half a year is shown as old', () => {
  const service = services[0]
  if (!service) throw new Error('the profile names no service')
  const checked = [{ ...service, lastChecked: '2026-01-01' }]
  expect(findServices(checked, service.for, '2026-06-30')[0]?.isStale).toBe(false)
  expect(findServices(checked, service.for, '2026-07-01')[0]?.isStale).toBe(true)
})

test('codes in an address that mean nothing are left out', () => {
  expect(parseNeeds('under-age,<script>,other-area')).toEqual(['under-age', 'other-area'])
})
