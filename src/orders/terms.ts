import type { ActCode } from '../chronology/act-codes.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { TermId } from '../foundation/ids.ts'

/** One thing that an order forbids or requires. */
export type Term = {
  readonly termId: TermId
  readonly kind: 'prohibition' | 'requirement'
  readonly words: string
  /** The acts that may breach it; none named means that any act may. */
  readonly codes: readonly ActCode[]
  /** When a variation put it in or took it out; null for from the start, and for as long as the order. */
  readonly from: CalendarDay | null
  readonly until: CalendarDay | null
}

export type TermTemplate = {
  readonly template: string
  readonly kind: Term['kind']
  readonly words: string
  readonly codes: readonly ActCode[]
}

/** Terms in digital language to begin from, in our words; the court's own words count. */
// Stalking Protection Act 2019, s.1(2): an order prohibits or requires what prevents acts associated with stalking
export const termTemplates: readonly TermTemplate[] = [
  {
    template: 'any-contact',
    kind: 'prohibition',
    words: 'Not to contact the protected person by any means, directly or through anybody else',
    codes: ['B_CONTACT'],
  },
  {
    template: 'any-account',
    kind: 'prohibition',
    words: 'Not to reach the protected person from any account, number or profile, whatever name it is in',
    codes: ['B_CONTACT', 'C_PUBLISH'],
  },
  {
    template: 'publish',
    kind: 'prohibition',
    words: 'Not to publish anything about the protected person, or as if from them, on any platform',
    codes: ['C_PUBLISH'],
  },
  {
    template: 'accounts-access',
    kind: 'prohibition',
    words: 'Not to sign in to, read or change any account, mailbox, calendar or cloud storage they use',
    codes: ['D_MONITOR', 'F_INTERFERE'],
  },
  {
    template: 'location',
    kind: 'prohibition',
    words: 'Not to see where they are, by shared location, a family group, a car’s app or otherwise',
    codes: ['A_FOLLOW', 'D_MONITOR', 'G_WATCH'],
  },
  {
    template: 'cameras',
    kind: 'prohibition',
    words: 'Not to view, keep or control any camera, doorbell or microphone at their home',
    codes: ['G_WATCH', 'D_MONITOR'],
  },
  {
    template: 'trackers',
    kind: 'prohibition',
    words: 'Not to place or have placed a tracker or any recording device on them or what they own',
    codes: ['A_FOLLOW', 'D_MONITOR', 'F_INTERFERE'],
  },
  {
    template: 'approach',
    kind: 'prohibition',
    words: 'Not to follow or approach them, or to be at the places named in the order',
    codes: ['A_FOLLOW', 'E_LOITER', 'G_WATCH'],
  },
  {
    template: 'hand-over-control',
    kind: 'requirement',
    words: 'To give up owner or administrator rights over their devices, accounts, car and home systems',
    codes: ['D_MONITOR', 'F_INTERFERE', 'G_WATCH'],
  },
  {
    template: 'devices-to-police',
    kind: 'requirement',
    words: 'To hand named devices to the police and give them access to named accounts',
    codes: ['X_OTHER'],
  },
]

/** Whether a term was in the order on a day. */
export function isTermInForce(term: Pick<Term, 'from' | 'until'>, day: CalendarDay): boolean {
  return (term.from === null || day >= term.from) && (term.until === null || day < term.until)
}
