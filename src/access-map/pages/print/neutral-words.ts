import type { Belief } from '../../../access-engine/reach/map.ts'
import { sayRecorded } from '../../../foundation/of-another-version.ts'
import type { InfoKind } from '../../mechanism/info-kind.ts'
import { closed } from '../../picture/fold-picture.ts'
import type { Picture } from '../../picture/picture-of-reach.ts'

/** What is reached, in words that say nothing of why somebody drew it (S2). */
const names = {
  'info-location': 'Places',
  'info-messages': 'Messages',
  'info-calls': 'Calls',
  'info-plans': 'Plans and appointments',
  'info-pictures': 'Pictures',
  'info-sound': 'Sound',
  'info-video': 'Video',
  'info-contacts': 'Contacts',
  'info-money': 'Money and purchases',
  'info-browsing': 'Web pages',
  'info-home': 'The home',
  'info-control': 'Settings',
  'info-codes': 'Codes',
} as const satisfies Readonly<Record<`info-${InfoKind}`, string>>

/** How sure it is, in such words. */
export const neutralBeliefs: Readonly<Record<Belief, string>> = {
  known: 'sure',
  suspected: 'likely',
  possible: 'not known',
}

/** The picture as it may lie on a table: it names nobody’s suspicion. What the client calls things stays as it is. */
export function speakNeutrally(picture: Picture): Picture {
  return {
    ...picture,
    nodes: picture.nodes.map(node => ({
      ...node,
      label:
        node.role === 'suspect'
          ? 'Others'
          : node.role === 'info'
            ? sayRecorded(names, node.id, 'Something else')
            : node.id === closed
              ? `${node.folded.length} not shared`
              : node.label,
    })),
  }
}
