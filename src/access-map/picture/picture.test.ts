import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeInventory } from '../../../test/support/made-inventory.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { arrangePicture } from './arrange-picture.ts'
import { drawAfter } from './draw-after.ts'
import { findPath } from './find-path.ts'
import { chooseFolding, findKinds, foldings, foldPicture } from './fold-picture.ts'
import { type Box, type LaidOut, layOutPicture, type Point } from './lay-out-picture.ts'
import { makePicture } from './make-picture.ts'
import { drawReach, type Picture } from './picture-of-reach.ts'

const { entries } = await loadCatalogue()
const forms = ['wide', 'half', 'tall'] as const

function draw(inventory: Inventory) {
  const drawn = drawUpMap(inventory, entries)
  const reached = findReach(drawn.map, 'possible')
  return { drawn, reached, picture: drawReach(drawn, inventory, reached) }
}

const made = [
  [1, 3],
  [2, 8],
  [3, 20],
  [4, 40],
  [5, 60],
  [6, 60],
].map(([seed = 0, size = 0]) => {
  const inventory = makeInventory(seed, size, entries)
  return { inventory, ...draw(inventory) }
})

const layOut = (picture: Picture, form: (typeof forms)[number]): LaidOut =>
  layOutPicture(picture, arrangePicture(picture), form)

/** Every picture of the made clients, unfolded and folded, in both forms. */
function* everyPicture() {
  for (const { inventory, picture } of made)
    for (const by of foldings.slice(0, picture.nodes.length > 40 ? 3 : 1)) {
      const folded = foldPicture(picture, findKinds(inventory, entries), { by, open: new Set() }).picture
      for (const form of forms) yield { picture: folded, laid: layOut(folded, form) }
    }
}

const isInside = (box: Box, { x, y }: Point): boolean =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height
const isOnEdge = (box: Box, { x, y }: Point): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height && !isInside(box, { x, y })

const isIn = (box: Box, { width, height }: LaidOut): boolean =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
const isApart = (box: Box, other: Box): boolean =>
  box.x + box.width <= other.x ||
  other.x + other.width <= box.x ||
  box.y + box.height <= other.y ||
  other.y + other.height <= box.y

/** Whether a straight piece passes through a box. */
function passes(box: Box, one: Point, other: Point): boolean {
  const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)]
  const [up, down] = [Math.min(one.y, other.y), Math.max(one.y, other.y)]
  return left < box.x + box.width && right > box.x && up < box.y + box.height && down > box.y
}

test('no two boxes of a picture lie on each other, and all of them are within it', () => {
  for (const { laid } of everyPicture()) {
    const faults = laid.boxes.flatMap((box, index) => [
      ...(isIn(box, laid) ? [] : [`${box.node.id} lies outside`]),
      ...laid.boxes
        .slice(index + 1)
        .filter(other => !isApart(box, other))
        .map(other => `${box.node.id} on ${other.node.id}`),
    ])
    expect(faults).toEqual([])
  }
})

test('every line begins at the edge of its one box, ends at the edge of its other, and passes through none', () => {
  for (const { picture, laid } of everyPicture()) {
    expect(laid.lines).toHaveLength(picture.lines.length)
    const boxes = new Map(laid.boxes.map(box => [box.node.id, box]))
    const faults = laid.lines.flatMap(({ from, to, points }) => {
      const [first, last] = [points[0] as Point, points.at(-1) as Point]
      const name = `${from} to ${to}`
      return [
        ...(isOnEdge(boxes.get(from) as Box, first) ? [] : [`${name} begins nowhere`]),
        ...(isOnEdge(boxes.get(to) as Box, last) ? [] : [`${name} ends nowhere`]),
        ...points.slice(1).flatMap((point, index) => {
          const before = points[index] as Point
          const isStraight = before.x === point.x || before.y === point.y
          const met = laid.boxes.filter(box => passes(box, before, point))
          return [
            ...(isStraight ? [] : [`${name} leans`]),
            ...met.map(box => `${name} through ${box.node.id}`),
          ]
        }),
      ]
    })
    expect(faults).toEqual([])
  }
})

test('lines of different boxes or beliefs never run along the same track', () => {
  for (const { laid } of everyPicture()) {
    const pieces = laid.lines.flatMap(({ from, to, belief, points }) =>
      points.slice(1).flatMap((point, index) => {
        const before = points[index] as Point
        if (before.x !== point.x) return []
        const trunk = to.startsWith('info-') ? to : `${from} ${belief}`
        return [{ trunk, x: point.x, up: Math.min(before.y, point.y), down: Math.max(before.y, point.y) }]
      }),
    )
    const faults = pieces.flatMap(one =>
      pieces
        .filter(other => other.trunk !== one.trunk && other.x === one.x)
        .filter(other => one.down >= other.up && other.down >= one.up)
        .map(other => `${one.trunk} on ${other.trunk}`),
    )
    expect(faults).toEqual([])
  }
})

test('a picture does not depend on the order in which its boxes and lines are listed', () => {
  for (const [seed, { picture }] of made.entries()) {
    const chance = makeChance(seed)
    const other = { nodes: chance.shuffle(picture.nodes), lines: chance.shuffle(picture.lines) }
    for (const form of forms) {
      const byId = (laid: LaidOut) => ({
        ...laid,
        boxes: laid.boxes.toSorted((one, another) => (one.node.id < another.node.id ? -1 : 1)),
      })
      expect(byId(layOut(other, form))).toEqual(byId(layOut(picture, form)))
    }
  }
})

test('the rows are ordered so that trunks are shorter than in the order in which things were ticked', () => {
  const lengthOf = (picture: Picture, things: readonly string[]): number => {
    const laid = layOutPicture(picture, { ...arrangePicture(picture), things }, 'wide')
    return laid.lines
      .filter(line => !line.to.startsWith('info-') && line.from !== 'suspect')
      .reduce((sum, { points }) => sum + Math.abs((points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0)), 0)
  }
  for (const { picture } of made.slice(2)) {
    const ticked = picture.nodes.filter(node => node.role === 'thing').map(node => node.id)
    expect(lengthOf(picture, arrangePicture(picture).things)).toBeLessThan(lengthOf(picture, ticked))
  }
})

test('information is drawn exactly where it is reached, at the belief at which it is', () => {
  for (const { drawn, reached, picture } of made) {
    const wanted = reached.flatMap(({ node, belief }) => (node.startsWith('info:') ? [[node, belief]] : []))
    const shown = picture.nodes.flatMap(({ id, role, belief }) =>
      role === 'info' ? [[id.replace('info-', 'info:'), belief]] : [],
    )
    expect(new Map(shown as [string, string][])).toEqual(new Map(wanted as [string, string][]))
    for (const { id } of picture.nodes.filter(node => node.role === 'info')) {
      const path = findPath(drawn, picture, reached, id)
      expect(path?.sentences.length).toBeGreaterThan(0)
      const lines = new Set(picture.lines.map(({ from, to }) => `${from} ${to}`))
      expect([...(path?.lines ?? [])].filter(line => !lines.has(line))).toEqual([])
      for (const giver of path?.givers ?? []) {
        const through = findPath(drawn, picture, reached, id, giver.id)
        expect([giver.id, through?.last, through?.belief]).toEqual([giver.id, giver.id, giver.belief])
      }
    }
    expect(findPath(drawn, picture, reached, 'info-nothing')).toBeNull()
  }
})

test('a map of 300 things is folded to fewer than sixty boxes, and each fold opens by itself', () => {
  const inventory = makeInventory(9, 300, entries)
  const { drawn, reached, picture } = draw(inventory)
  expect(chooseFolding(picture)).toBe('kind')
  const { picture: folded, folds } = makePicture(drawn, inventory, reached, entries)
  expect(folded.nodes.length).toBeLessThan(60)
  const shown = folded.nodes.flatMap(node => (node.folded.length > 0 ? node.folded : [node.id]))
  expect(shown.toSorted()).toEqual(picture.nodes.map(node => node.id).toSorted())
  for (const fold of folds.filter((_, index) => index % 5 === 0)) {
    const open = makePicture(drawn, inventory, reached, entries, { open: new Set([fold.id]) })
    expect(open.picture.nodes.length).toBe(folded.nodes.length - 1 + fold.count)
  }
  expect(
    makePicture(drawn, inventory, reached, entries, { open: new Set(['nothing', 't1']) }).picture,
  ).toEqual(folded)
})

test('the picture after the plan has the boxes of the picture before in the same places', () => {
  for (const { inventory, drawn, picture } of made.slice(1, 4)) {
    const taken = drawn.map.steps.map(step => step.id).filter((_, index) => index % 2 === 0)
    const left = findReach(drawn.map, 'possible', { taken })
    const after = drawAfter(picture, drawReach(drawn, inventory, left, taken))
    const order = arrangePicture(picture)
    for (const form of forms) {
      const places = (laid: LaidOut) => laid.boxes.map(({ node, ...place }) => [node.id, place])
      const before = layOutPicture(picture, order, form)
      const then = layOutPicture(after, order, form, picture)
      expect(places(then)).toEqual(places(before))
      expect([then.width, then.height]).toEqual([before.width, before.height])
    }
    const open = new Set(left.map(each => each.node.replace('info:', 'info-')))
    for (const { id, role, belief } of after.nodes)
      if (role === 'info') expect([id, belief !== null]).toEqual([id, open.has(id)])
    const names = new Set(picture.nodes.map(node => node.id))
    expect(after.lines.filter(({ from, to }) => !names.has(from) || !names.has(to))).toEqual([])
  }
})

test('a map with nothing in it is a picture of one box', () => {
  const { picture } = draw({ version: 1, words: '', things: [] })
  for (const form of forms) expect(layOut(picture, form).boxes.map(box => box.node.id)).toEqual(['suspect'])
})
