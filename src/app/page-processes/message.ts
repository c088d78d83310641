import type { ClinicId } from '../../foundation/ids.ts'
import type { Config } from '../../platform/config.ts'
import type { TurnLimits } from '../../platform/fair-turns.ts'
import type { packClinicKey } from '../../platform/keys.ts'
import type { RequestFacts } from '../../web/server.ts'

/** What a process needs to answer the pages of a clinic. */
export type OpenedClinic = {
  readonly clinicId: ClinicId
  readonly isDemo: boolean
  readonly programUrl: string
  readonly databaseFolder: string | null
  readonly neutralExit: string
}

/** What a process cannot do alone, since the program does only so much of it at a time or knows it as a whole. */
export type ProcessQuestion =
  /** Answered when the turn begins; the turn is over with `end`. */
  | { readonly for: 'turn'; readonly queue: string; readonly limits: TurnLimits; readonly lane: string }
  | {
      readonly for: 'calculation'
      readonly name: string
      readonly input: unknown
      readonly limit: number
    }
  /** Whether anything can be saved now. */
  | { readonly for: 'write-check' }

/** From the program to a process that answers pages. */
export type FromProgram =
  | {
      readonly is: 'begin'
      readonly config: Config
      readonly key: ReturnType<typeof packClinicKey>
      /** Which of how many it is, from 1. */
      readonly number: number
      readonly processes: number
      readonly tellsRequests: boolean
    }
  | { readonly is: 'open'; readonly clinic: OpenedClinic }
  | { readonly is: 'answer'; readonly number: number; readonly result: unknown }
  | { readonly is: 'refusal'; readonly number: number; readonly code: string }
  | { readonly is: 'memory' }
  | { readonly is: 'stop' }

/** From a process that answers pages to the program. */
export type FromProcess =
  /** It hears from here on: what was sent before is lost. */
  | { readonly is: 'ready' }
  | { readonly is: 'listening'; readonly address: string }
  /** It cannot listen: for a person to mend. */
  | { readonly is: 'refused'; readonly code: string; readonly message: string }
  | { readonly is: 'opened' }
  | { readonly is: 'ask'; readonly number: number; readonly question: ProcessQuestion }
  /** The turn is over, or nobody waits for the answer any more. */
  | { readonly is: 'end'; readonly number: number }
  | { readonly is: 'seen'; readonly facts: RequestFacts }
  /** The database found no room for something just now. */
  | { readonly is: 'full' }
  | { readonly is: 'memory'; readonly bytes: number }
