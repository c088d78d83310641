/** More answer nobody sooner: what the database does is done elsewhere, and one address gets its share in each. */
export const mostProcesses = 16

/** What one process that answers pages may come to hold, in bytes; half as much again is left to everything else. */
const eachHolds = 512 * 1024 * 1024
const share = 1 / 3

/**
 * In how many processes pages are answered where nobody says: as many as there are cores but one, which is left to the
 * database, the queue and what hands connections on; eight at most, and no more than a third of the memory holds.
 *
 * @param memory in bytes, of the machine or of what it may use of it
 */
export function decideProcesses({
  cores,
  memory,
}: {
  readonly cores: number
  readonly memory: number
}): number {
  return Math.max(1, Math.min(cores - 1, mostProcesses / 2, Math.floor((memory * share) / eachHolds)))
}

/** Connections to the database in all that pages are answered with, in however many processes. */
const connectionsInAll = 48

/** How many the program itself has beside them, which answers no page then; its queue has ten more. */
export const ownConnections = 8

/** How many connections to the database each of so many processes may have: never fewer than tries are counted at once. */
export function shareConnections(processes: number): number {
  return processes === 1 ? 20 : Math.max(5, Math.floor(connectionsInAll / processes))
}
