import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePlace, mostInPile, mostInTriage, tellsDanger } from './flood.ts'

const none = { source: 0, network: 0, clinic: 0, pile: 0, pileOfSource: 0, pileOfNetwork: 0 }

const flooded = { ...none, source: mostInTriage.source }

test('S13 beyond what the clinic can look at a form is set aside, by address, by network and in all', () => {
  expect(decidePlace(none, false)).toBe('triage')
  for (const key of ['source', 'network', 'clinic'] as const) {
    expect(decidePlace({ ...none, [key]: mostInTriage[key] - 1 }, false)).toBe('triage')
    expect(decidePlace({ ...none, [key]: mostInTriage[key] }, false)).toBe('set-aside')
  }
})

test('S13 a flood never fills more than the pile, and neither one address nor one network fills the pile', () => {
  const count = fc.nat(10_000)
  const counts = fc.record({
    source: count,
    network: count,
    clinic: count,
    pile: count,
    pileOfSource: count,
    pileOfNetwork: count,
  })
  fc.assert(
    fc.property(counts, fc.boolean(), (all, danger) => {
      const place = decidePlace(all, danger)
      if (
        all.pile >= mostInPile.all ||
        all.pileOfSource >= mostInPile.source ||
        all.pileOfNetwork >= mostInPile.network
      )
        expect(place).not.toBe('set-aside')
      if (place === 'triage') expect(all.clinic).toBeLessThan(mostInTriage.clinic)
    }),
  )
  expect(mostInPile.network).toBeLessThan((mostInPile.all - mostInPile.reserve) / 2)
})

test('S13 the last places are for danger from a network of which none is in the pile', () => {
  const full = { ...flooded, pile: mostInPile.all - mostInPile.reserve }
  expect(decidePlace(full, false)).toBe('full')
  expect(decidePlace(full, true)).toBe('set-aside')
  expect(decidePlace({ ...full, pileOfNetwork: 1 }, true)).toBe('full')
  expect(decidePlace({ ...full, pile: mostInPile.all }, true)).toBe('full')
})

test('danger is danger now, or a sign that must be looked at today', () => {
  expect(tellsDanger({ flags: [], dangerNow: 'yes' })).toBe(true)
  expect(tellsDanger({ flags: ['strangled'], dangerNow: 'no' })).toBe(true)
  expect(tellsDanger({ flags: ['insider'], dangerNow: 'no' })).toBe(false)
})
