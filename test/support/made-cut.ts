import type { AccessMap } from '../../src/access-engine/reach/map.ts'
import { readMapValue } from '../../src/access-engine/reach/read-map.ts'
import { makeChance } from './chance.ts'

/**
 * A weighted cut of a random AND/OR graph, of the shape that was used in the MaxSAT Evaluation of 2019: six tenths of the
 * nodes can be taken out for a price, and a fifth each are ANDs and ORs over nodes below them. The instances themselves
 * are not part of this project; these are made, and published with their seeds.
 */
export function makeCut(seed: number, size: number): AccessMap {
  const chance = makeChance(seed * 104_729 + size)
  const atoms = Math.round(size * 0.6)
  const id = (index: number): string => `n${index}`
  const kinds = Array.from({ length: size }, (_, index) =>
    index < atoms ? 'atom' : chance.is(0.5) ? 'and' : 'or',
  )
  const pick = (index: number): string => {
    // Mostly from the layer just below, so that the graph is deep as well as wide.
    const from = index >= atoms && chance.is(0.6) ? Math.max(0, index - Math.round(size * 0.15)) : 0
    return id(from + chance.below(index - from))
  }
  const rules = Array.from({ length: size - atoms }, (_, offset) => {
    const index = atoms + offset
    const body = [...new Set(Array.from({ length: 2 + chance.below(2) }, () => pick(index)))]
    return kinds[index] === 'and'
      ? [{ to: id(index), from: body }]
      : body.map(from => ({ to: id(index), from: [from] }))
  }).flat()
  const read = readMapValue({
    nodes: [
      ...Array.from({ length: size }, (_, index) => ({ id: id(index), kind: kinds[index] })),
      { id: 'start' },
      { id: 'goal' },
    ],
    rules: [
      ...Array.from({ length: atoms }, (_, index) => ({
        to: id(index),
        from: ['start'],
        unless: [`cut${index}`],
      })),
      ...rules,
      ...Array.from({ length: Math.max(1, Math.round(size / 100)) }, (_, index) => ({
        to: 'goal',
        from: [id(size - 1 - index)],
      })),
    ],
    holds: { suspect: ['start'] },
    steps: Array.from({ length: atoms }, (_, index) => ({
      id: `cut${index}`,
      cost: { effort: 1 + chance.below(100) },
      alerts: false,
    })),
    protect: ['goal'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings.slice(0, 3)))
  return read.map
}

/** Set cover in layers: in each layer every path passes one of a few steps, and steps stand in several paths. The hard kind. */
export function makeLayeredCover(seed: number, size: number): AccessMap {
  const chance = makeChance(seed * 15_485_863 + size)
  const steps = Math.round(size / 3)
  const paths = size - 2
  const read = readMapValue({
    nodes: [
      { id: 'start' },
      { id: 'goal' },
      ...Array.from({ length: paths }, (_, index) => ({ id: `p${index}` })),
    ],
    rules: Array.from({ length: paths }, (_, index) => {
      const guards = Array.from({ length: 3 + chance.below(3) }, () => `s${chance.below(steps)}`)
      return [
        { to: `p${index}`, from: ['start'], unless: guards.slice(0, 2) },
        { to: 'goal', from: [`p${index}`], unless: guards.slice(2) },
      ]
    }).flat(),
    holds: { suspect: ['start'] },
    steps: Array.from({ length: steps }, (_, index) => ({
      id: `s${index}`,
      cost: { effort: 5 + chance.below(6) },
      alerts: false,
    })),
    protect: ['goal'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings.slice(0, 3)))
  return read.map
}
