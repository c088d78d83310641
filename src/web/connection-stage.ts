/** Where a connection stands: what is waited for, and who waits. */
export type Stage =
  /** Nothing is asked; the other end may ask again. */
  | 'idle'
  /** The head of a request arrives. */
  | 'head'
  /** A body arrives. */
  | 'body'
  /** We are at work, or hold the sender back. */
  | 'ours'
  /** The other end reads our answer. */
  | 'answer'

export type ConnectionProgress = {
  readonly stage: Stage
  /** Since when it stands there, in milliseconds. */
  readonly since: number
  /** For how many milliseconds of that the other end was waited for. */
  readonly waited: number
  /** Bytes that moved in this stage. */
  readonly moved: number
}

/**
 * Which of many connections is closed to make room for one more: one that waits for nothing, else the slowest of those
 * that we wait for. A connection that we keep waiting ourselves is never closed, nor one that has just come: it may be
 * as quick as anybody. Null when there is none.
 */
export function findLeastUseful<Connection extends ConnectionProgress>(
  connections: Iterable<Connection>,
  youngest: number,
): Connection | null {
  let least: Connection | null = null
  for (const one of connections) {
    if (one.stage === 'ours' || (one.stage !== 'idle' && one.waited < youngest)) continue
    if (least === null || isLessUseful(one, least)) least = one
  }
  return least
}

function isLessUseful(one: ConnectionProgress, other: ConnectionProgress): boolean {
  if (one.stage === 'idle' || other.stage === 'idle')
    return one.stage !== other.stage ? one.stage === 'idle' : one.since < other.since
  const pace = ({ moved, waited }: ConnectionProgress): number => moved / Math.max(1, waited)
  return pace(one) < pace(other)
}
