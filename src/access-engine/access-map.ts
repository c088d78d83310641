import type { Finding } from './format/finding-log.ts'
import { startHighs } from './plan/highs-solver.ts'
import {
  type LockOutPlan,
  type OrderAnswer,
  type PlanOptions,
  planLockOut,
  planLockOutInOrder,
} from './plan/lock-out-plan.ts'
import type { AccessMap, Belief } from './reach/map.ts'
import { findReach, type Reached, type ReachOptions } from './reach/reach.ts'
import { readMap } from './reach/read-map.ts'
import { type ChannelReach, judgeChannels } from './reach/safe-channels.ts'

export type OpenAccessMap =
  | { readonly ok: false; readonly findings: readonly Finding[] }
  | {
      readonly ok: true
      readonly map: AccessMap
      /** What the file leaves out and the answers depend on, in sentences: as what it was counted. */
      readonly unsaid: readonly string[]
      readonly reach: (level?: Belief, options?: ReachOptions) => readonly Reached[]
      readonly plan: (options?: PlanOptions) => Promise<LockOutPlan>
      readonly order: (options?: PlanOptions) => Promise<OrderAnswer>
      readonly channels: (options?: ReachOptions) => readonly ChannelReach[]
      /** Stops the solver's thread. Call it when no more plans are wanted. */
      readonly end: () => Promise<void>
    }

/**
 * An access map from its JSON text, for use without the clinic: `import { openAccessMap } from
 * 'unwatched/access-map'`. For a file that cannot be used, the answer lists everything that is wrong with it. The
 * parts can be imported too, as `unwatched/access-map/leak-finder` and so on.
 */
export function openAccessMap(text: string): OpenAccessMap {
  const read = readMap(text)
  if (!read.ok) return read
  const { map, unsaid } = read
  const solver = startHighs()
  return {
    ok: true,
    map,
    unsaid,
    reach: (level = 'possible', options = {}) => findReach(map, level, options),
    plan: options => planLockOut(map, solver, options),
    order: options => planLockOutInOrder(map, solver, options),
    channels: options => judgeChannels(map, options),
    end: solver.end,
  }
}
