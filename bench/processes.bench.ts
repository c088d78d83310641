import { type BenchProgram, nobody, openBenchProgram } from './support/bench-program.ts'
import { type LoadPlan, startLoad } from './support/load.ts'
import { figuresOf, median } from './support/pairs.ts'

const people = 20
const looksEach = 8
const rounds = 3
const mebibyte = 1024 * 1024

/**
 * Twenty people at once on one program with one process and on one with two, in turns: how many answers a second, how long
 * the slowest took, the processor time for one answer, and the memory that all processes of Node hold.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const load = await startLoad()
  const [one, two] = await Promise.all([
    openBenchProgram({ UNWATCHED_PROCESSES: '1' }),
    openBenchProgram({ UNWATCHED_PROCESSES: '2' }),
  ])
  try {
    const [rest, restOfTwo] = [await one.memory(), await two.memory()]
    const rows: string[] = []
    for (const name of ['bare page', 'case page'] as const) {
      const [plan, planOfTwo] = [await planFor(one, name), await planFor(two, name)]
      const ratios: number[] = []
      const ratiosOfSlowest: number[] = []
      const cost: number[] = []
      const costOfTwo: number[] = []
      await load.run(plan)
      await load.run(planOfTwo)
      for (let round = 0; round < rounds; round += 1) {
        const measure = async (bench: BenchProgram, how: typeof plan) => {
          const began = performance.now()
          const figures = await figuresOf(() => load.run(how), bench.processorTime)
          return { ...figures, seconds: (performance.now() - began) / 1000 }
        }
        const first = await measure(one, plan)
        const second = await measure(two, planOfTwo)
        ratios.push(first.seconds / second.seconds)
        ratiosOfSlowest.push(second.p95 / first.p95)
        cost.push(first.processor.node + first.processor.postgres)
        costOfTwo.push(second.processor.node + second.processor.postgres)
      }
      rows.push(
        `${name.padEnd(12)} answers a second × ${median(ratios).toFixed(2)}, p95 × ${median(ratiosOfSlowest).toFixed(2)}, processor time ${median(cost).toFixed(1)} ms with one, ${median(costOfTwo).toFixed(1)} ms with two`,
      )
    }
    const [after, afterOfTwo] = [await one.memory(), await two.memory()]
    const say = (bytes: number): string => `${Math.round(bytes / mebibyte)} MiB`
    rows.push(`memory       one: ${say(rest.now)} at rest, ${say(after.most)} at most`)
    rows.push(
      `             two: ${say(restOfTwo.now)} at rest, ${say(afterOfTwo.most)} at most, the program itself among them`,
    )
    return [{ name: `${people} people at once: two processes against one, ${rounds} pairs`, rows }]
  } finally {
    await load.close()
    await one.close()
    await two.close()
  }
}

async function planFor(
  bench: BenchProgram,
  name: 'bare page' | 'case page',
): Promise<LoadPlan & { readonly looksEach: number }> {
  const { address } = bench
  const advocates = await bench.staff('stalking-advocate', people)
  return name === 'bare page'
    ? { address, path: '/sign-in', visitors: advocates.map(() => nobody), looksEach }
    : { address, path: `/cases/${await bench.findCase()}`, visitors: advocates, looksEach }
}
