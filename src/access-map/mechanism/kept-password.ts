import type { StepPart } from './part.ts'
import { makeStep } from './write-parts.ts'

/** Where the password of an account, or of a log-in to a thing, may be kept. */
export const placesForPasswords = [
  'password-manager',
  'apple-account',
  'google-account',
  'microsoft-account',
  'samsung-account',
  'cloud-storage',
  'mailbox',
  'messaging',
  'notebook',
  'phone',
  'tablet',
  'computer',
  'child-device',
] as const

/** A new password is kept elsewhere than the old one, where somebody else reads.
 *
 * @param changed the step that makes it
 */
export function makeKeepingApart(needs: readonly string[], changed: readonly string[]): StepPart {
  return makeStep({
    id: 'keep-apart:{}',
    do: 'Keep the new password of {label} where nobody else reads: not where the old one is kept',
    cost: [1, 0, 1, 0],
    tells: [],
    needs,
    requires: changed,
    notices: 'Nothing: the old place is left as it is.',
    lost: 'Nothing.',
    ready: 'A place of the client’s own. Turn off “save password” before typing it.',
    undo: 'Save it where it was before.',
  })
}
