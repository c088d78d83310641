import { createPrivateKey, createPublicKey } from 'node:crypto'
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startApart } from '../../src/platform/apart.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { startJobs } from '../../src/platform/jobs.ts'
import { packClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import type { Orders } from './take-in-forever.ts'

/** What the parent tells a program that works through a queue, one heavy piece at a time, until it is killed. */
export type WorkOrders = Orders & { readonly entry: string }

const orders: WorkOrders = JSON.parse(process.env['ORDERS'] ?? '{}')
const signing = createPrivateKey({ key: Buffer.from(orders.signing, 'base64'), format: 'der', type: 'pkcs8' })
const key = { wrapping: Buffer.from(orders.wrapping, 'base64'), signing, verifying: createPublicKey(signing) }
const site = { behindTls: false, onLoopback: true, leaveTo: 'https://example.org/' }
const { clinicId, programUrl, blobFolder, spoolFolder } = orders
const context = {
  clinicId,
  programUrl,
  key: packClinicKey(key),
  blobFolder,
  spoolFolder,
  isDemo: false,
  site,
}
const clinic = {
  ...context,
  key,
  database: openDatabase(programUrl, { now: realClock.now, key, connections: 4 }),
  clock: realClock,
  log: silentLog,
  indicatorFolder: null,
  mail: null,
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
