import type { Profile } from '../../../../directory/profile.ts'
import { type Reachability, reaches } from '../../../referral.ts'

/** A letter for each, so that an address says nothing (S2). */
const letters: Readonly<Record<Reachability, string>> = {
  'safe-way': 'a',
  'no-safe-way': 'b',
  'not-wanted': 'c',
  'not-said': 'd',
}

export function reachLetter(reach: Reachability): string {
  return letters[reach]
}

/** Reads the letter back; null for anything else. */
export function readReach(letter: string): Reachability | null {
  return reaches.find(each => letters[each] === letter) ?? null
}

/** Whether we will be able to reach the person who sent it, said plainly, and what to do where we will not. */
export function sayReach(reach: Reachability | null, profile: Profile): readonly string[] {
  const { phone } = profile.public
  const instead = phone
    ? `To go on, call us on ${phone.number} (${phone.hours}) and say the reference.`
    : 'To go on, send the form again when you have a way that is safe, or ask somebody you trust to send it for you.'
  switch (reach) {
    case 'safe-way':
      return [
        'We will try to reach you, only in the ways that you said are safe, and at the times you gave.',
        'If you hear nothing, it may be because a way stopped being safe to use. Then get in touch with us again.',
      ]
    case 'no-safe-way':
      return ['We will not be able to reach you: no way is known that you said is safe.', instead]
    case 'not-wanted':
      return ['You asked us not to contact you, so we will not.', instead]
    case 'not-said':
      return ['You did not say that we may contact you, so we will not.', instead]
    case null:
      return [
        'We contact you only if you said that we may, and only in a way that you said is safe. If you gave none, we cannot reach you.',
        instead,
      ]
  }
}
