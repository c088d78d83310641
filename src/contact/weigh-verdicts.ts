import type { Decision } from '../foundation/decision.ts'
import { type ChannelVerdict, isTooOld } from './safe-channel.ts'

/** A verdict, and whether people said it or the access map. */
export type SaidVerdict = ChannelVerdict & { readonly fromMap: boolean }

const strictness: Readonly<Record<ChannelVerdict['verdict'], number>> = {
  observable: 2,
  unknown: 1,
  'not-observable': 0,
}

/**
 * Rule S1: of what people last said of a channel and what the access map last said of it, the stricter counts, and of two
 * that agree the newer. So nobody talks the map out of "observable", and the map does not outvote somebody who knows
 * better: the one who erred has to say otherwise. Where what the map rests on has grown too old, the map knows nothing,
 * and that counts as its word. Null where nothing was said.
 *
 * @param said the newest word of each of the two
 */
export function weighVerdicts<Said extends SaidVerdict>(said: readonly Said[], moment: number): Said | null {
  const asOfNow = said.map(each =>
    each.fromMap && each.verdict === 'not-observable' && isTooOld(each, moment)
      ? { ...each, verdict: 'unknown' as const }
      : each,
  )
  const [strictest] = asOfNow.sort(
    (a, b) => strictness[b.verdict] - strictness[a.verdict] || b.at.getTime() - a.at.getTime(),
  )
  return strictest ?? null
}

/**
 * Rule S1: whether somebody may say this of a channel. Where the access map says that it can be observed, no person says
 * that it cannot: whoever knows better changes the map, with a reason, and the map is reckoned again.
 *
 * @param said the newest word of each of the two, before this one
 */
export function decideMark(
  said: readonly SaidVerdict[],
  mark: { readonly verdict: ChannelVerdict['verdict']; readonly fromMap: boolean },
): Decision<object, 'the-map-says-observable'> {
  const byMap = said.find(each => each.fromMap)
  return !mark.fromMap && mark.verdict === 'not-observable' && byMap?.verdict === 'observable'
    ? { allowed: false, because: 'the-map-says-observable' }
    : { allowed: true }
}
