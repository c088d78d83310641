import { expect, test } from 'vitest'
import { findKeyFacts } from './gather-input.ts'

test('a bundle names a last day only where a person chose the course of conduct, and otherwise says that it cannot', () => {
  const said = (facts: ReturnType<typeof findKeyFacts>) =>
    facts.map(each => `${each.name}: ${each.value}`).join('\n')
  const none = said(
    findKeyFacts({
      incidents: 0,
      records: 0,
      notRead: 0,
      conduct: null,
      limits: [{ id: 'summary', kind: 'cannot-be-known', lacks: 'nobody-chose' }],
    }),
  )
  expect(none).toContain('Course of conduct, as a person at the clinic chose it: Nobody has chosen')
  expect(none).toContain('others may have no such limit): Cannot be known from this')
  expect(none).not.toMatch(/20\d\d/)
  expect(none).not.toContain('not read')
  const day = { from: '2026-01-20', number: 2, lastDay: '2026-07-20', daysLeft: 5, withoutTime: 0 } as const
  const chosen = said(
    findKeyFacts({
      incidents: 0,
      records: 0,
      notRead: 3,
      conduct: [1, 2],
      limits: [{ id: 'summary', kind: 'running', ...day }],
    }),
  )
  expect(chosen).toContain('Messages and other records: 0\nRows that say what was not read: 3')
  expect(chosen).toContain('Incidents 1, 2')
  expect(chosen).toContain('20 July 2026, from incident 2, 20 January 2026')
})
