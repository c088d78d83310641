// Written by `npm run schema` from the database that `database/` makes. Change it there.
import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'
import type {
  AbsenceId,
  AgencyId,
  AppointmentId,
  ArrivalId,
  BundleId,
  CaseId,
  ClearingId,
  ClinicId,
  ConsentId,
  DeviceCheckId,
  DiaryEntryId,
  ExceptionId,
  HoursId,
  IncidentId,
  ItemId,
  LinkRequestId,
  MessageId,
  OrderId,
  PersonId,
  PhraseAccessId,
  PhraseUseId,
  SessionId,
  SuspectId,
  TaskId,
} from '../foundation/ids.ts'

/** Written as text, read as whatever it holds. */
type Json = ColumnType<unknown, string, string>
type GeneratedJson = ColumnType<unknown, string | undefined, string>

/** A row as it is read. */
export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>

/** Every table of the database, with the columns a row has. */
export type Tables = {
  absence: {
    clinic_id: ClinicId
    person_id: PersonId
    absence_id: AbsenceId
    starts_at: Date
    ends_at: Date
    recorded_at: Date
    recorded_by: PersonId
    removed_at: Date | null
    removed_by: PersonId | null
  }
  access_map: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId
    change: string
    sealed: Buffer
  }
  act: {
    clinic_id: ClinicId
    act_id: GeneratedAlways<number>
    at: Date
    person_id: PersonId | null
    agency_id: AgencyId | null
    task: string | null
    verb: string
    case_id: CaseId | null
    part: string | null
    subject: string | null
    detail: GeneratedJson
    xid: Generated<string>
    sealed: Buffer | null
    is_copy: Generated<boolean>
    set_up_again_at: Date | null
    by_itself: GeneratedAlways<boolean>
  }
  agency: {
    clinic_id: ClinicId
    agency_id: AgencyId
    slug: string
    name: string
    kind: 'domestic-abuse-service' | 'cyber-helpline' | 'stalking-charity' | 'police' | 'other'
    is_lead: Generated<boolean>
  }
  agency_case: {
    clinic_id: ClinicId
    agency_id: AgencyId
    case_id: CaseId
    parts: readonly string[]
    in_force_from: Date
    in_force_until: Date | null
    state: string
    opened_at: Date
    urgency: string
    urgency_rank: GeneratedAlways<number | null>
    stalker_type: string
    review_on: string | null
  }
  appointment: {
    clinic_id: ClinicId
    case_id: CaseId
    appointment_id: AppointmentId
    sealed: Buffer
    notes: Buffer | null
  }
  appointment_seat: {
    clinic_id: ClinicId
    seat_of: string
    quarter: number
    sealed: Buffer | null
    bound: Buffer
  }
  arrival: {
    clinic_id: ClinicId
    case_id: CaseId
    arrival_id: ArrivalId
    item_id: ItemId
    arrived_at: Date
    received_by: PersonId | null
    form_token: string | null
    log_size: number
    sealed: Buffer
  }
  bar: {
    clinic_id: ClinicId
    case_id: CaseId
    person_id: PersonId
    reason: string
    made_at: Date
    made_by: PersonId | null
    lifted_at: Date | null
    lifted_by: PersonId | null
    lift_reason: string | null
    bar_id: Generated<string>
  }
  breach_decision: {
    clinic_id: ClinicId
    case_id: CaseId
    order_id: OrderId
    incident_id: IncidentId
    decision: number
    at: Date
    by_person: PersonId
    is_confirmed: boolean
    sealed: Buffer
  }
  bundle: {
    clinic_id: ClinicId
    case_id: CaseId
    bundle_id: BundleId
    purpose: string
    for_agency: AgencyId | null
    choices: GeneratedJson
    state: 'asked' | 'refused' | 'building' | 'ready' | 'failed'
    asked_by: PersonId
    asked_at: Date
    decided_by: PersonId | null
    decided_at: Date | null
    decision_note: Generated<string>
    form_token: string | null
    blob_id: string | null
    built_at: Date | null
    made: Buffer | null
    why_failed: Buffer | null
  }
  case_file: {
    clinic_id: ClinicId
    case_id: CaseId
    reference: string
    client_name: string
    stalker_type: string
    urgency: string
    state: Generated<'open' | 'closed'>
    opened_at: Date
    opened_by: PersonId
    zone: Generated<string>
    closed_at: Date | null
    closed_by: PersonId | null
    outcome: 'contact-stopped' | 'contact-less' | 'contact-same' | 'contact-more' | 'not-known' | null
  }
  case_glance: {
    clinic_id: ClinicId
    case_id: CaseId
    part: string
    revision: Generated<number>
    sealed: Buffer | null
  }
  case_phrase: {
    clinic_id: ClinicId
    case_id: CaseId
    handle: string
    kind: 'open' | 'duress'
    verifier: string
    made_at: Date
    made_by: PersonId
    ended_at: Date | null
  }
  channel_verdict: {
    clinic_id: ClinicId
    case_id: CaseId
    verdict_id: GeneratedAlways<number>
    channel_id: string
    verdict: 'observable' | 'not-observable' | 'unknown'
    from_map: boolean
    at: Date
    by_person: PersonId | null
    sealed: Buffer
    counts_until: Date | null
    by_rules: string | null
    carried_by: 'place' | 'device' | 'both' | null
  }
  client_session: {
    clinic_id: ClinicId
    token_hash: string
    case_id: CaseId
    kind: 'open' | 'duress'
    started_at: Date
    last_seen_at: Date
    expires_at: Date
  }
  client_word: {
    clinic_id: ClinicId
    case_id: CaseId
    word_id: GeneratedAlways<number>
    channel_id: string
    heard: 'face-to-face' | 'on-a-call' | 'through-somebody'
    at: Date
    by_person: PersonId
    counts_until: Date
    sealed: Buffer
    ended_at: Date | null
    ended_because: 'taken-back' | 'said-otherwise' | 'map-changed' | 'said-again' | null
  }
  clinic: {
    clinic_id: ClinicId
    slug: string
    name: string
    profile: Json
    key_id: string
    is_demo: Generated<boolean>
    opened_at: Date
  }
  companion: {
    clinic_id: ClinicId
    case_id: CaseId
    companion_id: CaseId
    made_at: Date
  }
  conduct_choice: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId
    sealed: Buffer
  }
  consent: {
    clinic_id: ClinicId
    case_id: CaseId
    consent_id: ConsentId
    agency_id: AgencyId
    parts: readonly string[]
    basis: 'consent' | 'lawful-exception'
    how: string
    reason: Generated<string>
    recorded_at: Date
    recorded_by: PersonId
    approved_by: PersonId | null
    in_force_from: Date
    in_force_until: Date | null
    withdrawn_at: Date | null
    withdrawn_by: PersonId | null
    words: Generated<string>
    words_edition: Generated<string>
  }
  contact_plan: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId | null
    sealed: Buffer
  }
  credential: {
    clinic_id: ClinicId
    person_id: PersonId
    password_hash: string | null
    code_secret: Buffer | null
    last_code_step: Generated<number>
    enrolled_at: Date | null
    second_kept: string | null
    second_made_at: Date | null
  }
  credential_change: {
    clinic_id: ClinicId
    change_id: GeneratedAlways<number>
    person_id: PersonId
    at: Date
    kind: 'joined' | 'set-up-again' | 'password' | 'code-app' | 'second-secret'
    asked_by: PersonId | null
    approved_by: PersonId | null
    witnessed_by: PersonId | null
    at_machine: Generated<boolean>
    waits_until: Date | null
    freed_by: PersonId | null
    freed_at: Date | null
    known_at: Date | null
  }
  custody_head: {
    clinic_id: ClinicId
    case_id: CaseId
    sealed: Generated<Buffer>
  }
  custody_line: {
    clinic_id: ClinicId
    case_id: CaseId
    sequence: number
    item_id: ItemId | null
    sealed: Buffer
  }
  derived_of_case: {
    clinic_id: ClinicId
    case_id: CaseId
    sealed: Buffer | null
  }
  derived_of_clinic: {
    clinic_id: ClinicId
    sealed: Buffer | null
  }
  device_check: {
    clinic_id: ClinicId
    case_id: CaseId
    check_id: DeviceCheckId
    revision: number
    thing_id: string
    at: Date
    by_person: PersonId
    change: string
    sealed: Buffer
    sealed_list: Buffer | null
  }
  diary_entry: {
    clinic_id: ClinicId
    case_id: CaseId
    entry_id: DiaryEntryId
    written_at: Date
    corrects: DiaryEntryId | null
    body: Buffer
  }
  exception_request: {
    clinic_id: ClinicId
    case_id: CaseId
    request_id: ExceptionId
    agency_id: AgencyId
    parts: readonly string[]
    legal_basis:
      | 'vital-interests'
      | 'safeguarding-child'
      | 'safeguarding-adult-at-risk'
      | 'crime-prevention'
      | 'public-task-request'
      | 'civil-emergency'
      | 'legal-obligation'
      | 'safeguarding-vulnerable-individual'
      | 'court-order'
    reason: string
    is_told: boolean
    not_told_because: string
    until_time: Date
    state: 'asked' | 'approved' | 'refused' | 'withdrawn'
    asked_by: PersonId
    asked_at: Date
    decided_by: PersonId | null
    decided_at: Date | null
    note: Generated<string>
    basis_answers: Generated<string>
  }
  file_key: {
    clinic_id: ClinicId
    case_id: CaseId
    wrapped: Buffer
    made_at: Date
  }
  follow_up: {
    clinic_id: ClinicId
    case_id: CaseId
    appointment_id: AppointmentId
    is_open: boolean
    sealed: Buffer
  }
  form_once: {
    clinic_id: ClinicId
    token: string
    at: Date
    answer: string
  }
  giveaway_search: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    at: Date
    searched_for: string
    sealed: Buffer
  }
  incident: {
    clinic_id: ClinicId
    case_id: CaseId
    incident_id: IncidentId
    number: number
    made_at: Date
    made_by: PersonId
    form_token: string | null
  }
  incident_record: {
    clinic_id: ClinicId
    case_id: CaseId
    incident_id: IncidentId
    revision: number
    item_id: ItemId
    ordinal: number
  }
  incident_revision: {
    clinic_id: ClinicId
    case_id: CaseId
    incident_id: IncidentId
    revision: number
    at: Date
    by_person: PersonId
    precision: string
    starts_at: Date | null
    ends_at: Date | null
    zone: string
    noticed_on: string | null
    what: Buffer
    her_words: Buffer
    changed: Buffer
    where_coarse: Buffer
    told_to: Buffer
    platform: Buffer
    codes: Generated<readonly string[]>
    origin: 'records' | 'told-by-client'
    reason: Buffer
    told_whom: Generated<'' | 'police' | 'authority' | 'other'>
    told_on: string | null
    told_reference: Generated<Buffer>
    shows: Generated<readonly string[]>
  }
  invitation: {
    clinic_id: ClinicId
    token_hash: string
    person_id: PersonId
    purpose: 'enrol' | 'demo-sign-in'
    made_at: Date
    expires_at: Date
    used_at: Date | null
    request_id: LinkRequestId | null
    code_kept: string | null
    witness_kept: string | null
    witnessed_by: PersonId | null
    witness_until: Date | null
    second_by: 'nothing-agreed-yet' | 'second-secret' | 'witness' | null
  }
  item: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    blob_id: string
    received_at: Date
    received_by: PersonId | null
    file_fingerprint: string
    reference_fingerprint: string
    sealed: Buffer
  }
  job_run: {
    clinic_id: ClinicId
    job_id: number
    job: string
    presence: number | null
    started_at: Generated<Date>
    deaths: Generated<number>
  }
  leak_log: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId
    change: string
    sealed: Buffer
  }
  link_request: {
    clinic_id: ClinicId
    request_id: LinkRequestId
    person_id: PersonId
    kind: 'new-person' | 'new-link' | 'return'
    name: string | null
    sign_in_name: string | null
    role: string | null
    agency_id: AgencyId | null
    state: 'asked' | 'approved' | 'refused' | 'withdrawn'
    asked_by: PersonId
    asked_at: Date
    decided_by: PersonId | null
    decided_at: Date | null
    reason: Generated<string>
    asked_because: Generated<string>
    code_kept: string | null
  }
  lock_out: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId
    change: string
    cards: Json
    sealed: Buffer
  }
  machine_notice: {
    clinic_id: ClinicId
    trouble: string
    since: Date
    told_at: Date
  }
  message: {
    clinic_id: ClinicId
    case_id: CaseId
    message_id: MessageId
    purpose: 'appointment-reminder'
    channel_id: string
    about: string
    asked_at: Date
    asked_by: PersonId
    state: 'waiting' | 'sending' | 'sent' | 'refused' | 'stopped' | 'failed' | 'not-known'
    because: string | null
    attempts: Generated<number>
    changed_at: Date
    about_sealed: Buffer
  }
  name_block: {
    clinic_id: ClinicId
    generation: string
    number: number
    body: Buffer
  }
  name_change: {
    clinic_id: ClinicId
    case_id: CaseId
    change_id: Generated<string>
    was_kept: boolean
  }
  name_root: {
    clinic_id: ClinicId
    sealed: Buffer
  }
  order_revision: {
    clinic_id: ClinicId
    case_id: CaseId
    order_id: OrderId
    revision: number
    at: Date
    by_person: PersonId
    change: string
    served_at: Date | null
    ends_on: string | null
    sealed: Buffer
  }
  origin_tally: {
    clinic_id: ClinicId
    digest: string
    ends_at: Date
    sealed: Buffer
  }
  person: {
    clinic_id: ClinicId
    person_id: PersonId
    agency_id: AgencyId
    role:
      | 'call-handler'
      | 'coordinator'
      | 'cyber-adviser'
      | 'stalking-advocate'
      | 'idva'
      | 'police-liaison'
      | 'manager'
      | 'administrator'
    name: string
    sign_in_name: string
    state: Generated<'invited' | 'active' | 'suspended'>
    joined_at: Date
  }
  phrase_access: {
    clinic_id: ClinicId
    case_id: CaseId
    access_id: PhraseAccessId
    at: Date
    by_person: PersonId
    sealed: Buffer
  }
  phrase_use: {
    clinic_id: ClinicId
    case_id: CaseId
    use_id: PhraseUseId
    kind: 'open' | 'duress'
    at: Date
    seen_at: Date | null
    seen_by: PersonId | null
    access_id: PhraseAccessId | null
    again_at: Date | null
    told:
      | 'sent'
      | 'trying'
      | 'held'
      | 'refused'
      | 'no-address'
      | 'no-mail-here'
      | 'words-give-away'
      | 'given-up'
      | null
    told_at: Date | null
    told_to: Generated<readonly string[]>
    noted_at: Date | null
    mailed_at: Date | null
  }
  pile_clearing: {
    clinic_id: ClinicId
    clearing_id: ClearingId
    at: Date
    by_person: PersonId
    reason: string
    forms: number
    undone_at: Date | null
    undone_by: PersonId | null
  }
  plan_revision: {
    clinic_id: ClinicId
    case_id: CaseId
    revision: number
    at: Date
    by_person: PersonId
    change: string
    state: 'open' | 'closed'
    next_review_on: string | null
    sealed: Buffer
  }
  public_form: {
    clinic_id: ClinicId
    case_id: CaseId
    at: Date
    source: string
    network: string
    set_aside: boolean
    danger: boolean
    clearing_id: ClearingId | null
  }
  reading: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    state: 'waiting' | 'reading' | 'asking' | 'done' | 'failed'
    failure: Generated<string>
    started_at: Date | null
    ended_at: Date | null
    sealed: Buffer
    asked: GeneratedJson
    asked_count: Generated<number>
    kept: Buffer | null
    progress: Buffer | null
  }
  record_block: {
    clinic_id: ClinicId
    case_id: CaseId
    generation: string
    number: number
    body: Buffer
  }
  record_root: {
    clinic_id: ClinicId
    case_id: CaseId
    sealed: Buffer
  }
  referral: {
    clinic_id: ClinicId
    case_id: CaseId
    reference: string
    form_token: string
    received_by: 'phone' | 'public-form'
    received_at: Date
    taken_by: PersonId | null
    referred_by: string
    state: 'waiting' | 'triaged' | 'opened' | 'not-ours' | 'set-aside' | 'cleared'
    client_name: string
    suspect_name: Generated<string>
    answers: Json
    decision: Json
    is_matched: Generated<boolean>
    urgency: Generated<'today' | 'two-days' | 'seven-days' | 'routine'>
    urgency_rank: GeneratedAlways<number>
  }
  safe_copy: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    attempt: number
    blob_id: string | null
    tried_at: Date
    sealed: Buffer
  }
  sealed_field: {
    clinic_id: ClinicId
    case_id: CaseId
    kind: string
    sealed: Buffer
    recorded_at: Date
    recorded_by: PersonId | null
  }
  service_check: {
    clinic_id: ClinicId
    check_id: string
    service: string
    entry: string
    checked_at: Date
    checked_by: PersonId
    method: 'telephone' | 'website' | 'told-by-them'
    finding: 'right' | 'wrong'
    note: string
  }
  session: {
    clinic_id: ClinicId
    token_hash: string
    person_id: PersonId
    started_at: Date
    last_seen_at: Date
    expires_at: Date
    session_id: Generated<SessionId>
    device: Generated<'phone' | 'tablet' | 'computer' | 'unknown'>
    network: Generated<string>
    proved_at: Date
  }
  suspect: {
    clinic_id: ClinicId
    case_id: CaseId
    suspect_id: SuspectId
    name: string
    relation: Generated<string>
    recorded_at: Date
    recorded_by: PersonId
  }
  task: {
    clinic_id: ClinicId
    task_id: TaskId
    case_id: CaseId
    kind: string
    because: string
    subject: string | null
    raised_at: Date
    raised_by: PersonId | null
    done_at: Date | null
    done_by: PersonId | null
    sealed: Buffer | null
  }
  transcript: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    revision: number
    at: Date
    by_person: PersonId | null
    sealed: Buffer
  }
  triage: {
    clinic_id: ClinicId
    case_id: CaseId
    triage_id: GeneratedAlways<number>
    at: Date
    by_person: PersonId
    stalker_type: 'stranger-online' | 'known-control' | 'both' | 'not-clear-yet'
    type_reasons: readonly string[]
    urgency: 'today' | 'two-days' | 'seven-days' | 'routine'
    urgency_reasons: readonly string[]
    conflicts: GeneratedJson
    note: Generated<string>
  }
  working_copy: {
    clinic_id: ClinicId
    case_id: CaseId
    item_id: ItemId
    blob_id: string
    made_at: Date
    sealed: Buffer
  }
  working_hours: {
    clinic_id: ClinicId
    person_id: PersonId
    hours_id: HoursId
    weekday: number
    starts_at: number
    ends_at: number
    valid_from: string
    valid_until: string | null
    recorded_at: Date
    recorded_by: PersonId
    removed_at: Date | null
    removed_by: PersonId | null
  }
  write_check: {
    clinic_id: ClinicId
    at: Date
    filler: Buffer
  }
  wrong_guess: {
    clinic_id: ClinicId
    guess_id: GeneratedAlways<number>
    subject: string
    at: Date
  }
}
