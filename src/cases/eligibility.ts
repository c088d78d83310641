import { type AreaAnswer, type CouncilAnswer, decideArea } from '../directory/area.ts'
import { parsePostcode } from '../directory/postcode.ts'
import type { Area, Need } from '../directory/profile.ts'

export type YesNoUnknown = 'yes' | 'no' | 'unknown'

/** Whether somebody is, or may be, stalked by way of devices, accounts or the internet; or what it is instead. */
export type CyberstalkedAnswer = 'yes' | 'maybe' | 'fraud' | 'other' | 'unknown'

export type EligibilityAnswers = {
  readonly adult: YesNoUnknown
  /** As typed. */
  readonly postcode: string
  readonly council: CouncilAnswer
  readonly cyberstalked: CyberstalkedAnswer
  readonly dangerNow: YesNoUnknown
}

export type Unknown = 'adult' | 'area' | 'cyberstalked'
export type NotOursReason = 'under-age' | 'other-area' | 'not-cyberstalking'

export type Eligibility = {
  readonly area: AreaAnswer
  /** Emergency words come first, whatever the outcome; they never stop a referral. */
  readonly emergencyFirst: boolean
} & (
  | { readonly outcome: 'ours' }
  | { readonly outcome: 'ask'; readonly ask: readonly Unknown[] }
  | {
      readonly outcome: 'not-ours'
      readonly because: readonly NotOursReason[]
      readonly needs: readonly Need[]
    }
)

/**
 * Decides whether a referral is this clinic's: an adult, in its area, who is or may be cyberstalked. All reasons
 * against are given together, with where to go instead. What is not known yet is asked and never refused.
 */
export function decideEligibility(
  answers: EligibilityAnswers,
  profile: { readonly area: Area },
): Eligibility {
  const area = decideArea(parsePostcode(answers.postcode), answers.council, profile.area)
  const common = { area, emergencyFirst: answers.dangerNow === 'yes' }
  const because: NotOursReason[] = []
  const needs: Need[] = answers.dangerNow === 'yes' ? ['danger-now'] : []
  if (answers.adult === 'no') {
    because.push('under-age')
    needs.push('under-age')
  }
  if (area.where === 'outside') {
    because.push('other-area')
    needs.push('other-area')
  }
  if (answers.cyberstalked === 'fraud' || answers.cyberstalked === 'other') {
    because.push('not-cyberstalking')
    if (answers.cyberstalked === 'fraud') needs.push('fraud')
    else needs.push('crime', 'distress')
  }
  if (because.length > 0) return { ...common, outcome: 'not-ours', because, needs }
  const ask: Unknown[] = []
  if (answers.adult === 'unknown') ask.push('adult')
  if (area.where === 'unknown') ask.push('area')
  if (answers.cyberstalked === 'unknown') ask.push('cyberstalked')
  return ask.length > 0 ? { ...common, outcome: 'ask', ask } : { ...common, outcome: 'ours' }
}
