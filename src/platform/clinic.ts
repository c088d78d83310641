import type { ClinicId } from '../foundation/ids.ts'
import type { CalculateApart } from './calculation.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { ClinicKey } from './keys.ts'
import type { Log } from './log.ts'
import type { MailSettings } from './smtp-settings.ts'

/** How the pages of the clinic are reached, as the operator set it. */
export type Site = {
  /** A proxy in front speaks TLS: cookies become Secure and carry the __Host- prefix. */
  readonly behindTls: boolean
  /** The program listens on this machine alone. */
  readonly onLoopback: boolean
  /** The neutral page where somebody who leaves at once goes on to. */
  readonly leaveTo: string
}

/** Where things lie on this machine, and who is written to when it needs somebody. */
export type Machine = {
  readonly dataFolder: string
  /** Null when the database lies elsewhere, or nobody can tell. */
  readonly databaseFolder: string | null
  readonly operatorAddress: string | null
}

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
  /** Where an operator puts files that tell of apps made for watching; null where none is named. */
  readonly indicatorFolder: string | null
  readonly isDemo: boolean
  /** Where mail goes out; null where the operator set nothing. Only the contact room opens it. */
  readonly mail: MailSettings | null
  readonly site: Site
  /** The name of the rules by which it is calculated who reaches what: another as soon as one of them is. */
  readonly mapRules?: () => Promise<string>
  /** Does a calculation in a process of its own; without it, it is done in this one. */
  readonly calculateApart?: CalculateApart
  /** How many records may be kept of what is brought, where that is not what is usual. */
  readonly mostRecords?: MostRecords
  /** What is known of the machine, for those who look after it; none where nothing is. */
  readonly machine?: Machine
}

/** Bounds that an operator set on what is made of files: records kept from one file, in one case, and in the clinic. */
export type MostRecords = { readonly [Bound in 'file' | 'case' | 'clinic']?: number }
