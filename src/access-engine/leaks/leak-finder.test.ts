import { expect, test } from 'vitest'
import { makeLeaks } from '../../../test/support/made-leaks.ts'
import { makeQuadrature } from './gauss-jacobi.ts'
import { type LeakCase, withUnknownSource } from './leak-case.ts'
import { findLeaks, findSensitivity } from './leak-finder.ts'
import { makeLeakTable, makeLikelihood, silenceLikelihood } from './leak-likelihood.ts'
import { readLeaks } from './read-leaks.ts'
import { sumOverAll } from './sum-over-all.ts'

/** The chance of everything seen for one set of active sources, as a plain sum over the days they knew. */
function weighPlainly(leaks: LeakCase, active: ReadonlySet<string>): number {
  const knew = leaks.incidents.filter(each => each.knew)
  const uneventful = leaks.incidents.filter(each => !each.knew)
  let sum = 0
  for (let bits = 0; bits < 2 ** knew.length; bits += 1) {
    const chosen = knew.filter((_, day) => (bits >> day) % 2 === 1)
    let term = chosen.length % 2 === 0 ? 1 : -1
    for (const { otherwise } of [...chosen, ...uneventful]) term *= 1 - otherwise
    for (const { id, a, b } of leaks.sources) {
      if (active.has(id))
        term *= silenceLikelihood(
          a,
          b,
          [...chosen, ...uneventful].filter(day => day.carriers.includes(id)).length,
        )
    }
    sum += term
  }
  return leaks.sources.reduce((product, { id, prior }) => product * (active.has(id) ? prior : 1 - prior), sum)
}

test('the chances are those of adding up every set of sources', () => {
  for (const [seed, sources, incidents] of [
    [1, 4, 6],
    [2, 7, 9],
    [3, 9, 10],
    [4, 12, 6],
  ] as const) {
    const { leaks } = makeLeaks(seed, { sources, incidents, planted: 2 })
    let total = 0
    const by = new Map<string, number>()
    for (let bits = 0; bits < 2 ** sources; bits += 1) {
      const active = new Set(
        leaks.sources.filter((_, index) => (bits >> index) % 2 === 1).map(each => each.id),
      )
      const weight = weighPlainly(leaks, active)
      total += weight
      for (const id of active) by.set(id, (by.get(id) ?? 0) + weight)
    }
    const answer = findLeaks(leaks)
    expect(answer.isExact).toBe(true)
    for (const { id, probability } of answer.sources)
      expect(probability).toBeCloseTo((by.get(id) ?? 0) / total, 9)
  }
})

test('sums with signs and quadrature give a set the same weight', () => {
  const { leaks } = makeLeaks(5, { sources: 3, incidents: 60, planted: 2 })
  const few = { ...leaks, incidents: leaks.incidents.slice(0, 24) }
  const knew = few.incidents.filter(each => each.knew).length
  expect(knew).toBeGreaterThan(6)
  const table = makeLeakTable(few)
  // The same days with chances that hardly differ make groups of one, and so too many terms for a sum.
  const apart = {
    ...table,
    knew: table.knew.map((day, index) => ({ ...day, otherwise: day.otherwise + index * 1e-12 })),
  }
  for (const set of [[0], [1], [0, 1], [0, 1, 2]]) {
    const one = makeLikelihood(table)(set).whole
    const other = makeLikelihood(apart)(set).whole
    expect(other / one).toBeGreaterThan(0.99)
    expect(other / one).toBeLessThan(1.01)
  }
})

test('the points of the quadrature are exact for polynomials', () => {
  for (const [alpha, beta, count] of [
    [1, 1, 4],
    [2.5, 0.7, 6],
    [12, 3, 5],
  ] as const) {
    const { points, weights } = makeQuadrature(alpha, beta, count)
    for (let degree = 0; degree < 2 * count; degree += 1) {
      const mean = points.reduce((sum, point, at) => sum + (weights[at] ?? 0) * point ** degree, 0)
      expect(mean).toBeCloseTo(silenceLikelihood(beta, alpha, degree), 10)
    }
  }
})

test('the smallest explanations are all there, none has a source too many, and each weighs what it should', () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const { leaks } = makeLeaks(seed, { sources: 6, incidents: 7, planted: 2 })
    const knew = leaks.incidents.filter(each => each.knew)
    const expected = new Map<string, number>()
    for (let bits = 0; bits < 64; bits += 1) {
      const set = leaks.sources.filter((_, index) => (bits >> index) % 2 === 1)
      const explains = (day: (typeof knew)[number], by: typeof set): boolean =>
        by.some(source => day.carriers.includes(source.id))
      const isMinimal = set.every(source =>
        knew.some(
          day =>
            explains(day, [source]) &&
            !explains(
              day,
              set.filter(other => other !== source),
            ),
        ),
      )
      if (!isMinimal) continue
      const odds = set.reduce((product, { prior }) => (product * prior) / (1 - prior), 1)
      const open = knew.filter(day => !explains(day, set))
      expected.set(
        set.map(each => each.id).join(),
        open.reduce((product, day) => product * day.otherwise, odds),
      )
    }
    const found = findLeaks(leaks).explanations
    expect(found.map(each => each.set.join()).toSorted()).toEqual(
      [...expected.keys()].toSorted().slice(0, 100),
    )
    for (const { set, weight } of found) expect(weight).toBeCloseTo(expected.get(set.join()) ?? -1, 12)
    expect(found.map(each => each.weight).toSorted((one, other) => other - one)).toEqual(
      found.map(each => each.weight),
    )
  }
})

test('a planted leak comes first more often, the more days there are', () => {
  const shares = [3, 10, 40].map(incidents => {
    let first = 0
    for (let seed = 1; seed <= 16; seed += 1) {
      const { leaks, planted } = makeLeaks(seed, { sources: 6, incidents, planted: 1 })
      if (findLeaks(leaks).sources[0]?.id === planted[0]) first += 1
    }
    return first / 16
  })
  expect(shares[1]).toBeGreaterThanOrEqual(shares[0] ?? 1)
  expect(shares[2]).toBeGreaterThanOrEqual(shares[1] ?? 1)
  expect(shares[2]).toBeGreaterThan(0.9)
})

test('the uneventful days clear a source that the days they knew single out', () => {
  const sources = ['phone', 'car', 'camera'].map(id => ({ id, prior: 0.2, a: 2, b: 1 }))
  const knew = (...carriers: string[]) => ({ knew: true, carriers })
  const uneventful = (...carriers: string[]) => ({ knew: false, carriers })
  const incidents = [
    knew('phone', 'car'),
    knew('phone', 'car'),
    knew('phone', 'camera'),
    knew('phone', 'camera'),
  ]
  const uneventfulDays = Array.from({ length: 12 }, () => uneventful('phone'))
  const tests = [
    { id: 'ask-the-car-maker', source: 'car', cost: 1, risk: 0 },
    { id: 'nothing', carriers: [], cost: 1, risk: 0 },
  ]
  const leaksOf = (days: readonly unknown[]): LeakCase => {
    const read = readLeaks(JSON.stringify({ sources, incidents: days, tests }))
    if (!read.ok) throw new Error(JSON.stringify(read.findings))
    return read.leaks
  }
  expect(findLeaks(leaksOf(incidents)).sources[0]?.id).toBe('phone')
  const answer = findLeaks(leaksOf([...incidents, ...uneventfulDays]))
  expect(answer.sources.at(-1)?.id).toBe('phone')
  expect(answer.tests.map(each => each.id)).toEqual(['ask-the-car-maker', 'nothing'])
  expect(answer.tests[1]?.bits).toBeCloseTo(0, 9)
  const { halved, doubled } = findSensitivity(leaksOf(incidents))
  expect([halved[0]?.id, doubled[0]?.id]).toEqual(['phone', 'phone'])
  expect(halved[0]?.probability).not.toBeCloseTo(doubled[0]?.probability ?? 0, 3)
  const open = findLeaks(withUnknownSource(leaksOf(incidents)))
  expect(open.sources.map(each => each.id)).toContain('unknown')
})

test('the sensitivity is the ranking when all odds are halved, or doubled', () => {
  for (const [seed, sources, incidents] of [
    [6, 7, 9],
    [7, 12, 10],
    [8, 6, 60],
  ] as const) {
    const { leaks } = makeLeaks(seed, { sources, incidents, planted: 2 })
    const { halved, doubled } = findSensitivity(leaks)
    for (const [times, found] of [
      [0.5, halved],
      [2, doubled],
    ] as const) {
      const changed = leaks.sources.map(source => {
        const odds = (times * source.prior) / (1 - source.prior)
        return { ...source, prior: odds / (1 + odds) }
      })
      for (const { id, probability } of findLeaks({ ...leaks, sources: changed }).sources)
        expect(found.find(each => each.id === id)?.probability).toBeCloseTo(probability, 6)
    }
  }
})

test('everything wrong with the input is listed', () => {
  const read = readLeaks(
    '{"sources":[{"id":"a","prior":2},{"id":"a","b":0}],"incidents":[{"carriers":["z"]}],"tests":[{"id":"t","source":"q"}]}',
  )
  expect(!read.ok && read.findings.map(each => `${each.place} ${each.code}`)).toEqual([
    'sources[0].prior too-large',
    'sources[1].id twice',
    'sources[1].b too-small',
    'incidents[0].knew missing',
    'incidents[0].carriers[0] unknown-id',
    'tests[0].source unknown-id',
  ])
  expect(readLeaks('{}')).toMatchObject({ ok: false })
  expect(readLeaks('no')).toMatchObject({ ok: false })
})

/** A case with the same days for all, from a seed: few, so that everything can be added up by hand. */
function makeFew(seed: number, sources: number, incidents: number): LeakCase {
  return makeLeaks(seed, { sources, incidents, planted: 1 }).leaks
}

test('a tick that may be wrong counts as adding up every table of ticks that could be meant', () => {
  const trust = { ticked: 0.8, unticked: 0.1 }
  for (const seed of [1, 2, 3]) {
    const leaks = makeFew(seed, 2, 4)
    const cells = leaks.incidents.flatMap(({ id }) =>
      leaks.sources.map(source => ({ id, source: source.id })),
    )
    const weights = new Map<string, number>()
    for (let bits = 0; bits < 2 ** cells.length; bits += 1) {
      const carried = cells.filter((_, cell) => (bits >> cell) % 2 === 1)
      let chance = 1
      for (const [cell, { id, source }] of cells.entries()) {
        const isTicked = leaks.incidents.find(each => each.id === id)?.carriers.includes(source)
        const share = isTicked ? trust.ticked : trust.unticked
        chance *= (bits >> cell) % 2 === 1 ? share : 1 - share
      }
      const meant = {
        ...leaks,
        incidents: leaks.incidents.map(each => ({
          ...each,
          carriers: carried.filter(cell => cell.id === each.id).map(cell => cell.source),
        })),
      }
      for (let set = 0; set < 2 ** leaks.sources.length; set += 1) {
        const active = leaks.sources.filter((_, at) => (set >> at) % 2 === 1).map(each => each.id)
        const key = active.join()
        weights.set(key, (weights.get(key) ?? 0) + chance * weighPlainly(meant, new Set(active)))
      }
    }
    const total = [...weights.values()].reduce((sum, each) => sum + each, 0)
    const found = sumOverAll(makeLeakTable(leaks, trust))
    for (const [at, { id }] of leaks.sources.entries()) {
      const own = [...weights].filter(([key]) => key.split(',').includes(id))
      expect(found?.[at]).toBeCloseTo(own.reduce((sum, [, weight]) => sum + weight, 0) / total, 9)
    }
    const grid = makeLikelihood(makeLeakTable(leaks, trust))
    const [none = 0, both = 0] = [grid([]).whole, grid([0, 1]).whole]
    const odds = leaks.sources.reduce((product, { prior }) => (product * prior) / (1 - prior), 1)
    const ids = leaks.sources.map(each => each.id).join()
    const ratio = (odds * both * (weights.get('') ?? 1)) / (none * (weights.get(ids) ?? 1))
    expect(Math.abs(ratio - 1)).toBeLessThan(0.01)
  }
})

test('that two told is the sum over all sets of two and more', () => {
  for (const seed of [4, 5, 6]) {
    const leaks = makeFew(seed, 5, 9)
    let total = 0
    const own = leaks.sources.map(() => 0)
    for (let bits = 0; bits < 2 ** leaks.sources.length; bits += 1) {
      const active = leaks.sources.filter((_, at) => (bits >> at) % 2 === 1).map(each => each.id)
      if (active.length < 2) continue
      const weight = weighPlainly(leaks, new Set(active))
      total += weight
      for (const [at, { id }] of leaks.sources.entries())
        if (active.includes(id)) own[at] = (own[at] ?? 0) + weight
    }
    const found = sumOverAll(makeLeakTable(leaks), 2)
    for (const [at, each] of own.entries()) expect(found?.[at]).toBeCloseTo(each / total, 8)
  }
})

test('a sum with signs that has lost its digits is not taken', () => {
  // Two sources that carried the same fifteen days, and one of them one uneventful day more.
  const source = (id: string) => ({ id, label: id, prior: 0.2, a: 1, b: 1 })
  const days = (count: number, knew: boolean, ...carriers: string[]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${carriers.join()} ${knew} ${index}`,
      knew,
      carriers,
      otherwise: 0.001,
    }))
  const leaks: LeakCase = {
    sources: [source('phone'), source('car')],
    incidents: [
      ...days(15, true, 'phone', 'car'),
      ...days(30, false, 'phone', 'car'),
      ...days(4, false, 'car'),
    ],
    tests: [],
  }
  expect(sumOverAll(makeLeakTable(leaks))).toBeNull()
  // The same by a fine net of points over how often the two tell.
  const points = Array.from({ length: 400 }, (_, index) => (index + 0.5) / 400)
  const knew = (silent: number) => (1 - 0.999 * silent) ** 15
  const mean = (of: (point: number) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const phone = 0.25 * mean(u => u ** 30 * knew(u))
  const car = 0.25 * mean(u => u ** 34 * knew(u))
  const both = 0.25 ** 2 * mean(u => u ** 30 * mean(v => v ** 34 * knew(u * v)))
  const total = 0.001 ** 15 + phone + car + both
  const { sources } = findLeaks(leaks)
  const chanceOf = (id: string) => sources.find(each => each.id === id)?.probability ?? 0
  expect(chanceOf('phone')).toBeCloseTo((phone + both) / total, 3)
  expect(chanceOf('car')).toBeCloseTo((car + both) / total, 3)
})
