import type { ReadingCounts } from '../evidence/reading-status.ts'

/** What the parts of a case hold, as far as the viewer may see them; null for a part that is left out. */
export type CaseCounts = {
  readonly evidence: ReadingCounts | null
  readonly incidents: {
    readonly made: number
    /** Days until the nearest time limit that is known and still runs. */
    readonly limitDaysLeft: number | null
    /** Incidents of which nobody has said yet whether they belong to the course of conduct. */
    readonly unlooked: number
  } | null
  readonly bundles: { readonly asked: number; readonly ready: number } | null
  /** Appointments to come, and those that are over with nobody having said what became of them. */
  readonly appointments: { readonly coming: number; readonly unrecorded: number } | null
  /** Whether there is a safety plan, and how many reviews of it are due. */
  readonly plan: { readonly isMade: boolean; readonly due: number } | null
  /** Possible breaches that nobody decided on, and orders that end soon. */
  readonly orders: { readonly possibleBreaches: number; readonly endingSoon: number } | null
  /** Consents in force that end by themselves, by how many days from now. */
  readonly consentsEndingInDays: readonly number[] | null
  /** Requests to share without consent that wait for somebody other than the person who asked. */
  readonly sharingsToDecide: number | null
}

/** What the viewer may change, and not only see. */
export type CaseWork = {
  readonly evidence: boolean
  readonly chronology: boolean
  readonly bundle: boolean
  readonly appointment: boolean
  readonly plan: boolean
}

export type NextThing = { readonly words: string; readonly path: string }

const soonDays = 14
const limitWarningDays = 42

/**
 * Chooses what to do next in a case, the most pressing first. A suggestion from what is there and what is not; it
 * never decides and never hides anything.
 */
export function chooseNextThings(counts: CaseCounts, may: CaseWork): readonly NextThing[] {
  const { evidence, incidents, bundles, appointments, plan, orders, consentsEndingInDays } = counts
  const things: NextThing[] = []
  if (orders && orders.possibleBreaches > 0) {
    const words =
      orders.possibleBreaches === 1
        ? 'A possible breach waits'
        : `${orders.possibleBreaches} possible breaches wait`
    things.push({ words: `${words} for a person to look at`, path: '/orders' })
  }
  if (plan && plan.due > 0) things.push({ words: 'A review of the safety plan is due', path: '/plan' })
  const left = incidents?.limitDaysLeft ?? null
  if (left !== null && left >= 0 && left <= limitWarningDays) {
    things.push({ words: `A time limit for a charge ends in ${days(left)}`, path: '/incidents' })
  }
  if (incidents && incidents.unlooked > 0 && may.chronology) {
    const words =
      incidents.unlooked === incidents.made
        ? 'Choose which incidents are the course of conduct: until then a time limit cannot be known'
        : `Say whether ${incidents.unlooked === 1 ? 'a new incident belongs' : `${incidents.unlooked} new incidents belong`} to the course of conduct`
    things.push({ words, path: '/incidents/conduct' })
  }
  if (counts.sharingsToDecide)
    things.push({
      words: 'A request to share without consent waits for a decision by somebody else than who asked',
      path: '/without-consent',
    })
  for (const inDays of consentsEndingInDays ?? []) {
    if (inDays <= soonDays) things.push({ words: `A consent ends in ${days(inDays)}`, path: '/consents' })
  }
  if (orders && orders.endingSoon > 0) things.push({ words: 'An order ends soon', path: '/orders' })
  if (bundles && bundles.asked > 0) {
    const words = bundles.asked === 1 ? 'A bundle waits' : `${bundles.asked} bundles wait`
    things.push({ words: `${words} for a decision by somebody else than who asked`, path: '/bundles' })
  }
  if (appointments && appointments.unrecorded > 0 && may.appointment) {
    things.push({ words: 'Record what became of an appointment', path: '/appointments' })
  }
  if (appointments?.coming === 0 && may.appointment) {
    things.push({ words: 'Book an appointment', path: '/appointments/new' })
  }
  if (plan && !plan.isMade && may.plan) things.push({ words: 'Make the safety plan', path: '/plan' })
  if (evidence && evidence.asking > 0) {
    const words = evidence.asking === 1 ? 'An exhibit asks' : `${evidence.asking} exhibits ask`
    things.push({
      words: `${words} a question that a person has to answer first`,
      path: '/evidence?show=asking',
    })
  }
  if (evidence && evidence.failed > 0)
    things.push({ words: `${exhibits(evidence.failed)} could not be read`, path: '/evidence?show=failed' })
  if (evidence && evidence.unread > 0) {
    const words = `${exhibits(evidence.unread)} ${evidence.unread === 1 ? 'is' : 'are'} kept and not read`
    things.push({ words, path: '/evidence?show=unread' })
  }
  if (evidence && evidence['in-doubt'] > 0) {
    const count = evidence['in-doubt']
    const words = `${exhibits(count)} ${count === 1 ? 'was' : 'were'} read in part or in doubt`
    things.push({ words, path: '/evidence?show=in-doubt' })
  }
  if (evidence?.items === 0 && may.evidence)
    things.push({ words: 'Bring in what the client has', path: '/evidence' })
  if (incidents?.made === 0 && may.chronology) {
    const words = evidence?.items
      ? 'Make incidents from the chronology'
      : 'Make incidents from what the client tells'
    things.push({ words, path: evidence?.items ? '/chronology' : '/incidents/new' })
  }
  if (bundles && bundles.asked + bundles.ready === 0 && incidents && incidents.made > 0 && may.bundle) {
    things.push({ words: 'Ask for a bundle when the chronology is ready', path: '/bundles' })
  }
  return things
}

const exhibits = (count: number) => (count === 1 ? '1 exhibit' : `${count} exhibits`)

function days(count: number): string {
  if (count === 0) return 'less than a day'
  return count === 1 ? '1 day' : `${count} days`
}
