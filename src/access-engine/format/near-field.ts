import { quote } from './finding-log.ts'
import type { ObjectKind } from './shape.ts'

/** No field has a name as long as this, so nothing longer is a misspelt one. */
const longestName = 32

/**
 * Says that a field is not one of an object of its kind, and which was meant: one of nearly that name, or one that stands
 * elsewhere in the format.
 */
export function sayUnknownField(
  name: string,
  at: readonly ObjectKind[],
  format: readonly ObjectKind[],
): string {
  const [{ called } = { called: 'this' }] = at
  const own = at.flatMap(kind => Object.keys(kind.fields))
  const near = findNear(name, own)
  if (near !== undefined) return `is no field of ${called}. Did you mean ${quote(near)}?`
  const elsewhere = format.filter(kind => Object.hasOwn(kind.fields, name)).map(kind => kind.called)
  if (elsewhere.length > 0) return `is no field of ${called}, but of ${elsewhere.join(', ')}`
  return `is no field of ${called}, which has ${[...new Set(own)].join(', ')}`
}

/** The name that is nearest to a misspelt one, if one is near. */
function findNear(name: string, names: readonly string[]): string | undefined {
  if (name.length > longestName) return undefined
  const plain = plainly(name)
  // A third of its letters may be wrong, and never more than two.
  const most = Math.min(2, Math.floor(Math.max(plain.length, 3) / 3))
  return names
    .map(each => ({ each, distance: countEdits(plain, plainly(each)) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((one, other) => one.distance - other.distance)[0]?.each
}

function plainly(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}

/** How many letters were left out, put in, changed or swapped with the next (optimal string alignment). */
function countEdits(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          row > 1 && column > 1 && isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    before = above
    above = line
  }
  return above[other.length] ?? 0
}
