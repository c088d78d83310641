/** How long one person waited, in whole days; null while there was no appointment yet. */
export type Wait = { readonly referredAt: Date; readonly firstAt: Date | null }

/** The days from a referral to a first appointment that took place, for everybody who had one, the shortest first. */
export function findWaitsInDays(waits: readonly Wait[]): readonly number[] {
  return waits
    .flatMap(({ referredAt, firstAt }) =>
      firstAt === null ? [] : [Math.floor((firstAt.getTime() - referredAt.getTime()) / 86_400_000)],
    )
    .sort((a, b) => a - b)
}
