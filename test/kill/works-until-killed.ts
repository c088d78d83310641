import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startApart } from '../../src/platform/apart.ts'
import { startJobs } from '../../src/platform/jobs.ts'
import { packClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { type Orders, openOrdered, readOrders } from '../support/ordered-clinic.ts'

/** What the parent tells a program that works through a queue, one heavy piece at a time, until it is killed. */
export type WorkOrders = Orders & { readonly entry: string }

const orders = readOrders<WorkOrders>()
const clinic = openOrdered(orders, { connections: 4 })
const { clinicId, blobFolder, spoolFolder, isDemo, site } = clinic
const context = {
  clinicId,
  programUrl: orders.programUrl,
  key: packClinicKey(clinic.key),
  blobFolder,
  spoolFolder,
  isDemo,
  site,
}
const apart = startApart({
  entry: pathToFileURL(orders.entry),
  context,
  memory: 192,
  jobProcesses: 1,
  calculationProcesses: 1,
  log: silentLog,
})
const done = async () => 'done' as const
const inProcess = { work: done, setAside: done }
await startJobs(
  clinic,
  [
    { name: 'blocks', isHeavy: true, ...inProcess },
    {
      name: 'ends-all',
      ...inProcess,
      work: async (_clinic, { file = '' }) => {
        writeSync(1, `began ${file}\n`)
        process.kill(process.pid, 'SIGKILL')
        return 'done'
      },
    },
    { name: 'note', ...inProcess },
  ],
  { apart },
)
writeSync(1, 'ready\n')
