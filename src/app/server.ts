import { sweepBlobs } from '../evidence/operations/sweep-blobs.ts'
import type { Apart } from '../platform/apart.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Config } from '../platform/config.ts'
import { startJobs } from '../platform/jobs.ts'
import { jobs } from './jobs.ts'
import { type Door, type DoorOptions, openDoor } from './open-door.ts'
import { watchMachine } from './watch-machine.ts'

export type Serving = {
  /** With a slash at the end. */
  readonly address: string
  readonly stop: () => Promise<void>
}

/** Serves every page of the clinic and works through its queue, until stopped; at a door that is there already, if any. */
export async function startServing(
  clinic: Clinic,
  config: Pick<Config, 'host' | 'port' | 'behindTls' | 'trustProxy'>,
  options: DoorOptions & {
    readonly withJobs?: boolean
    readonly door?: Door | null
    /** Where heavy work is done; without it, in this process. */
    readonly apart?: Apart
  } = {},
): Promise<Serving> {
  const { apart } = options
  const door = options.door ?? (await openDoor(clinic, config, options))
  await door.open(apart ? { ...clinic, calculateApart: apart.calculate } : clinic)
  // What a crash left half written in the blob folder is of no use to anybody.
  if (options.withJobs !== false) await sweepBlobs(clinic)
  const queue = options.withJobs === false ? null : await startJobs(clinic, jobs, apart ? { apart } : {})
  const watch = options.withJobs === false ? null : watchMachine(clinic)
  return {
    address: door.address,
    stop: async () => {
      watch?.stop()
      await door.close()
      await queue?.stop()
      await apart?.stop()
    },
  }
}
