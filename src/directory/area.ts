import type { Postcode } from './postcode.ts'
import type { Area } from './profile.ts'

/** What somebody answered to "Which council do you pay council tax to?": the code of a district, or one of these. */
export type CouncilAnswer =
  | { readonly kind: 'district'; readonly code: string }
  | { readonly kind: 'other' | 'unknown' }

/** Why it is not known yet where somebody lives, so that the right thing is asked next. */
export const areaDoubts = [
  'nothing-given',
  'not-a-postcode',
  'on-the-border',
  'near-the-border',
  'postcode-outside-council-inside',
  'postcode-inside-council-outside',
] as const
export type AreaDoubt = (typeof areaDoubts)[number]

/** Whether somebody lives in the clinic's area, and by what that is known. */
export type AreaAnswer =
  | { readonly where: 'inside' | 'outside'; readonly by: 'postcode' | 'outward-code' | 'council' }
  | { readonly where: 'unknown'; readonly because: AreaDoubt }

/**
 * Decides whether an address is in the area of a profile, from the postcode and from the council they named. Where the
 * two do not fit together it is asked: postcodes cross borders, lists have gaps, and people mistype. It is asked too
 * where a postcode cannot be read, or is beside the listed ones and in no list of the profile. What is unknown is
 * asked, never refused.
 */
export function decideArea(postcode: Postcode, council: CouncilAnswer, area: Area): AreaAnswer {
  const byPostcode = readPostcode(postcode, area)
  const named = readCouncil(council, area)
  if (byPostcode.where === 'outside' && named === 'inside')
    return { where: 'unknown', because: 'postcode-outside-council-inside' }
  if (byPostcode.where === 'inside' && named === 'outside')
    return { where: 'unknown', because: 'postcode-inside-council-outside' }
  if (byPostcode.where !== 'unknown') return byPostcode
  if (named === 'inside') return { where: 'inside', by: 'council' }
  if (named === 'outside' && byPostcode.because !== 'not-a-postcode')
    return { where: 'outside', by: 'council' }
  return byPostcode
}

/** What the postcode alone says. */
function readPostcode(postcode: Postcode, area: Area): AreaAnswer {
  if (postcode.kind === 'none') return { where: 'unknown', because: 'nothing-given' }
  if (postcode.kind === 'unclear') return { where: 'unknown', because: 'not-a-postcode' }
  if (postcode.kind === 'elsewhere') return { where: 'outside', by: 'postcode' }
  if (postcode.kind === 'full') {
    if (area.postcodes.inside.includes(postcode.postcode)) return { where: 'inside', by: 'postcode' }
    if (area.postcodes.outside.includes(postcode.postcode)) return { where: 'outside', by: 'postcode' }
  }
  const { inside, outside, straddling } = area.outward
  if (inside.includes(postcode.outward)) return { where: 'inside', by: 'outward-code' }
  if (straddling.includes(postcode.outward)) return { where: 'unknown', because: 'on-the-border' }
  if (outside.includes(postcode.outward)) return { where: 'outside', by: 'outward-code' }
  // A list of codes may have a gap, and a gap is never a refusal: what begins like a listed code lies near them.
  const isNear = [...inside, ...straddling].some(code => lettersOf(code) === lettersOf(postcode.outward))
  return isNear ? { where: 'unknown', because: 'near-the-border' } : { where: 'outside', by: 'outward-code' }
}

function readCouncil(council: CouncilAnswer, area: Area): 'inside' | 'outside' | 'unknown' {
  if (council.kind === 'unknown') return 'unknown'
  const isOurs =
    council.kind === 'district' && area.districts.some(district => district.code === council.code)
  return isOurs ? 'inside' : 'outside'
}

const lettersOf = (outward: string): string => outward.replace(/\d.*$/, '')

/** What to ask next about where somebody lives, for the person asking. */
export function sayAreaDoubt(because: AreaDoubt): string {
  switch (because) {
    case 'nothing-given':
      return 'Neither a postcode nor a council was given.'
    case 'not-a-postcode':
      return 'The postcode could not be read: it may be mistyped.'
    case 'on-the-border':
      return 'The postcode lies on the border of the area: the council tells.'
    case 'near-the-border':
      return 'The postcode is near the area and in none of our lists: the council tells.'
    case 'postcode-outside-council-inside':
      return 'The postcode says outside our area and the council says inside. Ask for both again: a council tax bill tells.'
    case 'postcode-inside-council-outside':
      return 'The postcode says inside our area and the council says outside. Ask for both again: a council tax bill tells.'
  }
}
