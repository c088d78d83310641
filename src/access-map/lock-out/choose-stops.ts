import type { SittingProblem } from './sitting-problem.ts'

/** How bad a choice of stops is, worst first: minutes beyond the target, what is left to seize at stops, the number of sittings. */
type Badness = readonly [number, number, number]

/**
 * Cuts steps that can follow one another into sittings, by trying every choice of stops: the fewest minutes beyond the target, then the least
 * to seize at the stops, then the fewest sittings.
 *
 * @param before the steps done before them
 */
export function chooseStops(
  posed: SittingProblem,
  before: ReadonlySet<number>,
  steps: readonly number[],
): readonly (readonly number[])[] {
  const minutes = [0]
  for (const step of steps) minutes.push((minutes.at(-1) ?? 0) + posed.facts.minutesOf(posed.nameOf(step)))
  const stops = findStops(posed, before, steps)
  const best: { readonly bad: Badness; readonly from: number }[] = [{ bad: [0, 0, 0], from: 0 }]
  const at = [0]
  for (const [end, left] of stops) {
    const choices = at.map(start => {
      const [over, seize, count] = best[start]?.bad ?? [0, 0, 0]
      const long = Math.max(0, (minutes[end] ?? 0) - (minutes[start] ?? 0) - posed.facts.target)
      return { bad: [over + long, seize + left, count + 1] as const, from: start }
    })
    best[end] = choices.reduce((one, other) => (isWorse(one.bad, other.bad) ? other : one))
    at.push(end)
  }
  const cut: (readonly number[])[] = []
  for (let end = steps.length; end > 0; ) {
    const start = best[end]?.from ?? 0
    cut.unshift(steps.slice(start, end))
    end = start
  }
  return cut
}

/**
 * After how many of the steps it may stop, with how much is left to seize then. From the first that may be noticed on these are:
 * where each thing that is half closed is one for which nothing more is among them; and the last.
 */
function findStops(
  { isAfterHour, openIn, facts, nameOf }: SittingProblem,
  before: ReadonlySet<number>,
  steps: readonly number[],
): readonly (readonly [number, number])[] {
  const done = new Set(before)
  let isNoticed = [...before].some(isAfterHour)
  return steps.flatMap((step, index) => {
    done.add(step)
    isNoticed ||= isAfterHour(step)
    if (!isNoticed) return [[index + 1, 0] as const]
    const { couldSeize, halfClosed } = openIn(done)
    const toDo = new Set(steps.slice(index + 1).map(other => facts.thingOf(nameOf(other))))
    return !halfClosed.some(thing => toDo.has(thing)) ? [[index + 1, couldSeize.length] as const] : []
  })
}

function isWorse(one: Badness, other: Badness): boolean {
  for (const [index, figure] of one.entries()) {
    const than = other[index] ?? 0
    if (figure !== than) return figure > than
  }
  return false
}
