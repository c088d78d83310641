import { findStatesAfterSteps } from '../src/access-engine/plan/after-each-step.ts'
import { weighPlanInHand } from '../src/access-engine/plan/plan-in-hand.ts'
import { drawUpMap } from '../src/access-map/inventory/draw-up-map.ts'
import { loadCatalogue } from '../src/access-map/inventory/load-catalogue.ts'
import { comparePlans } from '../src/access-map/operations/compare-plans.ts'
import { cutPlan } from '../src/access-map/operations/cut-plan.ts'
import { planLockOutFor } from '../src/access-map/operations/plan-lock-out.ts'
import { makeInventory } from '../test/support/made-inventory.ts'
import { measure, median } from './support/measure.ts'

/**
 * The plans side by side, beside the plan that the lock-out page found before: made clients of seventy things, seeds 1 to 8. All in
 * this process, so that what two processes do side by side comes one after the other. Everything but the page and the network. And
 * a plan of some two hundred cards, as its page has it before it is drawn: seeds 1 to 8.
 */
export default async function run() {
  const { entries } = await loadCatalogue()
  const plans: number[] = []
  const compared: number[] = []
  const ratios: number[] = []
  let options = 0
  for (let seed = 0; seed <= 8; seed += 1) {
    const inventory = makeInventory(seed, 70, entries)
    const drawn = { ...drawUpMap(inventory, entries), inventory }
    const plan = await measure(() => planLockOutFor({}, drawn.map, []))
    const comparison = await measure(async () => {
      options = (await comparePlans({}, drawn, [])).options.length
    })
    // The first client warms the program up.
    if (seed === 0) continue
    plans.push(plan.cpu)
    compared.push(comparison.cpu)
    ratios.push(comparison.cpu / plan.cpu)
  }
  const cards: number[] = []
  const cutting: number[] = []
  for (let seed = 0; seed <= 8; seed += 1) {
    const inventory = makeInventory(seed, 58, entries)
    const map = drawUpMap(inventory, entries)
    const drawn = { ...map, inventory, whole: map.map, lockOut: null, revision: 1 }
    const { answer } = await planLockOutFor({}, drawn.map, [])
    const cut = await measure(async () => {
      weighPlanInHand(drawn.map, answer.order)
      const states = findStatesAfterSteps(drawn.map, 'possible', answer.order)
      cutPlan(drawn, states, { today: '2026-03-02', target: 45 })
    })
    if (seed === 0) continue
    cards.push(answer.order.length)
    cutting.push(cut.cpu)
  }
  const say = (cpu: readonly number[]): string =>
    `${median(cpu).toFixed(0)} ms, ${Math.max(...cpu).toFixed(0)} ms at most`
  return [
    {
      name: 'Plans side by side with 70 things: processor time',
      rows: [
        `the plan of the lock-out page      ${say(plans)}`,
        `the others beside it, up to six    ${say(compared)}; ${median(ratios).toFixed(1)} times the plan; ${options} plans in the last`,
      ],
    },
    {
      name: 'A plan of some two hundred cards that was chosen: weighed, replayed and cut into sittings; processor time',
      rows: [`${Math.min(...cards)} to ${Math.max(...cards)} cards      ${say(cutting)} (target 1000)`],
    },
  ]
}
