/** The parts of a case that a role may cover and a consent may open, in the order a person meets them. */
export const caseParts = [
  'overview',
  'referral',
  'contact',
  'triage',
  'consent',
  'appointment',
  'map',
  'evidence',
  'chronology',
  'diary',
  'plan',
  'order',
  'bundle',
  'trail',
] as const

export type CasePart = (typeof caseParts)[number]

/** Looking, or changing. Changing a part includes looking at it. */
export type CaseMode = 'read' | 'write'
