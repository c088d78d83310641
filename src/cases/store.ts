import { type Selectable, sql } from 'kysely'
import { type CasePart, caseParts } from '../foundation/case-part.ts'
import type { AgencyId, CaseId, ClinicId, ConsentId, PersonId, SuspectId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { openedAtEntry } from '../platform/once-in-visit.ts'
import type { Row } from '../platform/schema.ts'
import type { Consent, ConsentTerm } from './consent.ts'
import type { CaseLine, FiledTriage, NewReferral } from './filed.ts'
import type { Urgency } from './red-flags.ts'
import {
  type KeptAnswers,
  type KeptDecision,
  keptAnswersSchema,
  keptDecisionSchema,
  type Referral,
  type ReferralState,
  type Relation,
  type SealedFieldKind,
} from './referral.ts'
import { open, seal, sealAnswers, sealAnyName, sealConflicts, sealDecision } from './sealed-front-store.ts'
import type { CasesTables, ConsentRow, ReferralRow } from './tables.ts'

const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<CasesTables>()
const actingPerson = ({ actor }: Transaction): PersonId | null =>
  actor.kind === 'person' ? actor.personId : null

function readReferralRow(transaction: Transaction, row: ReferralRow): Referral {
  const answers = keptAnswersSchema.parse(row.answers)
  const decision = keptDecisionSchema.parse(row.decision)
  const opened = (field: string, kept: string) => open(transaction, row.case_id, field, kept)
  return {
    caseId: row.case_id,
    reference: row.reference,
    receivedBy: row.received_by,
    receivedAt: row.received_at,
    takenBy: row.taken_by,
    state: row.state,
    isMatched: row.is_matched,
    clientName: opened('client-name', row.client_name),
    suspectName: opened('suspect-name', row.suspect_name),
    answers: {
      ...answers,
      words: opened('words', answers.words),
      howHeard: opened('how-heard', answers.howHeard),
      agreedWords: opened('agreed-words', answers.agreedWords),
    },
    decision: { ...decision, note: opened('decision-note', decision.note) },
  }
}

/** Adds a referral. It is not read back: a public form may leave one and may not read any. */
export async function addReferral(transaction: Transaction, referral: NewReferral): Promise<void> {
  const { caseId, clientName, suspectName } = referral
  const name = referral.state === 'not-ours' ? seal : sealAnyName
  await sql`insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, taken_by,
      referred_by, state, is_matched, urgency, client_name, suspect_name, answers, decision)
    values (${clinicOf(transaction)}, ${referral.caseId}, ${referral.reference}, ${referral.formToken}, ${referral.receivedBy},
      ${transaction.now}, ${actingPerson(transaction)}, ${referral.answers.filledBy}, ${referral.state},
      ${referral.isMatched}, ${referral.urgency}, ${name(transaction, caseId, 'client-name', clientName)},
      ${name(transaction, caseId, 'suspect-name', suspectName)},
      ${sealAnswers(transaction, caseId, referral.answers)}::jsonb,
      ${sealDecision(transaction, caseId, referral.decision)}::jsonb)`.execute(tablesOf(transaction))
}

export async function loadReferral(transaction: Transaction, caseId: CaseId): Promise<Referral | null> {
  const row = await tablesOf(transaction)
    .selectFrom('referral')
    .selectAll()
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .executeTakeFirst()
  return row ? readReferralRow(transaction, row) : null
}

/** The relation that was given with a referral; null when none was, or none that this version knows. */
export async function loadRelationOf(transaction: Transaction, caseId: CaseId): Promise<Relation | null> {
  const row = await tablesOf(transaction)
    .selectFrom('referral')
    .select('answers')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .executeTakeFirst()
  const kept = keptAnswersSchema.pick({ relation: true }).safeParse(row?.answers)
  return kept.success ? kept.data.relation : null
}

/** Changes a referral's state; with `cleared`, its names go too. */
export async function changeReferral(
  transaction: Transaction,
  caseId: CaseId,
  change: {
    readonly state: ReferralState
    readonly answers?: KeptAnswers
    readonly decision?: KeptDecision
    readonly urgency?: Urgency
    readonly cleared?: boolean
  },
): Promise<void> {
  const cleared = change.cleared ? { client_name: '', suspect_name: '', urgency: 'routine' as const } : {}
  await tablesOf(transaction)
    .updateTable('referral')
    .set({
      state: change.state,
      ...(change.urgency ? { urgency: change.urgency } : {}),
      ...(change.answers ? { answers: sealAnswers(transaction, caseId, change.answers) } : {}),
      ...(change.decision ? { decision: sealDecision(transaction, caseId, change.decision) } : {}),
      ...cleared,
    })
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .execute()
}

export async function addFileKey(transaction: Transaction, caseId: CaseId, wrapped: Buffer): Promise<void> {
  await sql`insert into unwatched.file_key (clinic_id, case_id, wrapped, made_at)
    values (${clinicOf(transaction)}, ${caseId}, ${wrapped}, ${transaction.now})`.execute(
    tablesOf(transaction),
  )
}

export async function loadFileKey(transaction: Transaction, caseId: CaseId): Promise<Buffer | null> {
  const known = openedAtEntry(transaction, caseId)
  if (known) return known.wrappedKey
  const row = await tablesOf(transaction)
    .selectFrom('file_key')
    .select('wrapped')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .executeTakeFirst()
  return row?.wrapped ?? null
}

export async function addSealedField(
  transaction: Transaction,
  caseId: CaseId,
  kind: SealedFieldKind,
  sealed: Buffer,
): Promise<void> {
  await sql`insert into unwatched.sealed_field (clinic_id, case_id, kind, sealed, recorded_at, recorded_by)
    values (${clinicOf(transaction)}, ${caseId}, ${kind}, ${sealed}, ${transaction.now},
      ${actingPerson(transaction)})`.execute(tablesOf(transaction))
}

/** Which sealed fields a file has; not what is in them. */
export async function loadSealedFieldKinds(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly SealedFieldKind[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('sealed_field')
    .select('kind')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .execute()
  return rows.map(row => row.kind)
}

export async function loadSealedField(
  transaction: Transaction,
  caseId: CaseId,
  kind: SealedFieldKind,
): Promise<Buffer | null> {
  const row = await tablesOf(transaction)
    .selectFrom('sealed_field')
    .select('sealed')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row?.sealed ?? null
}

export async function clearSealedFields(transaction: Transaction, caseId: CaseId): Promise<void> {
  await tablesOf(transaction)
    .deleteFrom('sealed_field')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .execute()
}

export async function addTriage(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  triage: FiledTriage,
): Promise<void> {
  await sql`insert into unwatched.triage (clinic_id, case_id, at, by_person, stalker_type, type_reasons, urgency,
                                          urgency_reasons, conflicts, note)
    values (${clinicOf(transaction)}, ${caseId}, ${transaction.now}, ${by}, ${triage.type}, ${[...triage.typeReasons]},
            ${triage.urgency}, ${[...triage.urgencyReasons]}, ${sealConflicts(transaction, caseId, triage.conflicts)}::jsonb,
            ${seal(transaction, caseId, 'triage-note', triage.note)})`.execute(tablesOf(transaction))
}

/** The newest triage of a file. */
export async function loadTriage(
  transaction: Transaction,
  caseId: CaseId,
): Promise<Omit<FiledTriage, 'conflicts'> | null> {
  const row = await tablesOf(transaction)
    .selectFrom('triage')
    .selectAll()
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .orderBy('triage_id', 'desc')
    .executeTakeFirst()
  return row ? readTriageRow(transaction, caseId, row) : null
}

export type TriageRow = Pick<
  Row<'triage'>,
  'stalker_type' | 'type_reasons' | 'urgency' | 'urgency_reasons' | 'note'
>

/** What was settled in triage, with its note opened. */
export function readTriageRow(
  transaction: Transaction,
  caseId: CaseId,
  row: TriageRow,
): Omit<FiledTriage, 'conflicts'> {
  const { stalker_type: type, type_reasons: typeReasons, urgency, urgency_reasons: urgencyReasons } = row
  const note = open(transaction, caseId, 'triage-note', row.note)
  return { type, typeReasons, urgency, urgencyReasons, note }
}

export async function addCaseFile(
  transaction: Transaction,
  by: PersonId,
  line: Omit<CaseLine, 'openedAt' | 'state'> & { readonly zone: string },
): Promise<void> {
  await sql`insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency,
      opened_at, opened_by, zone)
    values (${clinicOf(transaction)}, ${line.caseId}, ${line.reference},
      ${sealAnyName(transaction, line.caseId, 'client-name', line.clientName)}, ${line.type},
      ${line.urgency}, ${transaction.now}, ${by}, ${line.zone})`.execute(tablesOf(transaction))
}

/** A case as its first page names it, by its id or its reference; null when the person acting may not see it. */
export async function loadCaseLine(
  transaction: Transaction,
  of: { readonly caseId: CaseId } | { readonly reference: string },
): Promise<CaseLine | null> {
  const known = 'caseId' in of ? openedAtEntry(transaction, of.caseId)?.file : null
  if (known) return lineOf(transaction, known as CaseRow)
  const which = 'caseId' in of ? { case_id: of.caseId } : { reference: of.reference }
  const row = await tablesOf(transaction)
    .selectFrom('case_file')
    .selectAll()
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), ...which }))
    .executeTakeFirst()
  return row ? lineOf(transaction, row) : null
}

type CaseRow = Selectable<CasesTables['case_file']>

const lineOf = (transaction: Transaction, row: CaseRow): CaseLine => ({
  caseId: row.case_id,
  reference: row.reference,
  clientName: open(transaction, row.case_id, 'client-name', row.client_name),
  type: row.stalker_type,
  urgency: row.urgency,
  state: row.state,
  openedAt: row.opened_at,
})

export async function addSuspect(
  transaction: Transaction,
  by: PersonId,
  suspect: {
    readonly caseId: CaseId
    readonly suspectId: SuspectId
    readonly name: string
    readonly relation: string
  },
): Promise<void> {
  await sql`insert into unwatched.suspect (clinic_id, case_id, suspect_id, name, relation, recorded_at,
      recorded_by)
    values (${clinicOf(transaction)}, ${suspect.caseId}, ${suspect.suspectId},
      ${seal(transaction, suspect.caseId, 'suspect-name', suspect.name)}, ${suspect.relation}, ${transaction.now}, ${by})`.execute(
    tablesOf(transaction),
  )
}

/** Adds a consent; false when the agency has one that is not withdrawn. When two are added at once, exactly one is. */
export async function addConsent(
  transaction: Transaction,
  caseId: CaseId,
  consent: Omit<Consent, 'withdrawnAt'> & { readonly approvedBy?: PersonId },
): Promise<boolean> {
  // What was approved goes in as it lies in the request: the database holds the two equal, sealed as they are.
  const reason =
    consent.basis === 'lawful-exception'
      ? sql`(select q.reason from unwatched.exception_request q where q.clinic_id = ${clinicOf(transaction)}
               and q.case_id = ${caseId} and q.request_id = ${consent.consentId})`
      : sql`${seal(transaction, caseId, 'sharing-reason', consent.reason)}::text`
  const done =
    await sql`insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how,
      reason, recorded_at, recorded_by, approved_by, in_force_from, in_force_until, words, words_edition)
    values (${clinicOf(transaction)}, ${caseId}, ${consent.consentId}, ${consent.agencyId}, ${[...consent.parts]},
      ${consent.basis}, ${consent.how}, ${reason}, ${consent.recordedAt}, ${consent.recordedBy},
      ${consent.approvedBy ?? null}, ${consent.inForceFrom}, ${consent.inForceUntil},
      ${seal(transaction, caseId, 'consent-words', consent.words)}, ${consent.wordsEdition})
    on conflict do nothing`.execute(tablesOf(transaction))
  return (done.numAffectedRows ?? 0n) > 0n
}

/** Every consent of a case, the newest first, whatever became of it. */
export async function loadConsents(transaction: Transaction, caseId: CaseId): Promise<readonly Consent[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('consent')
    .selectAll()
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .orderBy('recorded_at', 'desc')
    .execute()
  return rows.map(row => ({
    consentId: row.consent_id,
    agencyId: row.agency_id,
    parts: caseParts.filter((part: CasePart) => row.parts.includes(part)),
    basis: row.basis,
    how: row.how,
    reason: open(transaction, caseId, 'sharing-reason', row.reason),
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    inForceFrom: row.in_force_from,
    inForceUntil: row.in_force_until,
    withdrawnAt: row.withdrawn_at,
    words: open(transaction, caseId, 'consent-words', row.words),
    wordsEdition: row.words_edition,
  }))
}

/** The agencies of the clinic, the lead first, each with the terms of its consents to a case that is open for them. */
export async function loadConsentTerms(
  transaction: Transaction,
  caseId: CaseId,
): Promise<
  readonly { readonly agencyId: AgencyId; readonly name: string; readonly terms: readonly ConsentTerm[] }[]
> {
  type TermRow = Pick<ConsentRow, 'in_force_from' | 'in_force_until' | 'withdrawn_at'>
  const found = await sql<{ agency_id: AgencyId; name: string } & (TermRow | { in_force_from: null })>`
    select g.agency_id, g.name, c.in_force_from, c.in_force_until, c.withdrawn_at from unwatched.agency g
    left join unwatched.consent c on c.clinic_id = g.clinic_id and c.agency_id = g.agency_id and c.case_id = ${caseId}
    where g.clinic_id = ${clinicOf(transaction)} order by g.is_lead desc, g.name, g.agency_id`.execute(
    tablesOf(transaction),
  )
  const agencies = new Map<AgencyId, { agencyId: AgencyId; name: string; terms: ConsentTerm[] }>()
  for (const row of found.rows) {
    const agency = agencies.get(row.agency_id) ?? { agencyId: row.agency_id, name: row.name, terms: [] }
    agencies.set(row.agency_id, agency)
    if (row.in_force_from === null) continue
    const { in_force_from: inForceFrom, in_force_until: inForceUntil, withdrawn_at: withdrawnAt } = row
    agency.terms.push({ inForceFrom, inForceUntil, withdrawnAt })
  }
  return [...agencies.values()]
}

/** Ends a consent at an instant; `by` is nobody when it had run out by itself. False when it had ended before. */
export async function endConsent(
  transaction: Transaction,
  caseId: CaseId,
  consentId: ConsentId,
  at: Date,
  by: PersonId | null,
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('consent')
    .set({ withdrawn_at: at, withdrawn_by: by })
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId, consent_id: consentId }))
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
