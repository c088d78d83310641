import { expect, test } from 'vitest'
import { inventoryOfStory } from '../../../test/support/story-inventory.ts'
import { knownPersonMap } from '../../app/demo/map-stories.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { lockOutPlanning, type PlannedLockOut, planLockOutFor } from './plan-lock-out.ts'

const { entries } = await loadCatalogue()
const drawStory = () => drawUpMap(inventoryOfStory(knownPersonMap.things), entries).map

/** A clinic that calculates here, and what it was asked; what it answers may be made into something else. */
function asked(change: (planned: PlannedLockOut) => PlannedLockOut = planned => planned) {
  const inputs: unknown[] = []
  const calculateApart = async (_name: string, input: unknown) => {
    inputs.push(input)
    return change(await lockOutPlanning.run(input as Parameters<typeof lockOutPlanning.run>[0]))
  }
  return { inputs, clinic: { calculateApart } }
}

test('a plan that was proven is calculated once for a map and for what is left out', async () => {
  const map = drawStory()
  const { inputs, clinic } = asked()
  const first = await planLockOutFor(clinic, map, [])
  const [step = ''] = first.answer.order
  expect(await planLockOutFor(clinic, map, [])).toBe(first)
  // A name of no step says nothing.
  expect(await planLockOutFor(clinic, map, ['nothing:t9'])).toBe(first)
  expect(inputs.length).toBe(1)
  const without = await planLockOutFor(clinic, map, [step])
  expect(without.answer.order).not.toContain(step)
  expect(await planLockOutFor(clinic, map, [step, step])).toBe(without)
  expect(inputs.length).toBe(2)
})

test('S9 a plan is found for no other map, not even for one that says the same', async () => {
  const { inputs, clinic } = asked()
  const [one, other] = [drawStory(), drawStory()]
  const first = await planLockOutFor(clinic, one, [])
  expect(await planLockOutFor(clinic, other, [])).not.toBe(first)
  expect(inputs).toEqual([
    { map: one, never: [] },
    { map: other, never: [] },
  ])
})

test('what is only the best so far is calculated again', async () => {
  const map = drawStory()
  const { inputs, clinic } = asked(planned => ({
    ...planned,
    answer: { ...planned.answer, isFinal: false },
  }))
  await planLockOutFor(clinic, map, [])
  await planLockOutFor(clinic, map, [])
  expect(inputs.length).toBe(2)
})
