import type { agencyKinds } from '../directory/profile.ts'
import { type CasePart, caseParts } from '../foundation/case-part.ts'

const worksOnCases: readonly CasePart[] = [
  'overview',
  'referral',
  'contact',
  'consent',
  'appointment',
  'map',
  'evidence',
  'chronology',
  'diary',
  'plan',
  'order',
  'bundle',
]

/**
 * The parts of a case that an agency of this kind usually needs: said beside each line, and ticked for nobody. The lead
 * agency holds the file, so it usually needs every part.
 */
export function findUsualParts(agency: {
  readonly kind: (typeof agencyKinds)[number]
  readonly isLead: boolean
}): readonly CasePart[] {
  if (agency.isLead) return caseParts
  switch (agency.kind) {
    case 'domestic-abuse-service':
    case 'cyber-helpline':
    case 'stalking-charity':
      return worksOnCases
    case 'police':
      return ['overview', 'chronology', 'order', 'bundle']
    case 'other':
      return ['overview']
  }
}

/** The part as it is shown on screen. */
export function sayUsualPart(part: CasePart): string {
  switch (part) {
    case 'overview':
      return 'Overview'
    case 'referral':
      return 'First account'
    case 'contact':
      return 'Ways to reach them'
    case 'triage':
      return 'Type and urgency'
    case 'consent':
      return 'Consents'
    case 'appointment':
      return 'Appointments'
    case 'map':
      return 'Access map'
    case 'evidence':
      return 'Evidence'
    case 'chronology':
      return 'Chronology'
    case 'diary':
      return 'Their diary'
    case 'plan':
      return 'Safety plan'
    case 'order':
      return 'Orders'
    case 'bundle':
      return 'Bundles'
    case 'trail':
      return 'Who looked'
  }
}
