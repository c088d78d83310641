import type { ClinicId } from '../foundation/ids.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { ClinicKey } from './keys.ts'
import type { Log } from './log.ts'

/** What an operation works with. Made once at the start (app/build-clinic) and handed down; nothing here is global. */
export type Clinic = {
  readonly clinicId: ClinicId
  readonly database: Database
  readonly key: ClinicKey
  readonly clock: Clock
  readonly log: Log
  /** Where blobs lie; only the evidence room opens it. */
  readonly blobFolder: string
  /** Where work in progress may be spooled, sealed or not kept. */
  readonly spoolFolder: string
  readonly isDemo: boolean
}
