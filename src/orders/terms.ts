import type { ActCode } from '../chronology/act-codes.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { TermId } from '../foundation/ids.ts'

/** One thing that an order forbids or requires. */
export type Term = {
  readonly termId: TermId
  readonly kind: 'prohibition' | 'requirement'
  readonly words: string
  /** The acts that may breach it. If none is named, any act may. */
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

/**
 * Terms to begin from, in our words. The court's own words count. Those about family, phones, vehicles, relationships
 * and officers are of kinds that Kent Police has obtained; the rest are of kinds that the CPS lists.
 */
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
    template: 'family',
    kind: 'prohibition',
    words: 'Not to contact the protected person’s family, friends or colleagues about them, by any means',
    codes: ['B_CONTACT'],
  },
  {
    template: 'mention',
    kind: 'prohibition',
    words:
      'Not to mention the protected person or their family online, by name or so that others know who is meant',
    codes: ['C_PUBLISH'],
  },
  {
    template: 'surveillance',
    kind: 'prohibition',
    words: 'Not to carry out any form of surveillance of the protected person, or have anybody else do it',
    codes: ['A_FOLLOW', 'D_MONITOR', 'E_LOITER', 'G_WATCH'],
  },
  {
    template: 'images',
    kind: 'prohibition',
    words: 'Not to make recordings or images of the protected person',
    codes: ['G_WATCH', 'C_PUBLISH'],
  },
  {
    template: 'court-applications',
    kind: 'prohibition',
    words: 'Not to make applications to a court about the protected person that only harass, without leave',
    codes: ['X_OTHER'],
  },
  {
    template: 'one-phone',
    kind: 'prohibition',
    words: 'Not to have more than one mobile phone',
    codes: ['X_OTHER', 'B_CONTACT'],
  },
  {
    template: 'browsing-history',
    kind: 'prohibition',
    words:
      'Not to use a device that reaches the internet unless it keeps its history and shows it to the police',
    codes: ['X_OTHER', 'D_MONITOR'],
  },
  {
    template: 'no-obstruction',
    kind: 'prohibition',
    words: 'Not to obstruct officers who look into later allegations',
    codes: ['X_OTHER'],
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
  {
    template: 'register-devices',
    kind: 'requirement',
    words: 'To register their vehicles, phones and numbers with the police, and each change of them',
    codes: ['X_OTHER'],
  },
  {
    template: 'access-codes',
    kind: 'requirement',
    words: 'To give the police access to their accounts and devices, with the codes, when asked',
    codes: ['X_OTHER'],
  },
  {
    template: 'declare-relationships',
    kind: 'requirement',
    words: 'To tell the police of a new relationship',
    codes: ['X_OTHER'],
  },
  {
    template: 'programme',
    kind: 'requirement',
    words: 'To take part in a programme about stalking, as directed',
    codes: ['X_OTHER'],
  },
  {
    template: 'health',
    kind: 'requirement',
    words: 'To be assessed for mental health, or for drugs or alcohol, as directed',
    codes: ['X_OTHER'],
  },
  {
    template: 'sign-on',
    kind: 'requirement',
    words: 'To sign on at a police station, on the days set',
    codes: ['X_OTHER'],
  },
]

/** What terms must avoid as far as possible. It is asked for beside them. */
// Stalking Protection Act 2019, s.2 and s.5(4): religious beliefs, and the times of work and education
export const limitsHint =
  'As far as can be, a term must not clash with their religious beliefs, or with the times they work or are in education. Write down what is known of these, and of children and contact orders'
