import type { ActCheck } from '../../../identity/check-act.ts'
import type { Thing } from '../../inventory/inventory.ts'

/** What follows when a thing is taken off the map: which channels go through it, and what depends on it. */
export function takingOff(path: string, thing: Thing): ActCheck {
  const { channels } = thing
  return {
    title: `Take ${thing.label} off the map?`,
    follows: [
      'Do it only when the client no longer has it and nobody else does who could look through it. A lost, lent or stolen thing stays on the map.',
      'The map is calculated without it at once: what the suspected person reached through it counts as out of reach, in the picture, the lock-out plan and the leak finder.',
      channels.length === 0
        ? 'No way to reach the client is said to go through it.'
        : `${channels.length === 1 ? 'A way to reach the client goes' : `${channels.length} ways to reach the client go`} through it (${channels.map(each => `way ${each.slice(1)}`).join(', ')}). What the map says of ${channels.length === 1 ? 'it' : 'them'} is calculated again, and without this thing it may no longer be known. Unknown is silence.`,
      'What was said about it, and every check of it, stays in the history.',
    ],
    undo: 'Put it back on the map on its page, with everything that was said about it.',
    action: `${path}/things/${thing.thingId}/gone`,
    fields: { gone: 'yes' },
    button: 'Take it off the map',
    back: { href: `${path}/things/${thing.thingId}`, text: `Back to ${thing.label}` },
  }
}

/** What follows when a thing comes back. */
export function puttingBack(path: string, thing: Thing): ActCheck {
  return {
    title: `Put ${thing.label} back on the map?`,
    follows: [
      'It counts again at once, with what was said about it. Answers nobody went through for a long time count as not known.',
      'What the map says of ways to reach the client is calculated again.',
    ],
    undo: 'Take it off again.',
    action: `${path}/things/${thing.thingId}/gone`,
    fields: { gone: 'no' },
    button: 'Put it back',
    isGiving: true,
    back: { href: `${path}/things/${thing.thingId}`, text: `Back to ${thing.label}` },
  }
}
