import { openTurns } from '../../platform/shared-turns.ts'

// Fewer than the smallest pool has connections: while tries at one name are counted one by one, those that wait each hold one.
const turns = openTurns('count-a-try', { most: 4, mostInLane: 40, mostLanes: 500 })

/**
 * Counts a stranger's try to sign in, few at a time and the lanes one after the other, so that a flood at one name
 * leaves the connections to the database to everybody else (S13). Throws TooBusy where too many wait.
 */
export function countInTurn<Answer>(lane: string, count: () => Promise<Answer>): Promise<Answer> {
  return turns.run(lane, count)
}
