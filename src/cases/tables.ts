import type { AgencyId, CaseId, ConsentId, ExceptionId, PersonId, SuspectId } from '../foundation/ids.ts'
import type { ClosingOutcome } from './closing.ts'
import type { ExceptionState } from './exception.ts'
import type { KeptBasis } from './legal-basis.ts'
import type { Urgency } from './red-flags.ts'
import type { ReferralState, SealedFieldKind } from './referral.ts'
import type { StalkerType } from './triage.ts'

export type ReferralRow = {
  clinic_id: string
  case_id: CaseId
  reference: string
  form_token: string
  door: 'phone' | 'public-form'
  received_at: Date
  taken_by: PersonId | null
  referred_by: string
  state: ReferralState
  client_name: string
  suspect_name: string
  is_matched: boolean
  answers: unknown
  decision: unknown
}

export type ConsentRow = {
  clinic_id: string
  case_id: CaseId
  consent_id: ConsentId
  agency_id: AgencyId
  parts: readonly string[]
  basis: 'consent' | 'lawful-exception'
  how: string
  reason: string
  recorded_at: Date
  recorded_by: PersonId
  in_force_from: Date
  in_force_until: Date | null
  withdrawn_at: Date | null
  withdrawn_by: PersonId | null
  words: string
  words_edition: string
}

export type ExceptionRow = {
  clinic_id: string
  case_id: CaseId
  request_id: ExceptionId
  agency_id: AgencyId
  parts: readonly string[]
  legal_basis: KeptBasis
  grounds: string
  reason: string
  is_told: boolean
  not_told_because: string
  until_time: Date
  state: ExceptionState
  asked_by: PersonId
  asked_at: Date
  decided_by: PersonId | null
  decided_at: Date | null
  note: string
}

/** The tables of this room, as the store sees them. */
export type CasesTables = {
  referral: ReferralRow
  file_key: { clinic_id: string; case_id: CaseId; wrapped: Buffer; made_at: Date }
  jewel: {
    clinic_id: string
    case_id: CaseId
    kind: SealedFieldKind
    sealed: Buffer
    recorded_at: Date
    recorded_by: PersonId | null
  }
  triage: {
    clinic_id: string
    case_id: CaseId
    triage_id: number
    at: Date
    by_person: PersonId
    stalker_type: StalkerType
    type_reasons: readonly string[]
    urgency: Urgency
    urgency_reasons: readonly string[]
    conflicts: unknown
    note: string
  }
  case_file: {
    clinic_id: string
    case_id: CaseId
    reference: string
    client_name: string
    stalker_type: StalkerType
    urgency: Urgency
    state: 'open' | 'closed'
    opened_at: Date
    opened_by: PersonId
    zone: string
    closed_at: Date | null
    closed_by: PersonId | null
    outcome: ClosingOutcome | null
  }
  consent: ConsentRow
  bar: {
    clinic_id: string
    case_id: CaseId
    bar_id: string
    person_id: PersonId
    reason: string
    made_at: Date
    made_by: PersonId | null
    lifted_at: Date | null
    lifted_by: PersonId | null
    lift_reason: string | null
  }
  suspect: {
    clinic_id: string
    case_id: CaseId
    suspect_id: SuspectId
    name: string
    relation: string
    recorded_at: Date
    recorded_by: PersonId
  }
  person: { clinic_id: string; person_id: PersonId; name: string }
}
