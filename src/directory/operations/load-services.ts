import type { Transaction } from '../../platform/database.ts'
import type { ServiceWorld } from '../find-services.ts'
import { loadServiceChecks } from '../store.ts'
import { loadProfile } from './load-profile.ts'

/** The clinic's list of services with every check that somebody made of it, at this moment by the clinic's clock. */
export async function loadServices(transaction: Transaction): Promise<ServiceWorld> {
  const { services, timeZone } = await loadProfile(transaction)
  return { services, checks: await loadServiceChecks(transaction), now: transaction.now, zone: timeZone }
}
