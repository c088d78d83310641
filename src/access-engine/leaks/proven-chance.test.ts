import { expect, test } from 'vitest'
import { makeLeakWorld, worldErrors } from '../../../test/support/leak-worlds.ts'
import { logGamma, slopeOfLogGamma } from './gamma.ts'
import { findLeaks } from './leak-finder.ts'
import { keepQuadratures, makeLeakTable } from './leak-likelihood.ts'
import { findProvenChance } from './proven-chance.ts'
import { sumOverAll } from './sum-over-all.ts'

test('what is proven of a source is never more than its chance over all sets, and close to it where much speaks for it', () => {
  let close = 0
  let counted = 0
  for (const error of worldErrors)
    for (let seed = 1; seed <= 14; seed += 1) {
      const table = makeLeakTable(makeLeakWorld(seed, error, { sources: 7, days: 14 }).leaks)
      const exact = sumOverAll(table)
      if (!exact) continue
      const likeliest = exact
        .map((_, source) => source)
        .sort((one, other) => (exact[other] ?? 0) - (exact[one] ?? 0))
      for (const source of likeliest.slice(0, 3)) {
        const proven = findProvenChance(table, source, likeliest, keepQuadratures())
        expect(proven, `${error} ${seed}`).toBeLessThanOrEqual((exact[source] ?? 0) + 1e-6)
        counted += 1
        if ((exact[source] ?? 0) > 0.99 && proven > 0.9) close += 1
      }
    }
  expect(counted).toBeGreaterThan(150)
  expect(close).toBeGreaterThan(4)
})

test('where not every set could be counted, no figure is more than is proven', () => {
  let settled = 0
  for (let seed = 1; seed <= 6; seed += 1) {
    const { leaks } = makeLeakWorld(seed, 'nothing', { sources: 14, days: 60 })
    const { verdict, sources, isExact } = findLeaks(leaks)
    if (isExact || !verdict.settled) continue
    const place = new Map(leaks.sources.map(({ id }, source) => [id, source]))
    const likeliest = sources.map(each => place.get(each.id) ?? 0)
    for (const { id, atLeast } of verdict.said) {
      settled += 1
      const proven = findProvenChance(makeLeakTable(leaks), place.get(id) ?? 0, likeliest, keepQuadratures())
      expect(atLeast).toBeLessThanOrEqual(proven + 1e-9)
    }
  }
  expect(settled).toBeGreaterThan(2)
})

test('the logarithm of the gamma function is that of the factorials, and its slope is its slope', () => {
  let factorial = 1
  for (let n = 1; n <= 20; n += 1) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 10)
    factorial *= n
  }
  for (const x of [0.05, 0.7, 3.2, 41]) {
    const slope = (logGamma(x * 1.0001) - logGamma(x * 0.9999)) / (x * 0.0002)
    expect(slopeOfLogGamma(x) / slope).toBeCloseTo(1, 5)
  }
})
