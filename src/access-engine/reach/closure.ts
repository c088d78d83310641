import { type Rows, type RuleProgram, rowOf } from './program.ts'

/** What somebody reaches in one state. Valid until the same closure is run again. */
export type ReachState = {
  readonly size: number
  readonly has: (node: number) => boolean
  /** The rule that first gave the node; -1 for what was held, -2 for what is not reached. */
  readonly ruleFor: (node: number) => number
  /** A copy, still valid when the closure is run again. */
  readonly keep: () => Held
  /** Every reached node, those with the fewest steps of reasoning first. */
  readonly inOrder: () => readonly number[]
}

/** What somebody held in one state. */
export type Held = { readonly size: number; readonly has: (node: number) => boolean }

/**
 * Runs with these steps taken. With a second list, the steps that switch rules off and the steps that switch rules on
 * are given separately: the most or the least that somebody could reach while some steps are undecided.
 */
export type Closure = { readonly run: (taken?: Iterable<number>, existing?: Iterable<number>) => ReachState }

const notReached = -2
const held = -1

/**
 * A closure: everything somebody comes to hold from what they hold now, with these steps taken (the least fixpoint of
 * the rules). Each rule counts down what it still waits for, so the work is linear in the size of the rules (Dowling
 * and Gallier 1984). Nothing supports itself: two mailboxes that recover each other give nobody either. Nodes are
 * found breadth first, so the rule kept for a node gives a shortest proof, and no proof leads back to itself.
 */
export function makeClosure(program: RuleProgram): Closure {
  const { waiting, head, holds, free, waits, nodes } = program
  const starts = waiting.starts
  const items = waiting.items
  const counters = new Int32Array(waits.length)
  const reason = new Int32Array(nodes)
  const queue = new Int32Array(nodes)
  let size = 0

  const reach: ReachState = {
    get size() {
      return size
    },
    has: node => reason[node] !== notReached,
    ruleFor: node => reason[node] ?? notReached,
    keep() {
      const kept = reason.slice()
      return { size, has: node => kept[node] !== notReached }
    },
    inOrder: () => [...queue.subarray(0, size)],
  }

  function run(taken: Iterable<number> = [], existing: Iterable<number> = taken): ReachState {
    counters.set(waits)
    reason.fill(notReached)
    size = 0
    for (const step of taken) change(program.switchesOff, step, 1)
    for (const step of existing) change(program.switchesOn, step, -1)
    for (const node of holds) {
      reason[node] = held
      queue[size] = node
      size += 1
    }
    for (const rule of free) {
      const node = head[rule] as number
      if (counters[rule] !== 0 || reason[node] !== notReached) continue
      reason[node] = rule
      queue[size] = node
      size += 1
    }
    for (let next = 0; next < size; next += 1) {
      const node = queue[next] as number
      const end = starts[node + 1] as number
      for (let at = starts[node] as number; at < end; at += 1) {
        const rule = items[at] as number
        const left = (counters[rule] as number) - 1
        counters[rule] = left
        if (left !== 0) continue
        const given = head[rule] as number
        if (reason[given] !== notReached) continue
        reason[given] = rule
        queue[size] = given
        size += 1
      }
    }
    return reach
  }

  function change(rows: Rows, step: number, by: number): void {
    const end = rows.starts[step + 1] as number
    for (let at = rows.starts[step] as number; at < end; at += 1) {
      const rule = rows.items[at] as number
      counters[rule] = (counters[rule] as number) + by
    }
  }

  return { run }
}

/** The rules that prove a reached node, in the order in which they are used, each once. */
export function proofOf(program: RuleProgram, reach: ReachState, node: number): readonly number[] {
  const proof: number[] = []
  const seen = new Set<number>()
  // Each node is visited twice: first for what it rests on, then for itself. No recursion, because a hostile map may
  // be deep.
  const open: { readonly node: number; readonly done: boolean }[] = [{ node, done: false }]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const rule = reach.ruleFor(top.node)
    if (rule < 0) continue
    if (top.done) proof.push(rule)
    else if (!seen.has(top.node)) {
      seen.add(top.node)
      open.push({ node: top.node, done: true })
      const body = rowOf(program.body, rule)
      for (let at = body.length - 1; at >= 0; at -= 1) open.push({ node: body[at] as number, done: false })
    }
  }
  return proof
}
