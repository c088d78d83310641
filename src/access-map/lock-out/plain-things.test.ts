import { expect, test } from 'vitest'
import { inventoryOf, inventoryOfStory, thingOf } from '../../../test/support/story-inventory.ts'
import { knownPersonMap, strangerMap } from '../../app/demo/map-stories.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { areWordsHarmless } from './plain-step.ts'
import { writePlainThings } from './plain-things.ts'

const { entries } = await loadCatalogue()

test('S2 the client’s list of what they have names nobody, calls nothing what the client calls it, and says nothing of who reaches it', () => {
  for (const story of [knownPersonMap, strangerMap]) {
    const inventory = inventoryOfStory(story.things)
    const list = writePlainThings(inventory, entries)
    const words = list.map(each => `${each.name} ${each.goesWith.join(' ')}`).join('; ')
    expect(list.length).toBeGreaterThan(3)
    expect(areWordsHarmless(words), words).toBe(true)
    for (const { label } of inventory.things) expect(words).not.toContain(label)
    const people = inventory.things.filter(({ entry }) => entries.get(entry)?.group === 'people')
    expect(list).toHaveLength(inventory.things.filter(each => !each.isGone).length - people.length)
  }
  expect(inventoryOfStory(knownPersonMap.things).things.some(({ label }) => label === 'His sister')).toBe(
    true,
  )
})

test('S2 of every kind of thing the word on the client’s list is one of any household, and what goes together goes both directions', () => {
  const kinds = [...entries.keys()]
  const whole = inventoryOf(kinds.map((kind, index) => thingOf(kind, index + 1)))
  for (const { name } of writePlainThings(whole, entries)) expect(areWordsHarmless(name), name).toBe(true)
  const mail = thingOf('mailbox', 1)
  const said = { told: { belief: 'yes' as const, things: ['t2', 't3', 't9'] } }
  const three = inventoryOf([
    { ...mail, answers: { devices: said } },
    thingOf('phone', 2),
    { ...thingOf('tablet', 3), isGone: true },
  ])
  expect(writePlainThings(three, entries)).toEqual([
    { name: 'A (mail)', goesWith: ['B'] },
    { name: 'B (phone)', goesWith: ['A'] },
  ])
})
