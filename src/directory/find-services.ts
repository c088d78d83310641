import { type CalendarDay, dayAt, daysBetween } from '../foundation/calendar-day.ts'
import { canonicalJson } from '../foundation/canonical-json.ts'
import { type Sha256, sha256 } from '../foundation/digest.ts'
import { findOpenness, type Openness } from './opening.ts'
import { type Need, needs, type Service } from './profile.ts'

/** How somebody checked an entry. */
export const checkMethods = ['telephone', 'website', 'told-by-them'] as const
export type CheckMethod = (typeof checkMethods)[number]

/** A check of an entry by somebody at the clinic; `entry` is the digest of the entry as it stood then. */
export type ServiceCheck = {
  readonly service: string
  readonly entry: Sha256
  readonly at: Date
  readonly byName: string
  readonly method: CheckMethod
  readonly finding: 'right' | 'wrong'
  readonly note: string
}

/**
 * The state of an entry: checked lately; not checked, or not for half a year; or found wrong and not corrected since.
 */
export type ServiceStatus = 'checked' | 'unchecked' | 'wrong'

/** A service to name to somebody. */
export type FoundService = {
  readonly service: Service
  readonly openness: Openness
  readonly status: ServiceStatus
  /** When it was last found right; null when never. */
  readonly checkedOn: CalendarDay | null
}

export type ServiceWorld = {
  readonly services: readonly Service[]
  readonly checks: readonly ServiceCheck[]
  readonly now: Date
  readonly zone: string
}

/** Numbers and hours change: after this many days a page says that they were not checked lately. */
export const staleAfterDays = 180

/** What identifies an entry as it is: when it changes, no earlier check counts. */
export function digestOfEntry({ name, says, number, hours, open, url }: Service): Sha256 {
  return sha256(
    canonicalJson({
      name,
      says,
      number: number ?? null,
      hours: hours ?? null,
      open: open ?? null,
      url: url ?? null,
    }),
  )
}

/** An entry with whether somebody answers now, and how far it can be trusted. */
export function weighService(
  service: Service,
  { checks, now, zone }: Omit<ServiceWorld, 'services'>,
): FoundService {
  const entry = digestOfEntry(service)
  const own = checks
    .filter(check => check.service === service.name && check.entry === entry)
    .sort((one, other) => other.at.getTime() - one.at.getTime())
  const right = own.find(({ finding }) => finding === 'right')
  const days = [service.lastChecked, right ? dayAt(right.at, zone) : null].filter(day => day !== null)
  const checkedOn = days.sort().at(-1) ?? null
  const isFresh = checkedOn !== null && daysBetween(checkedOn, dayAt(now, zone)) <= staleAfterDays
  const status = own[0]?.finding === 'wrong' ? 'wrong' : isFresh ? 'checked' : 'unchecked'
  return { service, openness: findOpenness(service.open, now, zone), status, checkedOn }
}

/**
 * Finds the services for what somebody needs, each once: emergencies first whatever the hour, then what is open now,
 * then what may be, then what is closed, and last what was found wrong; within these in the order of `needs` and of the profile. With nothing asked
 * for, the services for stalking.
 */
export function findServices(world: ServiceWorld, asked: readonly Need[]): readonly FoundService[] {
  const wanted = asked.length > 0 ? needs.filter(need => asked.includes(need)) : (['stalking'] as const)
  const found = new Set<Service>()
  for (const need of wanted) {
    for (const service of world.services) if (service.for.includes(need)) found.add(service)
  }
  const rank = (one: FoundService): number =>
    one.service.for.includes('danger-now')
      ? 0
      : one.status === 'wrong'
        ? 4
        : { always: 1, open: 1, unknown: 2, closed: 3 }[one.openness.kind]
  return [...found]
    .map(service => weighService(service, world))
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index)
    .map(({ one }) => one)
}

/** Every entry for those who check them: found wrong first, then never checked, then the longest ago. */
export function listServicesToCheck(world: ServiceWorld): readonly FoundService[] {
  const rank: Readonly<Record<ServiceStatus, number>> = { wrong: 0, unchecked: 1, checked: 2 }
  return world.services
    .map(service => weighService(service, world))
    .sort(
      (one, other) =>
        rank[one.status] - rank[other.status] ||
        (one.checkedOn ?? '').localeCompare(other.checkedOn ?? '') ||
        world.services.indexOf(one.service) - world.services.indexOf(other.service),
    )
}

/** Reads the codes of a page's address ("other-area,under-age"); anything unknown is left out. */
export function parseNeeds(text: string): readonly Need[] {
  const asked = text.split(',')
  return needs.filter(need => asked.includes(need))
}
