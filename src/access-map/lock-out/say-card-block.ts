import { sayMoment } from '../../foundation/say-date.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { CardBlock } from './card-gate.ts'

/** What keeps a card from going ahead, as a sentence for the adviser with the client beside them. */
export function sayCardBlock(
  block: CardBlock,
  drawn: Pick<DrawnMap, 'evidenceWords'> & { readonly whole: DrawnMap['map'] },
  zone: string,
): string {
  if (block.because === 'no-hour') return 'The client has not chosen the hour from which this may be done.'
  if (block.because === 'before-hour')
    return `The client chose to wait until ${sayMoment(new Date(block.hour), zone)}.`
  if (block.because === 'before-clock')
    return `Not before ${sayMoment(new Date(block.from), zone)}: until then what it looks at works on, and counts as open.`
  const { nodes, steps } = drawn.whole
  const parts = block.about.map(id => nodes.find(node => node.id === id)?.label ?? id).join(', ')
  switch (block.because) {
    case 'comes-after':
      return `Something comes first: ${block.about.map(id => steps.find(step => step.id === id)?.label ?? id).join('; ')}.`
    case 'evidence-not-safe':
      return `Nobody has kept what it destroys: ${block.about.map(id => drawn.evidenceWords.get(id) ?? id).join('; ')}.`
    case 'client-lacks':
      return `The client does not have what it needs: ${parts}.`
    case 'suspect-would-see':
      return `The suspected person would see it being done: they reach ${parts}.`
    case 'burnt-at-once':
      return `The suspected person would have what it makes at once: ${parts}.`
    case 'opens-more':
      return `It would open more to the suspected person: ${parts}.`
    case 'client-would-lose':
      return `The client would lose what is theirs: ${parts}.`
  }
}
