import { nobody, openBenchProgram } from './support/bench-program.ts'
import { countStatements } from './support/count-statements.ts'
import { type LoadPlan, type LoadVisitor, startLoad } from './support/load.ts'
import { comparePairs, pairHeading, sayPair } from './support/pairs.ts'

const people = 20
const looksEach = 10
const rounds = 5

/**
 * Twenty people at once on one page, each page against the bare one (the sign-in page, which asks the database for nothing),
 * in turns. Beside the times stands the processor time for one answer, and how many statements it sends.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchProgram({ UNWATCHED_PROCESSES: '1' })
  const load = await startLoad()
  try {
    const { address, clinic, processorTime } = bench
    const caseId = await bench.findCase()
    const advocates = await bench.staff('stalking-advocate', people)
    const coordinators = await bench.staff('coordinator', people)
    const clients = await bench.clients(people)
    const pages: readonly {
      readonly name: string
      readonly visitors: readonly LoadVisitor[]
      readonly path: string
      readonly fields?: NonNullable<LoadPlan['fields']>
    }[] = [
      { name: 'case page', visitors: advocates, path: `/cases/${caseId}` },
      { name: 'timeline', visitors: advocates, path: `/cases/${caseId}/chronology` },
      {
        name: 'search',
        visitors: advocates,
        path: `/cases/${caseId}/chronology`,
        fields: { words: 'station' },
      },
      { name: 'access map', visitors: advocates, path: `/cases/${caseId}/map` },
      { name: 'lock-out plan', visitors: advocates, path: `/cases/${caseId}/map/lock-out` },
      { name: 'caseload', visitors: advocates, path: '/cases' },
      { name: 'triage', visitors: coordinators, path: '/triage' },
      { name: 'reviews', visitors: coordinators, path: '/reviews' },
      { name: 'start page of staff', visitors: advocates, path: '/staff' },
      { name: 'portal home', visitors: clients, path: '/my' },
    ]
    const rows = [pairHeading]
    const asked = { address, looksEach }
    const bare = () => load.run({ ...asked, path: '/sign-in', visitors: advocates.map(() => nobody) })
    for (const { name, ...page } of pages) {
      const pair = await comparePairs(bare, () => load.run({ ...asked, ...page }), { rounds, processorTime })
      const [visitor] = page.visitors
      const statements = page.fields || !visitor ? null : await countStatements(clinic, visitor, [page.path])
      rows.push(`${sayPair(name, pair)} ${String(statements?.[0]?.statements ?? '–').padStart(11)}`)
    }
    rows[0] = `${pairHeading}  statements`
    return [{ name: `${people} people at once, against the bare page of the same server`, rows }]
  } finally {
    await load.close()
    await bench.close()
  }
}
