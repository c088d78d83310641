import { proofOf } from './closure.ts'
import { type CompiledMap, type CompileOptions, compileMap, numberMap } from './compile-map.ts'
import { type AccessMap, type Agent, type Belief, beliefs, type MapRule } from './map.ts'

/** Something somebody reaches: how sure it is, and the rules that lead there, in the order in which they are used. */
export type Reached = { readonly node: string; readonly belief: Belief; readonly path: readonly MapRule[] }

export type ReachOptions = {
  readonly agent?: Agent
  readonly on?: string
  /** Look at the state after these steps. Without any, today. */
  readonly taken?: readonly string[]
}

/** In a map made to be awkward all paths together may be longer than anybody can hold; from there on only the last rule is given. */
const longestTogether = 200_000

/**
 * Everything somebody reaches, down to a level of belief. A node's belief is the strongest level at which it is reached:
 * the belief of the best path, which is that of its weakest part. What is held needs no path. After steps were taken, a
 * secret he read before counts as held.
 */
export function findReach(map: AccessMap, level: Belief, options: ReachOptions = {}): readonly Reached[] {
  const { agent = 'suspect', taken = [], ...rest } = options
  const found = new Map<string, Reached>()
  const numbered = numberMap(map)
  for (const belief of beliefs.slice(0, beliefs.indexOf(level) + 1)) {
    const wanted: CompileOptions = {
      level: belief,
      memory: taken.length > 0,
      ...(rest.on ? { on: rest.on } : {}),
    }
    for (const reached of listReach(compileMap(map, wanted, numbered), agent, taken, belief))
      if (!found.has(reached.node)) found.set(reached.node, reached)
  }
  return [...found.values()]
}

function listReach(
  compiled: CompiledMap,
  agent: Agent,
  taken: readonly string[],
  belief: Belief,
): readonly Reached[] {
  const program = compiled.programs[agent]
  const reach = compiled.closures[agent].run(
    taken.map(step => compiled.stepAt.get(step) ?? -1).filter(step => step >= 0),
  )
  let together = 0
  return reach.inOrder().map(node => {
    const last = reach.ruleFor(node)
    const proof = together < longestTogether ? proofOf(program, reach, node) : last < 0 ? [] : [last]
    together += proof.length
    return {
      node: compiled.nodes[node] as string,
      belief,
      path: proof.map(rule => compiled.rules[program.number[rule] as number] as MapRule),
    }
  })
}
