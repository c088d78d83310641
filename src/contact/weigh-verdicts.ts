import type { ChannelVerdict } from './safe-channel.ts'

const strictness: Readonly<Record<ChannelVerdict['verdict'], number>> = {
  observable: 2,
  unknown: 1,
  'not-observable': 0,
}

/**
 * Rule S1: of what people last said of a channel and what the access map last said of it, the stricter counts, and of two
 * that agree the newer. So nobody talks the map out of "observable", and the map does not outvote somebody who knows
 * better: the one who erred has to say otherwise. Null where nothing was said.
 *
 * @param verdicts the newest word of each of the two
 */
export function weighVerdicts<Verdict extends ChannelVerdict>(verdicts: readonly Verdict[]): Verdict | null {
  const [strictest] = [...verdicts].sort(
    (a, b) => strictness[b.verdict] - strictness[a.verdict] || b.at.getTime() - a.at.getTime(),
  )
  return strictest ?? null
}
