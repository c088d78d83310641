import { startHighs } from '../src/access-engine/plan/highs-solver.ts'
import { planLockOut, planLockOutInOrder } from '../src/access-engine/plan/lock-out-plan.ts'
import { compileMap } from '../src/access-engine/reach/compile-map.ts'
import { makeCut, makeLayeredCover } from '../test/support/made-cut.ts'
import { makeHousehold } from '../test/support/made-household.ts'

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

/** The access map: plans and orders of made households, cuts, hard covers, and the closure. Seeds 1 to 20. */
export default async function run() {
  const solver = startHighs()
  try {
    for (const seed of [101, 102, 103]) await planLockOutInOrder(makeHousehold(seed, 100), solver)
    return [
      {
        name: 'Plan with safe order, both proven and checked: households, seeds 1 to 20',
        rows: await planHouseholds(),
      },
      { name: 'Plan alone: AND/OR cuts, seeds 1 to 5', rows: await planCuts() },
      { name: 'Set cover in layers, 300 nodes, within 2 s: seeds 1 to 5', rows: await planCovers() },
      { name: 'Closure at 3 000 nodes against reading its arrays once', rows: [timeClosure()] },
    ]
  } finally {
    await solver.end()
  }

  async function planHouseholds(): Promise<string[]> {
    const rows: string[] = []
    for (const [size, target] of [
      [100, 25],
      [300, 100],
      [1000, 150],
      [3000, 800],
    ] as const) {
      const times: number[] = []
      let proven = 0
      for (const seed of seeds) {
        const map = makeHousehold(seed, size)
        const start = performance.now()
        const answer = await planLockOutInOrder(map, solver, { limit: 30_000 })
        times.push(performance.now() - start)
        if (answer.status === 'optimal' || answer.status === 'infeasible') proven += 1
      }
      rows.push(`${pad(size)} nodes  ${say(times, target)}, ${proven} of ${seeds.length} proven`)
    }
    return rows
  }

  async function planCuts(): Promise<string[]> {
    const rows: string[] = []
    for (const [size, target] of [
      [5000, 450],
      [10_000, 600],
      [15_000, 800],
    ] as const) {
      const times: number[] = []
      let proven = 0
      for (const seed of seeds.slice(0, 5)) {
        const map = makeCut(seed, size)
        const start = performance.now()
        const plan = await planLockOut(map, solver, { limit: 30_000 })
        times.push(performance.now() - start)
        if (plan.status === 'optimal') proven += 1
      }
      rows.push(`${pad(size)} nodes  ${say(times, target)}, ${proven} of 5 proven`)
    }
    return rows
  }

  async function planCovers(): Promise<string[]> {
    const rows: string[] = []
    for (const seed of seeds.slice(0, 5)) {
      const start = performance.now()
      const plan = await planLockOut(makeLayeredCover(seed, 300), solver, { limit: 2_000 })
      const took = Math.round(performance.now() - start)
      const gap = plan.cost === null ? 1 : (plan.cost - plan.bound) / Math.max(1, plan.cost)
      rows.push(
        `seed ${seed}: ${plan.status}, cost ${plan.cost}, gap ${(100 * gap).toFixed(1)}% (target 10%), ${took} ms`,
      )
    }
    return rows
  }
}

function timeClosure(): string {
  const { closures, programs, steps } = compileMap(makeHousehold(1, 3000), { level: 'possible' })
  const taken = steps.flatMap((_, index) => (index % 7 === 0 ? [index] : []))
  const program = programs.suspect
  const arrays = [program.waits, program.head, program.waiting.starts, program.waiting.items]
  const read = (): number => {
    let sum = 0
    for (const array of arrays) for (let at = 0; at < array.length; at += 1) sum += array[at] as number
    return sum
  }
  const timeOf = (work: () => unknown): number => {
    for (let warm = 0; warm < 300; warm += 1) work()
    const times = Array.from({ length: 21 }, () => {
      const start = performance.now()
      for (let round = 0; round < 50; round += 1) work()
      return ((performance.now() - start) / 50) * 1000
    })
    return median(times)
  }
  const closure = timeOf(() => closures.suspect.run(taken).size)
  const reading = timeOf(read)
  return `${closure.toFixed(0)} µs (target 100), ${(closure / reading).toFixed(1)} times reading its arrays once (${reading.toFixed(0)} µs)`
}

function say(times: readonly number[], target: number): string {
  const middle = median(times)
  return `${Math.round(middle)} ms median, ${Math.round(Math.max(...times))} ms at most (target ${target}, ratio ${(middle / target).toFixed(2)})`
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

function pad(size: number): string {
  return String(size).padStart(6)
}
