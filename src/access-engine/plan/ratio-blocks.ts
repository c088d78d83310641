import type { ClosingProblem } from './closing-bound.ts'

/**
 * Cuts a problem of closing into blocks of groups: first those that together close the most for their time, then those that do
 * so of what is left, and so on. Some best order takes the blocks one after the other (Sidney 1975), so each can be
 * solved alone. The most for its time is found by Dinkelbach's iteration, each round by a minimum cut.
 */
export function findRatioBlocks({ times, groups, weights }: ClosingProblem): readonly (readonly number[])[] {
  const blocks: (readonly number[])[] = []
  const isDone = new Uint8Array(times.length)
  let left = groups.flatMap((jobs, group) => (jobs.length > 0 ? [group] : []))
  while (left.length > 0) {
    let block: readonly number[] = left
    for (;;) {
      const { weight, time } = weigh(block)
      const better = findHeavier(block, weight, time)
      if (better.length === 0) break
      const next = weigh(better)
      // The same ratio again: nothing is better, and digits may have been lost.
      if (next.weight * time <= weight * next.time) break
      block = better
    }
    for (const group of block) for (const job of groups[group] ?? []) isDone[job] = 1
    const rest = new Set(left.filter(group => !block.includes(group)))
    // What needs nothing more is closed with the block.
    const closed = [...rest].filter(group => (groups[group] ?? []).every(job => isDone[job] === 1))
    for (const group of closed) rest.delete(group)
    blocks.push([...block, ...closed])
    left = [...rest]
  }
  return blocks

  function jobsOf(chosen: readonly number[]): readonly number[] {
    const jobs = new Set<number>()
    for (const group of chosen) for (const job of groups[group] ?? []) if (isDone[job] === 0) jobs.add(job)
    return [...jobs]
  }

  function weigh(chosen: readonly number[]): { readonly weight: number; readonly time: number } {
    return {
      weight: chosen.reduce((sum, group) => sum + (weights[group] ?? 0), 0),
      time: jobsOf(chosen).reduce((sum, job) => sum + (times[job] ?? 0), 0),
    }
  }

  /** The groups of these whose weight, times `time`, is furthest above the time of their jobs, times `weight`; empty where none is above. */
  function findHeavier(chosen: readonly number[], weight: number, time: number): readonly number[] {
    const jobs = jobsOf(chosen)
    const place = new Map(jobs.map((job, index) => [job, chosen.length + index]))
    const sink = chosen.length + jobs.length + 1
    const network = makeNetwork(sink + 1)
    for (const [index, group] of chosen.entries()) {
      network.add(sink - 1, index, (weights[group] ?? 0) * time)
      for (const job of groups[group] ?? []) {
        const at = place.get(job)
        if (at !== undefined) network.add(index, at, Number.POSITIVE_INFINITY)
      }
    }
    for (const [job, at] of place) network.add(at, sink, (times[job] ?? 0) * weight)
    const reached = network.cut(sink - 1, sink)
    return chosen.filter((_, index) => reached[index] === 1)
  }
}

/** A network with capacities, in which the least cut between two places is found (Dinic). */
function makeNetwork(size: number) {
  const out: number[][] = Array.from({ length: size }, () => [])
  const to: number[] = []
  const capacity: number[] = []
  const level = new Int32Array(size)
  const next = new Int32Array(size)

  function sweep(from: number): void {
    level.fill(-1)
    level[from] = 0
    const queue = [from]
    for (const at of queue)
      for (const edge of out[at] ?? []) {
        const there = to[edge] as number
        if (level[there] !== -1 || (capacity[edge] as number) <= 0) continue
        level[there] = (level[at] as number) + 1
        queue.push(there)
      }
  }

  /** Sends as much as can be sent from a place on; its paths are as short as the levels, three or five long for most. */
  function send(at: number, sink: number, most: number): number {
    if (at === sink) return most
    for (; (next[at] as number) < (out[at] ?? []).length; next[at] = (next[at] as number) + 1) {
      const edge = out[at]?.[next[at] as number] as number
      const there = to[edge] as number
      if (level[there] !== (level[at] as number) + 1 || (capacity[edge] as number) <= 0) continue
      const sent = send(there, sink, Math.min(most, capacity[edge] as number))
      if (sent <= 0) continue
      capacity[edge] = (capacity[edge] as number) - sent
      capacity[edge ^ 1] = (capacity[edge ^ 1] as number) + sent
      return sent
    }
    return 0
  }

  return {
    add(from: number, there: number, most: number): void {
      out[from]?.push(to.length)
      to.push(there)
      capacity.push(most)
      out[there]?.push(to.length)
      to.push(from)
      capacity.push(0)
    },
    /** The places on the side of `from` of a least cut. */
    cut(from: number, sink: number): Uint8Array {
      for (;;) {
        sweep(from)
        if (level[sink] === -1) break
        next.fill(0)
        while (send(from, sink, Number.POSITIVE_INFINITY) > 0);
      }
      return Uint8Array.from(level, each => (each === -1 ? 0 : 1))
    },
  }
}
