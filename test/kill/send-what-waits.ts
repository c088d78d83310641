import { writeSync } from 'node:fs'
import { makeContactJobs } from '../../src/contact/jobs.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { startJobs } from '../../src/platform/jobs.ts'
import type { MailSettings } from '../../src/platform/smtp-settings.ts'
import { type ClinicOrders, openOrdered, readOrders } from '../support/ordered-clinic.ts'

/** What the parent tells a program that works through the queue of messages until it is killed. */
export type SendOrders = ClinicOrders & {
  readonly mail: MailSettings
  /** The instant at which it believes to be. */
  readonly now: string
}

const orders = readOrders<SendOrders>()
const clinic = openOrdered(orders, { connections: 4, clock: heldClock(orders.now), mail: orders.mail })
await startJobs(
  clinic,
  makeContactJobs(async () => {}),
)
writeSync(1, 'ready\n')
