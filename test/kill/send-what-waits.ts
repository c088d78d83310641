import { createPrivateKey, createPublicKey } from 'node:crypto'
import { writeSync } from 'node:fs'
import { makeContactJobs } from '../../src/contact/jobs.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { startJobs } from '../../src/platform/jobs.ts'
import { silentLog } from '../../src/platform/log.ts'
import type { MailSettings } from '../../src/platform/smtp-settings.ts'
import type { Orders } from './take-in-forever.ts'

/** What the parent tells a program that works through the queue of messages until it is killed. */
export type SendOrders = Omit<Orders, 'caseId' | 'personId'> & {
  readonly mail: MailSettings
  /** The instant at which it believes to be. */
  readonly now: string
}

const orders: SendOrders = JSON.parse(process.env['ORDERS'] ?? '{}')
const signing = createPrivateKey({ key: Buffer.from(orders.signing, 'base64'), format: 'der', type: 'pkcs8' })
const key = { wrapping: Buffer.from(orders.wrapping, 'base64'), signing, verifying: createPublicKey(signing) }
const clock = heldClock(orders.now)
const clinic = {
  ...orders,
  key,
  database: openDatabase(orders.programUrl, { now: clock.now, key, connections: 4 }),
  clock,
  log: silentLog,
  site: { behindTls: false, onLoopback: true, leaveTo: 'https://example.org/' },
  indicatorFolder: null,
  isDemo: false,
}
await startJobs(
  clinic,
  makeContactJobs(async () => {}),
)
writeSync(1, 'ready\n')
