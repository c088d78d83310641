import { makeRule, type PartsInHand } from '../write-parts.ts'

/**
 * A device linked from the client's own. A minute with the client's device open is enough, and the link goes on without it: so it
 * counts as possible for anyone who could open the device, whatever becomes of that device later, until it is unlinked. While they
 * can still open the device, unlinking is in vain.
 *
 * @param unlinked the steps that end every link
 */
export function writeLinks(parts: PartsInHand, unlinked: readonly string[]): void {
  // A link is kept once it is made, as a secret is.
  parts.nodes.push(
    { id: '{}.link', kind: 'secret', label: 'a device linked to {label} from the client’s own' },
    { id: '{}.new-link', kind: 'secret', label: 'a device linked to {label} once more' },
  )
  parts.rules.push(
    {
      ...makeRule('{}.link', ['{other}'], 'may have linked a device while they had {other} open', 'suspect'),
      each: 'devices',
      atMost: 'possible',
    },
    {
      ...makeRule('{}', ['{}.link'], 'has it on a device that was linked', 'suspect'),
      unless: unlinked,
    },
    {
      ...makeRule('{}.new-link', ['{other}'], 'may link a device once more on {other}', 'suspect'),
      each: 'devices',
      if: ['sign-out-others:{}'],
      unless: ['close-on:{}.{other}'],
      onlyNamed: true,
      atMost: 'possible',
    },
    makeRule('{}', ['{}.new-link'], 'has it on a device that was linked once more', 'suspect'),
  )
}
