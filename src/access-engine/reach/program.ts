/** The rules that count for one person, in typed arrays, as a closure needs them. */
export type RuleProgram = {
  readonly nodes: number
  readonly steps: number
  readonly holds: Int32Array
  /** For each rule of the program its number in the map. */
  readonly number: Int32Array
  readonly head: Int32Array
  readonly body: Rows
  readonly unless: Rows
  readonly if: Rows
  /** For each node the rules that wait for it; for each step the rules it switches off, and those it switches on. */
  readonly waiting: Rows
  readonly switchesOff: Rows
  readonly switchesOn: Rows
  /** For each node the rules that give it. */
  readonly giving: Rows
  /** How much each rule waits for when no step is taken. */
  readonly waits: Int32Array
  /** Rules that need nothing in hand. */
  readonly free: Int32Array
}

/** Lists of different lengths, one after the other: row i is `items` from `starts[i]` to `starts[i + 1]`. */
export type Rows = { readonly starts: Int32Array; readonly items: Int32Array }

export type ProgramRule = {
  readonly number: number
  readonly head: number
  readonly body: readonly number[]
  readonly unless: readonly number[]
  readonly if: readonly number[]
}

export type ProgramInput = {
  readonly nodes: number
  readonly steps: number
  readonly holds: Iterable<number>
  readonly rules: readonly ProgramRule[]
}

/**
 * Lays rules out so that a closure handles each of them once. A body must not hold a node twice, or the counters
 * break. A rule that needs and refuses the same step can never exist and is left out.
 */
export function makeProgram(input: ProgramInput): RuleProgram {
  const rules = input.rules.filter(rule => !rule.if.some(step => rule.unless.includes(step)))
  const body = toRows(rules.map(rule => rule.body))
  const unless = toRows(rules.map(rule => rule.unless))
  const needed = toRows(rules.map(rule => rule.if))
  return {
    nodes: input.nodes,
    steps: input.steps,
    holds: Int32Array.from([...input.holds].sort((one, other) => one - other)),
    number: Int32Array.from(rules, rule => rule.number),
    head: Int32Array.from(rules, rule => rule.head),
    body,
    unless,
    if: needed,
    waiting: invert(body, input.nodes),
    switchesOff: invert(unless, input.steps),
    switchesOn: invert(needed, input.steps),
    giving: invert(toRows(rules.map(rule => [rule.head])), input.nodes),
    waits: Int32Array.from(rules, rule => rule.body.length + rule.if.length),
    free: Int32Array.from(rules.flatMap((rule, index) => (rule.body.length === 0 ? [index] : []))),
  }
}

export function toRows(lists: readonly (readonly number[])[]): Rows {
  const starts = new Int32Array(lists.length + 1)
  for (const [index, list] of lists.entries()) starts[index + 1] = (starts[index] ?? 0) + list.length
  const items = new Int32Array(starts[lists.length] ?? 0)
  for (const [index, list] of lists.entries()) items.set(list, starts[index])
  return { starts, items }
}

/** The rows inverted: for each item the rows that hold it, in their order. */
function invert(rows: Rows, count: number): Rows {
  const starts = new Int32Array(count + 1)
  for (const item of rows.items) starts[item + 1] = (starts[item + 1] ?? 0) + 1
  for (let index = 0; index < count; index += 1)
    starts[index + 1] = (starts[index + 1] ?? 0) + (starts[index] ?? 0)
  const next = starts.slice()
  const items = new Int32Array(rows.items.length)
  for (let row = 0; row + 1 < rows.starts.length; row += 1) {
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at += 1) {
      const item = rows.items[at] ?? 0
      const place = next[item] ?? 0
      items[place] = row
      next[item] = place + 1
    }
  }
  return { starts, items }
}

export function rowOf(rows: Rows, index: number): Int32Array {
  return rows.items.subarray(rows.starts[index], rows.starts[index + 1])
}
