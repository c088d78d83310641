import { FairTurns } from '../fair-turns.ts'

// Fewer than a pool has connections: while tries at one name are counted one by one, those that wait each hold one.
const turns = new FairTurns({ most: 4, mostInLane: 40, mostLanes: 500 })

/**
 * Counts a stranger's try to sign in, few at a time and the lanes one after the other, so that a flood at one name
 * leaves the connections to the database to everybody else (S13). Throws TooBusy where too many wait.
 */
export function countInTurn<Answer>(lane: string, count: () => Promise<Answer>): Promise<Answer> {
  return turns.run(lane, count)
}
