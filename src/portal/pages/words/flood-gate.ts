import type { Clinic } from '../../../platform/clinic.ts'

const span = 300_000
const mostInSpan = 60
const mostAddresses = 10_000

/** Kept in memory alone, by clinic: an address is forgotten five minutes after its last try, or when we stop. */
const seen = new WeakMap<Clinic, Map<string, readonly number[]>>()

/**
 * Whether an address may try words once more now; counts the try if so. It spares the machine a flood (S13) and locks
 * nobody out: an address that was too busy may try again within five minutes.
 */
export function mayTryFrom(clinic: Clinic, address: string): boolean {
  const now = clinic.clock.now().getTime()
  const addresses = seen.get(clinic) ?? new Map<string, readonly number[]>()
  seen.set(clinic, addresses)
  const recent = (addresses.get(address) ?? []).filter(instant => now - instant < span)
  if (recent.length >= mostInSpan) return false
  addresses.delete(address)
  addresses.set(address, [...recent, now])
  const oldest = addresses.keys().next().value
  if (addresses.size > mostAddresses && oldest !== undefined) addresses.delete(oldest)
  return true
}
