import { sweepBlobs } from '../evidence/operations/sweep-blobs.ts'
import type { Apart } from '../platform/apart.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Config } from '../platform/config.ts'
import { startJobs } from '../platform/jobs.ts'
import { jobs } from './jobs.ts'
import { openStandbyServer, type StandbyOptions, type StandbyServer } from './standby-server.ts'
import { watchMachine } from './watch-machine.ts'

export type Serving = {
  /** With a slash at the end. */
  readonly address: string
  readonly stop: () => Promise<void>
}

/** Serves every page of the clinic and works through its queue, until stopped; behind a standby server that listens already, if any. */
export async function startServing(
  clinic: Clinic,
  config: Pick<Config, 'host' | 'port' | 'behindTls' | 'trustProxy'>,
  options: StandbyOptions & {
    readonly withJobs?: boolean
    readonly standby?: StandbyServer | null
    /** Where heavy work is done; without it, in this process. */
    readonly apart?: Apart
  } = {},
): Promise<Serving> {
  const { apart } = options
  const standby = options.standby ?? (await openStandbyServer(clinic, config, options))
  await standby.open(apart ? { ...clinic, calculateApart: apart.calculate } : clinic)
  // What a crash left half written in the blob folder is of no use to anybody.
  if (options.withJobs !== false) await sweepBlobs(clinic)
  const queue = options.withJobs === false ? null : await startJobs(clinic, jobs, apart ? { apart } : {})
  const watch = options.withJobs === false ? null : watchMachine(clinic)
  return {
    address: standby.address,
    stop: async () => {
      watch?.stop()
      await standby.close()
      await queue?.stop()
      await apart?.stop()
    },
  }
}
