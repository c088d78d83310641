import type { Clinic } from '../../../platform/clinic.ts'

const hour = 3_600_000
const mostAnHour = 10
const mostAddresses = 10_000

/** Kept in memory alone, by clinic: an address is forgotten an hour after its last referral, or when we stop. */
const seen = new WeakMap<Clinic, Map<string, readonly number[]>>()

/**
 * Whether an address may make one more public referral now; counts it if so. A call handler never comes this way, so
 * no flood from outside can stop a call from being saved (S13).
 */
export function mayReferFrom(clinic: Clinic, address: string): boolean {
  const now = clinic.clock.now().getTime()
  const addresses = seen.get(clinic) ?? new Map<string, readonly number[]>()
  seen.set(clinic, addresses)
  const recent = (addresses.get(address) ?? []).filter(instant => now - instant < hour)
  if (recent.length >= mostAnHour) return false
  addresses.delete(address)
  addresses.set(address, [...recent, now])
  const oldest = addresses.keys().next().value
  if (addresses.size > mostAddresses && oldest !== undefined) addresses.delete(oldest)
  return true
}
