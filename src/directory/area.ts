import type { Postcode } from './postcode.ts'
import type { Area } from './profile.ts'

/** What somebody answered to "Which council do you pay council tax to?": the code of a district, or one of these. */
export type CouncilAnswer =
  | { readonly kind: 'district'; readonly code: string }
  | { readonly kind: 'other' | 'unknown' }

/** Whether somebody lives in the clinic's area, and by what it was told. */
export type AreaAnswer =
  | { readonly where: 'inside' | 'outside'; readonly by: 'postcode' | 'outward-code' | 'council' }
  | {
      readonly where: 'unknown'
      /** Why it cannot be told yet, so that the right thing is asked next. */
      readonly because: 'nothing-given' | 'not-a-postcode' | 'on-the-border'
    }

/**
 * Decides whether an address is in the area of a profile. A full postcode that the profile lists decides; then the
 * outward code, unless it straddles the border; then the council they named. What cannot be told is unknown: it is
 * asked, never refused.
 */
export function decideArea(postcode: Postcode, council: CouncilAnswer, area: Area): AreaAnswer {
  if (postcode.kind === 'full') {
    if (area.postcodes.inside.includes(postcode.postcode)) return { where: 'inside', by: 'postcode' }
    if (area.postcodes.outside.includes(postcode.postcode)) return { where: 'outside', by: 'postcode' }
  }
  if (postcode.kind === 'full' || postcode.kind === 'outward') {
    if (area.outward.inside.includes(postcode.outward)) return { where: 'inside', by: 'outward-code' }
    if (!area.outward.straddling.includes(postcode.outward)) return { where: 'outside', by: 'outward-code' }
  }
  if (council.kind === 'district') {
    const isOurs = area.districts.some(district => district.code === council.code)
    return { where: isOurs ? 'inside' : 'outside', by: 'council' }
  }
  if (council.kind === 'other') return { where: 'outside', by: 'council' }
  if (postcode.kind === 'elsewhere') return { where: 'outside', by: 'postcode' }
  if (postcode.kind === 'none') return { where: 'unknown', because: 'nothing-given' }
  if (postcode.kind === 'unclear') return { where: 'unknown', because: 'not-a-postcode' }
  return { where: 'unknown', because: 'on-the-border' }
}
