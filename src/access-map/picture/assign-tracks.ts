import { type Belief, beliefs } from '../../access-engine/reach/map.ts'
import { compareIds, type PictureLine } from './picture-of-reach.ts'

/** A trunk: all lines of one belief that leave one box. */
export type Track = `${string} ${Belief}`

type Span = {
  readonly trunk: Track
  readonly from: string
  readonly belief: Belief
  first: number
  last: number
}

/**
 * Gives every trunk a track to run up and down in, so that no two share a track where their rows meet. Short ones are
 * nearest to the boxes, where they cross the fewest others. The suspected person's have the outermost tracks, the
 * surest of them innermost. Track 0 is the outermost.
 */
export function assignTracks(
  lines: readonly PictureLine[],
  rowAt: ReadonlyMap<string, number>,
): ReadonlyMap<Track, number> {
  const spans = new Map<Track, Span>()
  for (const line of lines) {
    const { from, to, belief } = line
    const trunk: Track = `${from} ${belief}`
    const start = rowAt.get(from) ?? -1
    const end = rowAt.get(to) ?? 0
    const span = spans.get(trunk) ?? { trunk, from, belief, first: start, last: start }
    span.first = Math.min(span.first, end)
    span.last = Math.max(span.last, end)
    spans.set(trunk, span)
  }
  const inner = [...spans.values()]
    .filter(span => span.from !== 'suspect')
    .sort(
      (one, other) =>
        one.last - one.first - (other.last - other.first) ||
        one.first - other.first ||
        compareIds(one.trunk, other.trunk),
    )
  const taken: Span[][] = []
  const fromInside = new Map<Track, number>()
  for (const span of inner) {
    const isFree = (track: readonly Span[]): boolean =>
      track.every(other => other.last < span.first || other.first > span.last)
    let at = taken.findIndex(isFree)
    if (at < 0) at = taken.push([]) - 1
    taken[at]?.push(span)
    fromInside.set(span.trunk, at)
  }
  const outer = [...spans.values()]
    .filter(span => span.from === 'suspect')
    .sort((one, other) => beliefs.indexOf(other.belief) - beliefs.indexOf(one.belief))
  return new Map([
    ...outer.map((span, index) => [span.trunk, index] as const),
    ...[...fromInside].map(([trunk, at]) => [trunk, outer.length + taken.length - 1 - at] as const),
  ])
}
