import { compareIds, type Picture, type PictureNode } from './picture-of-reach.ts'

/** The order in which the boxes of a picture stand, from the top. */
export type Arrangement = {
  readonly people: readonly string[]
  readonly things: readonly string[]
  /** The things that give most away come first, so that the fewest lines cross. */
  readonly infos: readonly string[]
}

/**
 * All lines of one belief that leave one box share one trunk: its source, then where it goes; -1 is the suspected
 * person.
 */
type Trunk = readonly number[]

const sweeps = 12
/** With more rows than this, each box is only swapped with its neighbours and not tried in every place. */
const mostSifted = 70

/**
 * Orders the rows so that trunks are short and seldom cross. Sweeps move each box to the mean place of those it is
 * tied to (the barycentre of Sugiyama, Tagawa and Toda 1981). The best of them is improved by trying each box in
 * every place (sifting: Matuszewski, Schönfeld and Molitor 1999). The same picture gives the same order, in any order
 * of its boxes and lines.
 */
export function arrangePicture(picture: Picture): Arrangement {
  const ofRole = (role: PictureNode['role']): string[] =>
    picture.nodes
      .filter(node => node.role === role)
      .map(node => node.id)
      .sort(compareIds)
  const fed = new Map<string, number>()
  for (const line of picture.lines) fed.set(line.to, (fed.get(line.to) ?? 0) + 1)
  const infos = ofRole('info').sort(
    (one, other) => (fed.get(other) ?? 0) - (fed.get(one) ?? 0) || compareIds(one, other),
  )
  const people = orderRows(ofRole('person'), picture)
  const closed = new Set(picture.nodes.filter(node => node.belief === null).map(node => node.id))
  const things = ofRole('thing')
  // What is on no path to information has no lines, and comes last.
  return {
    people,
    things: [
      ...orderRows(
        things.filter(id => !closed.has(id)),
        picture,
      ),
      ...things.filter(id => closed.has(id)),
    ],
    infos,
  }
}

function orderRows(rows: readonly string[], picture: Picture): readonly string[] {
  const number = new Map(rows.map((id, index) => [id, index]))
  const trunks = findTrunks(number, picture)
  const tied: number[][] = rows.map(() => [])
  for (const [source = -1, ...ends] of trunks) {
    if (source < 0) continue
    for (const end of ends) {
      tied[source]?.push(end)
      tied[end]?.push(source)
    }
  }
  let order = rows.map((_, index) => index)
  let best = order
  let least = measure(best, trunks)
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const at = placesOf(order)
    const wanted = order.map((_, row) => {
      const places = tied[row] ?? []
      const own = at[row] ?? 0
      if (places.length === 0) return own
      return (places.reduce((sum, each) => sum + (at[each] ?? 0), 0) / places.length + own) / 2
    })
    order = [...order].sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0) || one - other)
    const length = measure(order, trunks)
    if (length < least) [best, least] = [order, length]
  }
  return improve(best, trunks).map(row => rows[row] as string)
}

/** Moves boxes while that shortens the trunks. */
function improve(rows: readonly number[], trunks: readonly Trunk[]): readonly number[] {
  const far = rows.length <= mostSifted ? rows.length : 1
  let best = [...rows]
  let least = measure(best, trunks)
  for (let round = 0; round < 6; round += 1) {
    const before = least
    for (let row = 0; row < rows.length; row += 1) {
      const from = best.indexOf(row)
      const tried = [...best]
      // The box moves from the top to the bottom of its range, one place at a time.
      const first = Math.max(0, from - far)
      tried.splice(from, 1)
      tried.splice(first, 0, row)
      for (let to = first; to <= Math.min(rows.length - 1, from + far); to += 1) {
        if (to > first) [tried[to - 1], tried[to]] = [tried[to] as number, row]
        const length = measure(tried, trunks)
        if (length < least) [best, least] = [[...tried], length]
      }
    }
    if (least === before) break
  }
  return best
}

function findTrunks(number: ReadonlyMap<string, number>, picture: Picture): readonly Trunk[] {
  const trunks = new Map<string, number[]>()
  for (const { from, to, belief } of picture.lines) {
    const end = number.get(to)
    const source = from === 'suspect' ? -1 : number.get(from)
    if (end === undefined || source === undefined) continue
    const trunk = trunks.get(`${from} ${belief}`)
    if (trunk) trunk.push(end)
    else trunks.set(`${from} ${belief}`, [source, end])
  }
  return [...trunks.values()]
}

function placesOf(order: readonly number[]): Int32Array {
  const places = new Int32Array(order.length)
  for (let place = 0; place < order.length; place += 1) places[order[place] as number] = place
  return places
}

/** How many rows all trunks take up together. Those of the suspected person come from above the first row. */
function measure(order: readonly number[], trunks: readonly Trunk[]): number {
  const at = placesOf(order)
  let sum = 0
  for (const trunk of trunks) {
    let first = order.length
    let last = -1
    for (const row of trunk) {
      const place = row < 0 ? -1 : (at[row] as number)
      if (place < first) first = place
      if (place > last) last = place
    }
    sum += last - first
  }
  return sum
}
