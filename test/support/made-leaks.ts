import type { LeakCase } from '../../src/access-engine/leaks/leak-case.ts'
import { makeChance } from './chance.ts'

export type MadeLeaks = { readonly leaks: LeakCase; readonly planted: readonly string[] }

/** A made-up case: sources by chance, some of which really leak, and the days on which the suspected person knew because of them. */
export function makeLeaks(
  seed: number,
  shape: {
    readonly sources: number
    readonly incidents: number
    readonly planted: number
    readonly tests?: number
  },
): MadeLeaks {
  const chance = makeChance(seed * 31 + shape.incidents)
  const sources = Array.from({ length: shape.sources }, (_, index) => ({
    id: `source-${index}`,
    label: `source ${index}`,
    prior: 0.05 + 0.3 * chance.real(),
    a: 1 + chance.below(3),
    b: 1 + chance.below(3),
  }))
  const planted = chance
    .shuffle(sources)
    .slice(0, shape.planted)
    .map(source => ({ id: source.id, rate: 0.5 + 0.45 * chance.real() }))
  const incidents = Array.from({ length: shape.incidents }, (_, index) => {
    const carriers = sources.filter(() => chance.is(0.35)).map(source => source.id)
    const told = planted.some(leak => carriers.includes(leak.id) && chance.is(leak.rate))
    return { id: `day-${index}`, knew: told || chance.is(0.01), carriers, otherwise: 0.01 }
  })
  const tests = Array.from({ length: shape.tests ?? 0 }, (_, index) => ({
    id: `test-${index}`,
    label: `test ${index}`,
    cost: 1 + chance.below(3),
    risk: chance.below(3),
    carriers: sources.filter(() => chance.is(0.3)).map(source => source.id),
    otherwise: 0.01,
  }))
  return { leaks: { sources, incidents, tests }, planted: planted.map(leak => leak.id) }
}
