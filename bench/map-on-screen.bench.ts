import { findReach } from '../src/access-engine/reach/reach.ts'
import { judgeByReach } from '../src/access-engine/reach/safe-channels.ts'
import { drawUpMap } from '../src/access-map/inventory/draw-up-map.ts'
import type { Inventory } from '../src/access-map/inventory/inventory.ts'
import { decideChange } from '../src/access-map/inventory/inventory-change.ts'
import { loadCatalogue } from '../src/access-map/inventory/load-catalogue.ts'
import { askNextView } from '../src/access-map/pages/map/ask-next-view.ts'
import { changedView, glanceView } from '../src/access-map/pages/parts/glance-view.ts'
import { findAskNext } from '../src/access-map/picture/ask-next.ts'
import { drawReach } from '../src/access-map/picture/picture-of-reach.ts'
import { findWhatChanged } from '../src/access-map/picture/what-changed.ts'
import { makeInventory } from '../test/support/made-inventory.ts'

/**
 * The answer on screen after one tick: the inventory changed, the map drawn up, closures at three levels, the verdict on
 * every channel, the picture folded, ordered, laid out and written, what changed, and what to ask next. Everything but the
 * database and the network. Made clients, seeds 1 to 10, ten ticks each.
 */
export default async function run() {
  const { entries } = await loadCatalogue()
  const rows: string[] = []
  for (const [size, target] of [
    [70, 100],
    [300, null],
  ] as const) {
    const times: number[] = []
    let nodes = 0
    for (let seed = 0; seed <= 10; seed += 1) {
      let inventory = makeInventory(seed, size, entries)
      for (let tick = 0; tick < 10; tick += 1) {
        const start = performance.now()
        const next = answerOne(inventory, tick)
        nodes = showOne(inventory, next)
        // The first client warms the program up.
        if (seed > 0) times.push(performance.now() - start)
        inventory = next
      }
    }
    rows.push(`${String(size).padStart(4)} things, ${nodes} nodes  ${say(times, target)}`)
  }
  return [{ name: 'Answer on screen after one tick: closure, verdicts, picture, what to ask next', rows }]

  function answerOne(inventory: Inventory, tick: number): Inventory {
    const thing = inventory.things[(tick * 7) % inventory.things.length]
    const question = entries.get(thing?.entry ?? '')?.questions[0]
    if (!thing || !question) return inventory
    const belief = tick % 2 === 0 ? ('yes' as const) : ('no' as const)
    const { thingId, label, note } = thing
    const said = { [question.id]: { belief, things: [] } }
    const change = { kind: 'answer', thingId, seen: 1, label, note, basis: 'seen', said } as const
    const decided = decideChange(inventory, 1, change)
    return decided.allowed ? decided.inventory : inventory
  }

  function showOne(before: Inventory, now: Inventory): number {
    const was = drawUpMap(before, entries)
    const drawn = drawUpMap(now, entries)
    const reached = findReach(drawn.map, 'possible')
    judgeByReach(drawn.map, reached)
    const changed = findWhatChanged(
      drawReach(was, before, findReach(was.map, 'possible')),
      drawReach(drawn, now, reached),
    )
    const glance = {
      revision: 2,
      catalogue: { entries, findings: [] },
      drawn: {
        ...drawn,
        whole: drawn.map,
        inventory: now,
        inventoryRevision: 2,
        revision: 0,
        lockOut: null,
        reached: () => reached,
        ofSuspect: () => new Set<string>(),
      },
      reached,
      changed,
    }
    const asks = findAskNext(drawn, now, entries)
    const parts = [changedView(changed), glanceView('/map', glance), askNextView('/map', asks, info => info)]
    if (parts.some(part => part === false)) throw new Error('nothing was drawn')
    return drawn.map.nodes.length
  }
}

function say(times: readonly number[], target: number | null): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const worst = at(0.95)
  const goal = target === null ? '' : ` (target ${target}, ratio ${(worst / target).toFixed(2)})`
  return `${at(0.5).toFixed(0)} ms median, ${worst.toFixed(0)} ms p95${goal}`
}
