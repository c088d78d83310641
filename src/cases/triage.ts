import type { YesNoUnknown } from './eligibility.ts'
import { type RedFlag, type Urgency, urgencies, urgencyOfFlags } from './red-flags.ts'

/** A working assumption that may change, never a label. */
export const stalkerTypes = ['stranger-online', 'known-control', 'both', 'not-clear-yet'] as const
export type StalkerType = (typeof stalkerTypes)[number]

const reasons = {
  'had-hands-on-devices': {
    says: 'Has or had hands on their phone, computer or car',
    points: 'known-control',
  },
  'knows-passwords': { says: 'Knows or guesses passwords and answers', points: 'known-control' },
  'shared-accounts': { says: 'Shared or family accounts, plans or calendars', points: 'known-control' },
  'set-up-the-home': {
    says: 'Set up the home: router, cameras, speakers, doorbell',
    points: 'known-control',
  },
  'knows-private-things': { says: 'Knows what only a device or account could tell', points: 'known-control' },
  'lived-together': { says: 'Partner or former partner, or lived together', points: 'known-control' },
  'not-met': { says: 'Not known to them, or known only from the internet', points: 'stranger-online' },
  'new-accounts': { says: 'New accounts after each block', points: 'stranger-online' },
  'many-platforms': { says: 'Contact over many platforms', points: 'stranger-online' },
  'false-profiles': { says: 'False profiles, or writes to others in their name', points: 'stranger-online' },
  'published-details': { says: 'Published their address or other details', points: 'stranger-online' },
  gifts: { says: 'Gifts, orders or visits from somebody they did not invite', points: 'stranger-online' },
} as const satisfies Readonly<
  Record<string, { readonly says: string; readonly points: 'known-control' | 'stranger-online' }>
>

export type TypeReason = keyof typeof reasons
const isReason = (text: string): text is TypeReason => Object.hasOwn(reasons, text)
export const typeReasons: readonly TypeReason[] = Object.keys(reasons).filter(isReason)

/** The reason as it is shown on screen. */
export function sayTypeReason(reason: TypeReason): string {
  return reasons[reason].says
}

/** The type as it is shown on screen. */
export function sayStalkerType(type: StalkerType): string {
  switch (type) {
    case 'stranger-online':
      return 'Stranger online'
    case 'known-control':
      return 'Known person with control'
    case 'both':
      return 'Both'
    case 'not-clear-yet':
      return 'Not clear yet'
  }
}

/**
 * Whether the reasons ticked support the type chosen: each type needs a reason that points to it, "both" one of each,
 * "not clear yet" none. Returns what is missing, or null.
 */
export function findMissingReason(
  type: StalkerType,
  ticked: readonly TypeReason[],
): 'known-control' | 'stranger-online' | 'one-of-each' | null {
  const points = new Set(ticked.map(reason => reasons[reason].points))
  switch (type) {
    case 'known-control':
    case 'stranger-online':
      return points.has(type) ? null : type
    case 'both':
      return points.size === 2 ? null : 'one-of-each'
    case 'not-clear-yet':
      return null
  }
}

export type UrgencyDecision = {
  readonly urgency: Urgency
  /** What the flags alone ask for. */
  readonly fromFlags: Urgency
  readonly reasons: readonly (RedFlag | 'danger-now' | 'judgement')[]
}

/**
 * Decides how soon a person must act: the soonest of what the red flags ask for and what the coordinator judges.
 * Judgement may raise and never lower; no number decides.
 */
export function decideUrgency(
  flags: readonly RedFlag[],
  dangerNow: YesNoUnknown,
  judgement: Urgency,
): UrgencyDecision {
  const fromFlags = dangerNow === 'yes' ? 'today' : urgencyOfFlags(flags)
  const isRaised = urgencies.indexOf(judgement) < urgencies.indexOf(fromFlags)
  return {
    urgency: isRaised ? judgement : fromFlags,
    fromFlags,
    reasons: [
      ...(dangerNow === 'yes' ? (['danger-now'] as const) : []),
      ...flags,
      ...(isRaised ? (['judgement'] as const) : []),
    ],
  }
}
