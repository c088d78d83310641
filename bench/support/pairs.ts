import { quantile } from '../../attack/support/figures.ts'
import type { LoadTimes } from './load.ts'
import type { ProcessorTime } from './processor-time.ts'

/** One of the two things that are compared: done once, it says how long each of its answers took, in milliseconds. */
export type Measured = () => Promise<LoadTimes>

/** Times in milliseconds; processor time for each answer. */
export type Figures = {
  readonly p50: number
  readonly p95: number
  readonly processor: ProcessorTime
}

export type Pair = {
  /** What it is measured against, and what is measured: medians over the rounds. */
  readonly bare: Figures
  readonly other: Figures
  /** The medians of the ratios that each round had: neighbours on the machine slow both halves of a round. */
  readonly p50: number
  readonly p95: number
}

/**
 * Measures two things in turns, so many rounds, and compares within each round. Which comes first changes from round to
 * round. Both are run once before, unmeasured.
 */
export async function comparePairs(
  bare: Measured,
  other: Measured,
  options: { readonly rounds: number; readonly processorTime: () => Promise<ProcessorTime> },
): Promise<Pair> {
  await bare()
  await other()
  const rounds: { readonly bare: Figures; readonly other: Figures }[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const measure = (work: Measured) => figuresOf(work, options.processorTime)
    if (round % 2 === 0) {
      const first = await measure(bare)
      rounds.push({ bare: first, other: await measure(other) })
    } else {
      const first = await measure(other)
      rounds.push({ other: first, bare: await measure(bare) })
    }
  }
  return {
    bare: medianFigures(rounds.map(round => round.bare)),
    other: medianFigures(rounds.map(round => round.other)),
    p50: median(rounds.map(round => round.other.p50 / round.bare.p50)),
    p95: median(rounds.map(round => round.other.p95 / round.bare.p95)),
  }
}

/** Measures one thing once. */
export async function figuresOf(
  work: Measured,
  processorTime: () => Promise<ProcessorTime>,
): Promise<Figures> {
  const before = await processorTime()
  const times = await work()
  const after = await processorTime()
  const each = (name: keyof ProcessorTime): number => (after[name] - before[name]) / times.length
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    processor: { node: each('node'), postgres: each('postgres') },
  }
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

function medianFigures(all: readonly Figures[]): Figures {
  return {
    p50: median(all.map(one => one.p50)),
    p95: median(all.map(one => one.p95)),
    processor: {
      node: median(all.map(one => one.processor.node)),
      postgres: median(all.map(one => one.processor.postgres)),
    },
  }
}

/** One row of a table of pairs, under `pairHeading`. */
export function sayPair(name: string, { other, p50, p95 }: Pair): string {
  const { node, postgres } = other.processor
  return [
    name.padEnd(34),
    other.p50.toFixed(1).padStart(8),
    other.p95.toFixed(1).padStart(8),
    p50.toFixed(2).padStart(8),
    p95.toFixed(2).padStart(8),
    node.toFixed(1).padStart(8),
    postgres.toFixed(1).padStart(8),
  ].join(' ')
}

export const pairHeading = `${''.padEnd(34)}  p50 ms   p95 ms    × p50    × p95  node ms    pg ms`
