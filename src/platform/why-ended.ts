/** Why a process ended before its work: `time` and `given-up` are our doing, `stopping` is the end of the program. */
export type WhyEnded = 'time' | 'memory' | 'ended' | 'given-up' | 'stopping'

/** Why a calculation has no result: too long, too much memory, too many at once, or nobody waits for it any more. */
export type NoResult = 'time' | 'memory' | 'busy' | 'given-up' | 'ended'
