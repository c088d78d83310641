import { type ClosingProblem, groupsOfJobs, makeClosingBound } from './closing-bound.ts'
import { findRatioBlocks } from './ratio-blocks.ts'

export type ClosingSequence = {
  /** The groups, in the order in which they are to be closed. */
  readonly sequence: readonly number[]
  /** The sum over time of the weights of what is open, by this sequence. */
  readonly sum: number
  /** No order of the jobs has a smaller sum. */
  readonly bound: number
}

type Node = {
  readonly isDone: Uint8Array
  /** The time that each group still takes. */
  readonly left: Float64Array
  readonly sum: number
  readonly bound: number
  readonly before: Node | null
  readonly closed: number
}

/** How many states of a block are looked at before the best so far has to do. */
const patience = 400

/** Finds the order of closing that leaves least open, block by block. */
export function findClosingSequence(whole: ClosingProblem): ClosingSequence {
  const problem = joinJobs(whole)
  const { times, groups, weights } = problem
  const isDone = new Uint8Array(times.length)
  const sequence: number[] = []
  let [sum, bound] = [0, 0]
  let open = weights.reduce((all, weight, group) => all + ((groups[group] ?? []).length > 0 ? weight : 0), 0)
  for (const block of findRatioBlocks(problem)) {
    const jobs = [...new Set(block.flatMap(group => groups[group] ?? []))].filter(job => isDone[job] === 0)
    const jobAt = new Map(jobs.map((job, index) => [job, index]))
    const ofBlock = findSequenceOfBlock({
      times: jobs.map(job => times[job] as number),
      groups: block.map(group => (groups[group] ?? []).flatMap(job => jobAt.get(job) ?? [])),
      weights: block.map(group => weights[group] as number),
    })
    for (const job of jobs) isDone[job] = 1
    open -= block.reduce((all, group) => all + (weights[group] as number), 0)
    const waiting = open * jobs.reduce((all, job) => all + (times[job] as number), 0)
    sum += ofBlock.sum + waiting
    bound += ofBlock.bound + waiting
    sequence.push(...ofBlock.sequence.map(index => block[index] as number))
  }
  return { sequence, sum, bound }
}

/** Jobs that stand in the same groups are one job: nothing is gained by doing one without the others. */
function joinJobs(problem: ClosingProblem): ClosingProblem {
  const joined = new Map<string, { readonly groups: readonly number[]; time: number }>()
  for (const [job, groups] of groupsOfJobs(problem).entries()) {
    if (groups.length === 0) continue
    const one = joined.get(groups.join(',')) ?? { groups, time: 0 }
    one.time += problem.times[job] ?? 0
    joined.set(groups.join(','), one)
  }
  const jobs = [...joined.values()]
  return {
    times: jobs.map(({ time }) => time),
    weights: problem.weights,
    groups: problem.groups.map((_, group) =>
      jobs.flatMap((job, index) => (job.groups.includes(group) ? [index] : [])),
    ),
  }
}

/**
 * Finds the best order of one block. Jobs of the group that is closed next are done together: moving any
 * other job behind it leaves nothing open for longer. So the states are unions of groups, searched with the lower
 * bound as a guide (A*). When patience runs out, the least bound of what was not looked at still holds.
 */
function findSequenceOfBlock(problem: ClosingProblem): ClosingSequence {
  const { times, groups, weights } = problem
  const holding = groupsOfJobs(problem)
  const boundOf = makeClosingBound(problem)
  const isOpenIn = (left: Float64Array) => (group: number) => (left[group] as number) > 0

  function makeStart(): Node {
    const left = Float64Array.from(groups, jobs => jobs.reduce((sum, job) => sum + (times[job] ?? 0), 0))
    const isDone = new Uint8Array(times.length)
    return { isDone, left, sum: 0, bound: boundOf(isDone, isOpenIn(left)), before: null, closed: -1 }
  }

  /** The state in which one more group is closed. */
  function close(node: Node, group: number): Node {
    const isDone = node.isDone.slice()
    const left = node.left.slice()
    for (const job of groups[group] ?? []) {
      if (isDone[job] === 1) continue
      isDone[job] = 1
      for (const other of holding[job] ?? []) left[other] = (left[other] as number) - (times[job] as number)
    }
    let open = 0
    for (const [other, weight] of weights.entries()) if ((node.left[other] as number) > 0) open += weight
    const sum = node.sum + (node.left[group] as number) * open
    return { isDone, left, sum, bound: sum + boundOf(isDone, isOpenIn(left)), before: node, closed: group }
  }

  /** Closes the rest by what closes most for its time. */
  function completeGreedily(from: Node): Node {
    let node = from
    for (;;) {
      let best: Node | null = null
      let most = -1
      for (let group = 0; group < groups.length; group += 1) {
        if ((node.left[group] as number) <= 0) continue
        const next = close(node, group)
        let closed = 0
        for (const [other, weight] of weights.entries())
          if ((node.left[other] as number) > 0 && (next.left[other] as number) <= 0) closed += weight
        const ratio = closed / (node.left[group] as number)
        if (ratio > most) {
          most = ratio
          best = next
        }
      }
      if (!best) return node
      node = best
    }
  }

  const start = makeStart()
  let best = completeGreedily(start)
  const queue = makeQueue()
  const least = new Map<string, number>()
  queue.add(start)
  let bound: number | null = null
  for (let tried = 0; ; tried += 1) {
    const node = queue.next()
    if (!node || node.bound >= best.sum) break
    if (tried >= patience) {
      bound = node.bound
      break
    }
    if (tried > 0 && tried % 64 === 0) {
      const completed = completeGreedily(node)
      if (completed.sum < best.sum) best = completed
    }
    for (let group = 0; group < groups.length; group += 1) {
      if ((node.left[group] as number) <= 0) continue
      const next = close(node, group)
      const key = next.isDone.join('')
      if (next.bound >= best.sum || next.sum >= (least.get(key) ?? Number.POSITIVE_INFINITY)) continue
      least.set(key, next.sum)
      if (next.left.every(left => left <= 0)) best = next
      else queue.add(next)
    }
  }
  return { sequence: sequenceOf(best), sum: best.sum, bound: Math.min(bound ?? best.sum, best.sum) }
}

function sequenceOf(last: Node): readonly number[] {
  const sequence: number[] = []
  for (let node: Node | null = last; node && node.closed >= 0; node = node.before) sequence.push(node.closed)
  return sequence.reverse()
}

/** A queue that gives the least bound first; of equals the one that was added first. */
function makeQueue() {
  const heap: { readonly node: Node; readonly place: number }[] = []
  let places = 0
  const isLess = (one: number, other: number): boolean => {
    const [first, second] = [heap[one], heap[other]]
    if (!first || !second) return false
    return (
      first.node.bound < second.node.bound ||
      (first.node.bound === second.node.bound && first.place < second.place)
    )
  }
  const swap = (one: number, other: number): void => {
    const kept = heap[one] as (typeof heap)[number]
    heap[one] = heap[other] as (typeof heap)[number]
    heap[other] = kept
  }
  return {
    add(node: Node): void {
      heap.push({ node, place: places })
      places += 1
      for (let at = heap.length - 1; at > 0; ) {
        const above = (at - 1) >> 1
        if (!isLess(at, above)) break
        swap(at, above)
        at = above
      }
    },
    next(): Node | undefined {
      const top = heap[0]
      const last = heap.pop()
      if (!top || !last || heap.length === 0) return top?.node
      heap[0] = last
      for (let at = 0; ; ) {
        let least = at
        if (isLess(2 * at + 1, least)) least = 2 * at + 1
        if (isLess(2 * at + 2, least)) least = 2 * at + 2
        if (least === at) break
        swap(at, least)
        at = least
      }
      return top.node
    },
  }
}
