import type { Calculation } from '../platform/calculation.ts'

/** Everything that is worked out in a process of its own while somebody waits for it. */
export const calculations: readonly Calculation<never, unknown>[] = []
