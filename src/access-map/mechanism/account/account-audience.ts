import type { StepPart } from '../part.ts'
import { makeRule, makeStep, type PartsInHand } from '../write-parts.ts'
import type { AccountFacts } from './account-facts.ts'

/** Followers and friends are shown things without any password, under whatever name they follow. */
export function writeAudience(parts: PartsInHand, audience: NonNullable<AccountFacts['audience']>): void {
  parts.questions.push({
    kind: 'belief',
    id: 'follows',
    ask: 'May they be among its followers or friends, under any name, or know somebody who is?',
    hint: 'A new account after each block, a friend of a friend, somebody nobody has met.',
  })
  parts.nodes.push({ id: '{}.shown', kind: 'public', label: 'what {label} shows to followers' })
  parts.nodes.push({ id: '{}.follows', kind: 'membership', label: 'a place among the followers of {label}' })
  parts.holds.push({ who: 'suspect', node: '{}.follows', when: 'follows' })
  parts.rules.push({
    ...makeRule('{}.shown', ['{}.follows'], 'sees what followers are shown', 'suspect'),
    unless: ['see-followers:{}'],
  })
  parts.reveals.push({ from: '{}.shown', ...audience.followers })
  parts.evidence.push({
    id: '{}.followers',
    weight: 15,
    preservedBy: ['photograph-followers:{}'],
    words: 'The list of followers of {label}, with what their accounts show and the links to them',
  })
  const toFollowers: StepPart['tells'] = [
    { node: '{}.follows', says: 'Whoever is taken out sees that they no longer follow.' },
  ]
  parts.steps.push(
    makeStep({
      id: 'photograph-followers:{}',
      do: 'Keep the list of followers and friends of {label}: each account, its address, what it shows and since when',
      cost: [3, 0, 0, 0],
      tells: 'unchecked',
      needs: ['{}'],
      notices: 'Opening an account of theirs may be shown to them.',
      lost: 'Nothing.',
      ready: 'A second device to take the photographs with.',
      undo: 'Nothing to undo.',
    }),
    makeStep({
      id: 'prune-followers:{}',
      do: 'Make {label} private, and take out every follower and friend whom the client has not met and asked',
      cost: [4, 0, 2, 2],
      tells: toFollowers,
      needs: ['{}'],
      destroys: ['{}.followers'],
      notices: 'Whoever is taken out sees that it is closed to them.',
      lost: 'The list as it was, and followers who were harmless.',
      ready:
        'The list that was kept. Turn off being suggested to others, and being found by number or address.',
      undo: 'Let them in again when they ask.',
    }),
    makeStep({
      id: 'see-followers:{}',
      do: 'Go through the followers of {label} again after some days: look for accounts that came after the last block, and see what somebody who is no follower is shown',
      cost: [1, 0, 0, 0],
      tells: toFollowers,
      needs: ['{}'],
      after: ['prune-followers:{}'],
      requires: ['prune-followers:{}'],
      notices: 'Nothing new, unless another account is taken out.',
      lost: 'Nothing.',
      ready: 'The list that was kept, to compare with.',
      undo: 'Nothing to undo.',
    }),
  )
  if (!audience.anybody) return
  parts.questions.push({
    kind: 'belief',
    id: 'public',
    ask: 'Can anybody see it, without being a follower?',
  })
  parts.nodes.push({ id: '{}.open', kind: 'public', label: 'what {label} shows to anybody' })
  parts.rules.push({
    ...makeRule('{}.open', ['person:suspect'], 'looks at it as anybody can', 'suspect'),
    unless: ['see-followers:{}'],
    when: 'public',
  })
  parts.reveals.push({ from: '{}.open', ...audience.anybody })
}
