import { makeRule, type PartsInHand } from '../write-parts.ts'

/**
 * What arrives on a device may be in the account that is open on it: a backup has the texts, and another device that is signed in
 * shows them. Whether that is turned on was not asked, so it counts as possible until the account is shut to everybody else.
 */
export function writeCopies(parts: PartsInHand): void {
  parts.rules.push({
    ...makeRule('{other}.content', ['{}.content'], 'may read in it what arrives on {other}', 'suspect'),
    each: 'devices',
    onlyNamed: true,
    unless: ['close-on:{}.{other}'],
    atMost: 'possible',
  })
}
