import type { IncidentId, PersonId } from '../foundation/ids.ts'
import type { ActCode } from './act-codes.ts'
import type { RecordRef } from './record.ts'
import type { Sign } from './signs.ts'
import type { Telling } from './telling.ts'

/** When it happened, and how surely that is known. Moments are instants; the zone is beside them. */
export type When =
  | { readonly precision: 'exact'; readonly startsAt: Date }
  | { readonly precision: 'about'; readonly startsAt: Date }
  | { readonly precision: 'between'; readonly startsAt: Date; readonly endsAt: Date }
  | { readonly precision: 'unknown' }

export type Precision = When['precision']

/** What was told about an incident: one revision's worth. */
export type IncidentAccount = {
  readonly when: When
  readonly zone: string
  /** The day it was noticed ("2026-03-02"), when that is another one. */
  readonly noticedOn: string | null
  readonly what: string
  readonly clientWords: string
  readonly changed: string
  /** Coarse only: never an address (S6). */
  readonly whereCoarse: string
  readonly toldTo: string
  /** Who was told, when and under which reference; left out where nothing but the words above is recorded. */
  readonly telling?: Telling | null
  /** What it shows beside the acts; left out where nobody was asked. */
  readonly shows?: readonly Sign[]
  readonly platform: string
  readonly codes: readonly ActCode[]
  readonly records: readonly RecordRef[]
}

export type IncidentRevision = IncidentAccount & {
  readonly revision: number
  readonly at: Date
  readonly byPerson: PersonId
  readonly byName: string
  readonly reason: string
}

/** One thing that happened, as it is told now. Its number in the case never changes. */
export type Incident = {
  readonly incidentId: IncidentId
  readonly number: number
  readonly newest: IncidentRevision
}

/** What of an incident lies in the open: its number, when it was, when it was told so, and the acts it is coded with. */
export type IncidentInShort = Pick<Incident, 'incidentId' | 'number'> & {
  readonly newest: Pick<IncidentRevision, 'when' | 'at' | 'codes'>
}

/** Where it came from: records in the evidence, or only what the client told. */
export function originOf(account: Pick<IncidentAccount, 'records'>): 'records' | 'told-by-client' {
  return account.records.length > 0 ? 'records' : 'told-by-client'
}
