/**
 * Waits until all of this work has come to an end, and answers with what came of it; where some of it failed it throws the
 * first failure. Unlike `Promise.all` it leaves nothing running: work in a transaction must not go on after its end.
 */
export async function settleAll<Found extends readonly unknown[]>(
  work: {
    readonly [Index in keyof Found]: Promise<Found[Index]>
  },
): Promise<Found> {
  await Promise.allSettled(work)
  return (await Promise.all(work)) as unknown as Found
}
