import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePlace, findOrigin, mostInPile, mostInTriage, tellsDanger } from './flood.ts'

const none = { source: 0, network: 0, clinic: 0, pile: 0, pileOfSource: 0 }

test('S13 beyond what the clinic can look at a form is set aside, by address, by network and in all', () => {
  expect(decidePlace(none)).toBe('triage')
  for (const key of ['source', 'network', 'clinic'] as const) {
    expect(decidePlace({ ...none, [key]: mostInTriage[key] - 1 })).toBe('triage')
    expect(decidePlace({ ...none, [key]: mostInTriage[key] })).toBe('set-aside')
  }
})

test('S13 a flood never fills more than the pile, and one address never the pile', () => {
  const count = fc.nat(10_000)
  const counts = fc.record({ source: count, network: count, clinic: count, pile: count, pileOfSource: count })
  fc.assert(
    fc.property(counts, all => {
      if (all.pile >= mostInPile.all || all.pileOfSource >= mostInPile.source)
        expect(decidePlace(all)).not.toBe('set-aside')
      if (decidePlace(all) === 'triage') expect(all.clinic).toBeLessThan(mostInTriage.clinic)
    }),
  )
})

test('a place is known again and not named, and a neighbour in the same /64 is the same', () => {
  const key = Buffer.alloc(32, 3)
  const one = findOrigin(key, '2001:db8::1')
  expect(findOrigin(key, '2001:db8::2')).toEqual(one)
  expect(findOrigin(key, '2001:db8:0:1::1').source).not.toBe(one.source)
  expect(findOrigin(Buffer.alloc(32, 4), '2001:db8::1').source).not.toBe(one.source)
  expect(JSON.stringify(one)).not.toContain('2001')
})

test('danger is danger now, or a sign that must be looked at today', () => {
  expect(tellsDanger({ flags: [], dangerNow: 'yes' })).toBe(true)
  expect(tellsDanger({ flags: ['strangled'], dangerNow: 'no' })).toBe(true)
  expect(tellsDanger({ flags: ['insider'], dangerNow: 'no' })).toBe(false)
})
