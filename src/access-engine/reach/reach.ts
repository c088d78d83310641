import { proofOf } from './closure.ts'
import { type CompiledMap, type CompileOptions, compileMap, numberMap } from './compile-map.ts'
import { type AccessMap, type Agent, type Belief, beliefs, type MapRule } from './map.ts'

/** Something somebody reaches: how sure it is, and the rules that lead there, in the order in which they are used. */
export type Reached = { readonly node: string; readonly belief: Belief; readonly path: readonly MapRule[] }

export type ReachOptions = {
  readonly agent?: Agent
  readonly on?: string
  /** The state after these steps. Without any, today. */
  readonly taken?: readonly string[]
}

/** On a map made to be awkward, all paths together may not fit in memory. Above this only the last rule is given. */
const longestTogether = 200_000

/**
 * Everything somebody reaches, down to a level of belief. A path is as sure as its weakest part, and a node as sure
 * as its best path. What is held needs no path. After steps were taken, a secret that the suspected person read
 * before counts as held.
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
