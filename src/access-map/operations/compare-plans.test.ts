import { expect, test } from 'vitest'
import { inventoryOfStory, thingOf } from '../../../test/support/story-inventory.ts'
import { strangerMap } from '../../app/demo/map-stories.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { planComparison } from './compare-plans.ts'

const { entries } = await loadCatalogue()

test('S9 no plan stands beside the first that only keeps less evidence than could be kept', async () => {
  const story = inventoryOfStory(strangerMap.things)
  const { map } = drawUpMap({ ...story, things: [...story.things, thingOf('apple-account', 9)] }, entries)
  const { options } = await planComparison.run({ map, never: [] })
  const kept = new Map(map.evidence.map(each => [each.id, each.preservedBy]))
  expect(options.length).toBeGreaterThan(0)
  for (const { loses, order } of options.slice(1))
    expect([order, loses.filter(id => (kept.get(id) ?? []).length > 0)]).toEqual([order, []])
  // Somebody who will not take the step that keeps it is shown what that loses.
  const never = map.evidence.flatMap(each => each.preservedBy)
  const without = await planComparison.run({ map, never })
  expect(without.options[0]?.loses.length).toBeGreaterThan(0)
}, 120_000)
