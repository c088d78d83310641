import { type Need, needs, type Service } from './profile.ts'

/** A service to name to somebody, and whether its number and hours are due to be checked again. */
export type FoundService = { readonly service: Service; readonly isStale: boolean }

/** Numbers and hours change: after this many days a page says that they were not checked lately. */
export const staleAfterDays = 180

/**
 * Finds the services for what somebody needs, in the order of `needs` (danger first) and then of the profile; each
 * service once. `today` is a day such as "2026-03-02". With nothing asked for, the services for stalking.
 */
export function findServices(
  services: readonly Service[],
  asked: readonly Need[],
  today: string,
): readonly FoundService[] {
  const wanted = asked.length > 0 ? needs.filter(need => asked.includes(need)) : (['stalking'] as const)
  const found = new Set<Service>()
  for (const need of wanted) {
    for (const service of services) if (service.for.includes(need)) found.add(service)
  }
  return [...found].map(service => ({ service, isStale: isStale(service.lastChecked, today) }))
}

function isStale(lastChecked: string | null, today: string): boolean {
  if (lastChecked === null) return true
  const days = (Date.parse(`${today}T00:00:00Z`) - Date.parse(`${lastChecked}T00:00:00Z`)) / 86_400_000
  return days > staleAfterDays
}

/** Reads the codes of a page's address ("other-area,under-age"); anything unknown is left out. */
export function parseNeeds(text: string): readonly Need[] {
  const asked = text.split(',')
  return needs.filter(need => asked.includes(need))
}
