import type { Belief } from '../../access-engine/reach/map.ts'
import { beliefs } from '../../access-engine/reach/map.ts'
import type { Arrangement } from './arrange-picture.ts'
import { assignTracks, type Track } from './assign-tracks.ts'
import { compareIds, type Picture, type PictureLine, type PictureNode } from './picture-of-reach.ts'

export type Point = { readonly x: number; readonly y: number }
export type Box = {
  readonly node: PictureNode
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** A line from the edge of one box to the edge of another, in straight pieces that meet at right angles. */
export type RoutedLine = PictureLine & { readonly points: readonly Point[] }
/** Where a thing gives away information: the line of the one crosses the rail of the other. */
export type Mark = PictureLine & Point

export type LaidOut = {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly RoutedLine[]
  /**
   * The lines to information, bundled: one lead out of each box, one rail into each piece of information, a mark
   * where they meet.
   */
  readonly leads: readonly { readonly from: string; readonly points: readonly Point[] }[]
  readonly rails: readonly {
    readonly to: string
    readonly belief: Belief
    readonly points: readonly Point[]
  }[]
  readonly marks: readonly Mark[]
}

/**
 * `wide`: people on the left, things in the middle, information on the right. The others have people on top, things
 * under them and information at the bottom: `tall` for a phone, `half` for paper and for two pictures side by side.
 */
export type PictureForm = 'wide' | 'half' | 'tall'

type Sizes = {
  readonly row: number
  readonly box: number
  readonly info: number
  readonly track: number
  readonly rail: number
  readonly things: number
  readonly infos: number
}

const sizes: Readonly<Record<PictureForm, Sizes>> = {
  wide: { row: 34, box: 28, info: 27, track: 12, rail: 22, things: 264, infos: 318 },
  half: { row: 32, box: 26, info: 26, track: 9, rail: 16, things: 210, infos: 300 },
  tall: { row: 32, box: 26, info: 26, track: 8, rail: 11, things: 150, infos: 210 },
}
const people = { width: 172, inset: 16 }

/** Where lines of each belief meet a box, and where they leave it, up and down from its middle. */
const lanes: Readonly<Record<Belief | 'out', number>> = { known: -9, suspected: -4, possible: 4, out: 9 }

/**
 * Gives every box and line its place. Each thing has a row of its own, so that a level line meets no other box.
 * Upright lines keep to the tracks between the columns, where no box is, like wires in a channel between the cells of
 * a circuit (Hashimoto and Stevens 1971). Lines from one box at one belief share a trunk; lines to one piece of
 * information share a rail. Nearly everything gives nearly everything away, and then a grid of marks is read faster
 * and with fewer mistakes than lines (Ghoniem, Fekete and Castagliola 2004).
 *
 * @param frame the picture that decides where everything is, if this one goes beside it
 */
export function layOutPicture(
  picture: Picture,
  order: Arrangement,
  form: PictureForm,
  frame: Picture = picture,
): LaidOut {
  const nodes = new Map(picture.nodes.map(node => [node.id, node]))
  const sheet = measureSheet(nodes, order, form, frame)
  const boxes = placeBoxes(nodes, order, sheet)
  const lines = picture.lines
    .flatMap((line): RoutedLine[] => {
      const from = boxes.get(line.from)
      const to = boxes.get(line.to)
      if (!from || !to) return []
      const route = to.node.role === 'info' ? routeToInfo : routeToRow
      return [{ ...line, points: route(sheet, line, from, to) }]
    })
    .sort((one, other) => compareIds(one.from, other.from) || compareIds(one.to, other.to))
  const toInfos = lines.filter(line => boxes.get(line.to)?.node.role === 'info')
  return {
    width: sheet.width,
    height: sheet.height,
    boxes: [...boxes.values()],
    lines,
    leads: findLeads(toInfos),
    rails: findRails(toInfos, nodes),
    marks: toInfos.map(({ points, ...line }) => ({ ...line, ...(points[1] as Point) })),
  }
}

/** Where the rows, the tracks and the rails of a picture lie. */
type Sheet = {
  readonly isWide: boolean
  readonly size: Sizes
  readonly width: number
  readonly height: number
  readonly top: number
  /** Where the column of people ends and the tracks begin. */
  readonly gutter: number
  readonly thingsAt: number
  readonly railsAt: number
  readonly middleOf: (id: string) => number
  readonly infoY: (index: number) => number
  readonly railX: (info: string) => number
  readonly trackX: (line: PictureLine) => number
  readonly isPersonBox: (id: string) => boolean
  /** In the wide form people hang under the suspected person, in the same column. */
  readonly isOnBus: (from: string, to: string) => boolean
}

function measureSheet(
  nodes: ReadonlyMap<string, PictureNode>,
  order: Arrangement,
  form: PictureForm,
  frame: Picture,
): Sheet {
  const size = sizes[form]
  const isWide = form === 'wide'
  const rows = [...order.people, ...order.things]
  const rowAt = new Map(rows.map((id, index) => [id, index]))
  const isPersonBox = (id: string): boolean => isWide && nodes.get(id)?.role === 'person'
  const isOnBus = (from: string, to: string): boolean => from === 'suspect' && isPersonBox(to)
  const between = frame.lines.filter(
    ({ from, to }) => rowAt.has(to) && (rowAt.has(from) || from === 'suspect') && !isOnBus(from, to),
  )
  const tracks = assignTracks(between, rowAt)
  const trackCount = Math.max(0, ...[...tracks.values()].map(track => track + 1))
  const top = isWide ? Math.max(100, order.infos.length * size.info + 14) : 46
  const bottom = top + rows.length * size.row
  const gutter = isWide ? people.width + 14 : 8
  const thingsAt = gutter + trackCount * size.track + (isWide ? 14 : 12)
  const railsAt = thingsAt + size.things + (isWide ? 22 : 10)
  const railsEnd = railsAt + Math.max(0, order.infos.length - 1) * size.rail
  return {
    isWide,
    size,
    width: isWide ? railsEnd + 12 + size.infos + 2 : Math.max(railsEnd + 10, 204),
    height: (isWide ? bottom : bottom + 10 + order.infos.length * size.info) + 4,
    top,
    gutter,
    thingsAt,
    railsAt,
    middleOf: id => top + (rowAt.get(id) ?? 0) * size.row + size.row / 2,
    infoY: index => (isWide ? 2 : bottom + 10) + index * size.info,
    railX: info => railsAt + order.infos.indexOf(info) * size.rail,
    trackX: line => gutter + (tracks.get(trunkOf(line)) ?? 0) * size.track + size.track / 2,
    isPersonBox,
    isOnBus,
  }
}

function placeBoxes(
  nodes: ReadonlyMap<string, PictureNode>,
  order: Arrangement,
  { isWide, size, top, thingsAt, railsAt, middleOf, infoY, railX, isPersonBox }: Sheet,
): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>()
  const place = (id: string, x: number, y: number, width: number, height: number): void => {
    const node = nodes.get(id)
    if (node) boxes.set(id, { node, x, y, width, height })
  }
  if (isWide) place('suspect', 1, top - 44, people.width, 34)
  else place('suspect', 1, 1, 200, 28)
  for (const id of [...order.people, ...order.things]) {
    const y = middleOf(id) - size.box / 2
    if (isPersonBox(id)) place(id, people.inset, y, people.width - people.inset, size.box)
    else place(id, thingsAt, y, size.things, size.box)
  }
  for (const [index, id] of order.infos.entries()) {
    const x = isWide ? railX(id) + 12 : Math.max(1, railsAt - 10 - size.infos)
    place(id, x, infoY(index) + 2, isWide ? size.infos : railsAt - 10 - x, size.info - 4)
  }
  return boxes
}

/** From a box along its trunk to the row of another. */
function routeToRow(sheet: Sheet, line: PictureLine, from: Box, to: Box): readonly Point[] {
  const { isWide, gutter, isOnBus, trackX } = sheet
  const toY = middle(to) + lanes[line.belief]
  if (isOnBus(line.from, line.to)) {
    const x = 4 + beliefs.indexOf(line.belief) * 4
    return corner([
      { x, y: from.y + from.height },
      { x, y: toY },
      { x: to.x, y: toY },
    ])
  }
  const x = trackX(line)
  // A box of the people's column has the tracks on its right, a thing has them on its left.
  const edge = (box: Box): number => (box.x < gutter && isWide ? box.x + box.width : box.x)
  if (line.from === 'suspect' && !isWide)
    return corner([
      { x, y: from.y + from.height },
      { x, y: toY },
      { x: edge(to), y: toY },
    ])
  const fromY = middle(from) + (line.from === 'suspect' ? lanes[line.belief] : lanes.out)
  return corner([
    { x: edge(from), y: fromY },
    { x, y: fromY },
    { x, y: toY },
    { x: edge(to), y: toY },
  ])
}

/** From a box along its lead to the rail of a piece of information, and along that to its box. */
function routeToInfo(sheet: Sheet, line: PictureLine, from: Box, to: Box): readonly Point[] {
  const x = sheet.railX(line.to)
  const y = middle(from)
  const end = middle(to)
  const edge = sheet.isWide ? to.x : to.x + to.width
  return [
    { x: from.x + from.width, y },
    { x, y },
    { x, y: end },
    { x: edge, y: end },
  ]
}

const middle = (box: Box): number => box.y + box.height / 2

/** Leaves out points that are not corners. */
const corner = (points: readonly Point[]): readonly Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1]
    return !before || before.x !== point.x || before.y !== point.y
  })

/** The trunk a line shares. */
export function trunkOf(line: PictureLine): Track {
  return `${line.from} ${line.belief}`
}

/** One lead for each box, as far as its farthest rail. */
function findLeads(lines: readonly RoutedLine[]): LaidOut['leads'] {
  const farthest = new Map<string, RoutedLine>()
  for (const line of lines) {
    const before = farthest.get(line.from)
    if (!before || (line.points[1]?.x ?? 0) > (before.points[1]?.x ?? 0)) farthest.set(line.from, line)
  }
  return [...farthest].map(([from, { points }]) => ({ from, points: points.slice(0, 2) }))
}

/** One rail for each piece of information, from the row farthest from it. */
function findRails(lines: readonly RoutedLine[], nodes: ReadonlyMap<string, PictureNode>): LaidOut['rails'] {
  const longest = new Map<string, RoutedLine>()
  const lengthOf = (line: RoutedLine): number => Math.abs((line.points[1]?.y ?? 0) - (line.points[2]?.y ?? 0))
  for (const line of lines) {
    const before = longest.get(line.to)
    if (!before || lengthOf(line) > lengthOf(before)) longest.set(line.to, line)
  }
  return [...longest].map(([to, { points }]) => ({
    to,
    belief: nodes.get(to)?.belief ?? 'possible',
    points: points.slice(1),
  }))
}
