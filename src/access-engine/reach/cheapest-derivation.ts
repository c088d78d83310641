import type { CompiledMap } from './compile-map.ts'
import type { Agent, MapRule } from './map.ts'
import { rowOf } from './program.ts'

/** What a rule adds to the length of a derivation: the less sure it is, the more. */
const lengths = { known: 1, suspected: 3, possible: 6 }

/**
 * The derivation of a node that is easiest to explain: its rules, in the order in which they are used. Found by
 * Knuth's version of Dijkstra's method (1977). The length is a sum over a tree and counts twice what two branches
 * share, so it decides only what is shown. Null when the node is not reached.
 */
export function findCheapestDerivation(
  compiled: CompiledMap,
  agent: Agent,
  node: string,
  taken: readonly string[] = [],
): readonly MapRule[] | null {
  const program = compiled.programs[agent]
  const steps = new Set(taken.map(step => compiled.stepAt.get(step) ?? -1))
  const length = new Float64Array(program.nodes).fill(Number.POSITIVE_INFINITY)
  const final = new Uint8Array(program.nodes)
  const by = new Int32Array(program.nodes).fill(-1)
  const waits = new Int32Array(program.head.length)
  const queue = makeQueue()
  const offer = (rule: number): void => {
    if (rowOf(program.unless, rule).some(step => steps.has(step))) return
    if (!rowOf(program.if, rule).every(step => steps.has(step))) return
    let sum = lengths[compiled.rules[program.number[rule] as number]?.belief ?? 'known']
    for (const each of rowOf(program.body, rule)) sum += length[each] as number
    const head = program.head[rule] as number
    if (final[head] || sum >= (length[head] as number)) return
    length[head] = sum
    by[head] = rule
    queue.push(sum, head)
  }
  for (let rule = 0; rule < waits.length; rule += 1) waits[rule] = rowOf(program.body, rule).length
  for (const held of program.holds) {
    length[held] = 0
    queue.push(0, held)
  }
  for (const rule of program.free) offer(rule)
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (final[next]) continue
    final[next] = 1
    for (const rule of rowOf(program.waiting, next)) {
      waits[rule] = (waits[rule] as number) - 1
      if (waits[rule] === 0) offer(rule)
    }
  }
  const goal = compiled.nodeAt.get(node) ?? -1
  if (goal < 0 || !final[goal]) return null
  return unfold(compiled, agent, goal, by)
}

function unfold(compiled: CompiledMap, agent: Agent, goal: number, by: Int32Array): readonly MapRule[] {
  const program = compiled.programs[agent]
  const used: MapRule[] = []
  const seen = new Set<number>()
  const open: { readonly node: number; readonly done: boolean }[] = [{ node: goal, done: false }]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const rule = by[top.node] as number
    if (rule < 0) continue
    if (top.done) used.push(compiled.rules[program.number[rule] as number] as MapRule)
    else if (!seen.has(top.node)) {
      seen.add(top.node)
      open.push({ node: top.node, done: true })
      for (const each of [...rowOf(program.body, rule)].reverse()) open.push({ node: each, done: false })
    }
  }
  return used
}

/** The shortest first; of two equal ones, the lower number. */
function makeQueue() {
  const heap: { readonly key: number; readonly node: number }[] = []
  const isBefore = (one: number, other: number): boolean => {
    const first = heap[one] as { key: number; node: number }
    const second = heap[other] as { key: number; node: number }
    return first.key < second.key || (first.key === second.key && first.node < second.node)
  }
  const swap = (one: number, other: number): void => {
    ;[heap[one], heap[other]] = [heap[other] as (typeof heap)[0], heap[one] as (typeof heap)[0]]
  }
  return {
    push(key: number, node: number): void {
      heap.push({ key, node })
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!isBefore(at, parent)) break
        swap(at, parent)
        at = parent
      }
    },
    pop(): number | undefined {
      const [top] = heap
      const last = heap.pop()
      if (top === undefined || last === undefined) return undefined
      if (heap.length > 0) {
        heap[0] = last
        for (let at = 0; ; ) {
          let least = at
          for (const child of [2 * at + 1, 2 * at + 2])
            if (child < heap.length && isBefore(child, least)) least = child
          if (least === at) break
          swap(at, least)
          at = least
        }
      }
      return top.node
    },
  }
}
