import { expect, test } from 'vitest'
import { makeInventory } from '../../../../test/support/made-inventory.ts'
import { inventoryOf, inventoryOfStory, thingOf } from '../../../../test/support/story-inventory.ts'
import { knownPersonMap, strangerMap } from '../../../app/demo/map-stories.ts'
import type { Inventory } from '../../inventory/inventory.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { drawOnce } from '../../operations/kept-drawings.ts'
import { rowsOfCard } from './card-rows.ts'

const { entries } = await loadCatalogue()

function drawnOf(inventory: Inventory): DrawnCase {
  const { drawn, current } = drawOnce(inventory, entries, null)
  return {
    ...drawn,
    ...current,
    whole: drawn.map,
    inventory,
    inventoryRevision: 1,
    lockOut: null,
    revision: 0,
  }
}

test('S9 no line of a card is empty, and a step that may be noticed never says that nothing will be', () => {
  const one = [...entries.keys()].map(kind => inventoryOf([thingOf(kind, 1)]))
  const households = [knownPersonMap, strangerMap].map(({ things }) => inventoryOfStory(things))
  const made = [1, 2, 3].map(seed => makeInventory(seed, 12, entries))
  let silent = 0
  for (const inventory of [...one, ...households, ...made]) {
    const drawn = drawnOf(inventory)
    for (const { id, alerts } of drawn.map.steps) {
      const rows = rowsOfCard(drawn, id, [])
      expect(rows.filter(({ text }) => text.trim() === '').map(({ key }) => `${id} ${key}`)).toEqual([])
      const noticed = rows.find(({ key }) => key === 'What will be noticed')?.text ?? ''
      if (alerts) expect(noticed, id).not.toMatch(/^(By the answers so far, nothing|Nothing)\.?$/)
      if (alerts && noticed.startsWith('It sends nothing by itself')) silent += 1
    }
  }
  expect(silent).toBeGreaterThan(0)
})

test('S9 of a step that is not in the plan no card says that it is done, or how things are after it', () => {
  const drawn = drawnOf(inventoryOfStory(knownPersonMap.things))
  for (const { id } of drawn.map.steps) {
    const rows = rowsOfCard(drawn, id, [])
    expect(rows.map(({ key }) => key)).not.toContain('After it')
    expect(rows.filter(({ text }) => text.includes('It is done'))).toEqual([])
  }
})
