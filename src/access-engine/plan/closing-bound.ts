/** Groups of jobs, each with a weight that counts for as long as some job of the group is not done. */
export type ClosingProblem = {
  /** How long each job takes. */
  readonly times: readonly number[]
  readonly groups: readonly (readonly number[])[]
  readonly weights: readonly number[]
}

/** For each job the groups that hold it. */
export function groupsOfJobs({ times, groups }: ClosingProblem): readonly (readonly number[])[] {
  const holding: number[][] = times.map(() => [])
  for (const [group, jobs] of groups.entries()) for (const job of jobs) holding[job]?.push(group)
  return holding
}

/**
 * A number that no order of the jobs left can go below: the sum over time of the weights of the groups that are still open.
 * A group waits at least for its own jobs. Of two groups one is closed first, and the other waits for the jobs that
 * only the first has; a job that several groups share is counted once, in parts, so that no third group counts it again.
 */
export function makeClosingBound(problem: ClosingProblem) {
  const { times, groups, weights } = problem
  const count = groups.length
  const holding = groupsOfJobs(problem)
  const own = new Float64Array(count)
  const parts = new Float64Array(count)
  const common = new Float64Array(count * count)
  return (isDone: Uint8Array, isOpen: (group: number) => boolean): number => {
    own.fill(0)
    parts.fill(0)
    common.fill(0)
    for (const [job, all] of holding.entries()) {
      if (isDone[job] === 1) continue
      const open = all.filter(isOpen)
      const time = times[job] as number
      const part = time / open.length
      for (const one of open) {
        own[one] = (own[one] as number) + time
        parts[one] = (parts[one] as number) + part
        for (const other of open) common[one * count + other] = (common[one * count + other] as number) + part
      }
    }
    let bound = 0
    for (let one = 0; one < count; one += 1) {
      if (!isOpen(one)) continue
      const weight = weights[one] as number
      bound += weight * (own[one] as number)
      for (let other = one + 1; other < count; other += 1) {
        if (!isOpen(other)) continue
        const shared = common[one * count + other] as number
        const first = (weights[other] as number) * ((parts[one] as number) - shared)
        const second = weight * ((parts[other] as number) - shared)
        bound += Math.max(0, Math.min(first, second))
      }
    }
    // Rounded up, because every order comes to a whole number; a little below it may be a rounding error.
    return Math.ceil(bound - 1e-6 * Math.max(1, bound * 1e-6))
  }
}
