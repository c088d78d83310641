/** Ours, and read elsewhere: by the commands in `deploy/`, by the command line, and by the tests. */
const readElsewhere = [
  'UNWATCHED_SETTINGS',
  'UNWATCHED_DEBUG',
  'UNWATCHED_CHROMIUM',
  'UNWATCHED_PICTURES',
  'UNWATCHED_BAGIT_SUITE',
  'UNWATCHED_TEST_SERVER',
]

/** A name so far from every setting is no slip of the fingers. */
const farthest = 4

/**
 * Names that look like settings of this program and are none. A setting that is misspelt counts for nothing, and nobody
 * is told: the clinic would be served without TLS, or over another folder.
 *
 * @param known every setting that was read
 */
export function findMisspelt(
  env: Readonly<Record<string, string | undefined>>,
  known: Iterable<string>,
): readonly { readonly setting: string; readonly message: string }[] {
  const right = [...new Set([...known, ...readElsewhere])]
  return Object.keys(env).flatMap(name => {
    if (right.includes(name) || env[name] === undefined) return []
    const isOurs = /^unwatched[_-]/i.test(name)
    const [nearest] = right
      .map(each => ({ each, steps: stepsBetween(name.toUpperCase(), each) }))
      .sort((one, other) => one.steps - other.steps)
    const isNear = nearest !== undefined && nearest.steps <= (isOurs ? farthest : 2)
    // What belongs to other programs is left alone, unless it is one slip away from a name of ours.
    if (!isOurs && !(isNear && /^(UNWATCH|DATABASE)/i.test(name))) return []
    const message = isNear
      ? `is not a setting of this program. Did you mean ${nearest.each}?`
      : 'is not a setting of this program. docs/operate.md lists them all. Take it out.'
    return [{ setting: name, message }]
  })
}

/** How many letters must be changed, added or taken out to make one of the other. */
function stepsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const swap = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      here.push(Math.min(swap, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1))
    }
    above = here
  }
  return above.at(-1) ?? 0
}
