import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeInventory } from '../../../test/support/made-inventory.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { chooseStatement, type Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { type AskNext, findAskNext } from './ask-next.ts'

const { entries } = await loadCatalogue()
const askNext = (inventory: Inventory) => findAskNext(drawUpMap(inventory, entries), inventory, entries)

/** What is reached, and how many parts of things give how much away, drawn up again. */
function redraw(inventory: Inventory) {
  const { map } = drawUpMap(inventory, entries)
  const reached = new Set(findReach(map, 'possible').map(each => each.node))
  return {
    infos: [...reached].filter(node => node.startsWith('info:')).sort(),
    paths: map.rules.filter(rule => rule.to.startsWith('info:') && rule.from.every(node => reached.has(node)))
      .length,
  }
}

/** The same client after a question was answered with no: nothing, or nothing besides what was named. */
const answerNo = (
  inventory: Inventory,
  { thingId, question }: Pick<AskNext, 'thingId' | 'question'>,
): Inventory => ({
  ...inventory,
  things: inventory.things.map(thing => {
    if (thing.thingId !== thingId) return thing
    const isThere = (id: string): boolean =>
      inventory.things.some(each => each.thingId === id && !each.isGone)
    const things = chooseStatement(thing, question).things.filter(isThere)
    const belief = things.length > 0 ? ('yes' as const) : ('no' as const)
    return { ...thing, answers: { ...thing.answers, [question]: { seen: { belief, things } } } }
  }),
})

test('what a “no” is said to take away is gone when the map is drawn up again with it', () => {
  for (const [seed, size] of [
    [1, 1],
    [2, 4],
    [3, 9],
    [4, 16],
  ] as const) {
    const inventory = makeInventory(seed, size, entries)
    const now = redraw(inventory)
    for (const asked of askNext(inventory)) {
      const then = redraw(answerNo(inventory, asked))
      expect([asked, now.infos.filter(node => !then.infos.includes(node)), now.paths - then.paths]).toEqual([
        asked,
        [...asked.closes].sort(),
        asked.paths,
      ])
    }
  }
})

test('each question weighs something, the heaviest comes first, and the order of the things changes nothing', () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const inventory = makeInventory(seed, 3 + seed * 3, entries)
    const found = askNext(inventory)
    const weights = found.map(each => each.weight)
    expect(weights).toEqual(weights.toSorted((one, other) => other - one))
    expect(weights.length, `seed ${seed}`).toBeGreaterThan(0)
    expect(weights.every(weight => weight > 0)).toBe(true)
    const shuffled = { ...inventory, things: makeChance(seed).shuffle(inventory.things) }
    expect(askNext(shuffled)).toEqual(found)
  }
})

test('a question that would spare the plan a path to close is asked too, though the picture would stay as it is', () => {
  const thing = (answers: Inventory['things'][number]['answers']): Inventory['things'][number] => ({
    thingId: 't1',
    entry: 'car',
    label: 'Car',
    note: '',
    answers,
    channels: [],
    changedIn: 1,
    isGone: false,
  })
  const say = (belief: 'yes' | 'no' | 'unknown') => ({ told: { belief, things: [] } })
  const answers = {
    owner: say('yes'),
    shared: say('no'),
    login: say('no'),
    account: say('no'),
    devices: say('no'),
    kept: say('no'),
    keeper: say('no'),
    keys: say('unknown'),
  }
  const found = askNext({ version: 1, words: '', things: [thing(answers)] })
  expect(found.map(each => [each.question, each.closes, each.paths, each.wasAsked])).toEqual([
    ['keys', [], 0, true],
  ])
  expect(found[0]?.spares).toBeGreaterThan(0)
})

test('when nothing is left to ask, no answer to what is still open changes the picture', () => {
  let inventory = makeInventory(7, 12, entries)
  const most = drawUpMap(inventory, entries).unsure.length
  let count = 0
  for (let next = askNext(inventory)[0]; next; next = askNext(inventory)[0]) {
    inventory = answerNo(inventory, next)
    count += 1
  }
  expect(count).toBeLessThanOrEqual(most)
  const left = drawUpMap(inventory, entries).unsure.flatMap(each => each.questions)
  expect(redraw(left.reduce(answerNo, inventory))).toEqual(redraw(inventory))
})
