import { type RawBuilder, sql } from 'kysely'
import { type CaseMode, type CasePart, caseParts } from '../foundation/case-part.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { AgencyId, CaseId, ClinicId, PersonId, SessionId } from '../foundation/ids.ts'
import type { ReadAtEntry } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import type { StaffMember } from './route.ts'
import type { OnCallMail, SecondPhraseAlarm } from './second-phrase.ts'
import { readRole } from './store.ts'

/** Which part of a case a visit is to, and whether the statement opens it. */
export type CaseToEnter = {
  readonly caseId: CaseId
  readonly part: CasePart
  readonly mode: CaseMode
  readonly opens: boolean
  /** Further parts that the page shows something of, opened with it as far as they are in sight. */
  readonly beside: readonly CasePart[]
}

/** A session that was last seen, or marked, at or before these instants is idle, or due for a mark. */
export type SessionLimits = { readonly idleSince: Date; readonly markBefore: Date }

export type StaffEntryRow = {
  readonly is_over: boolean
  readonly session_id: SessionId
  readonly person_id: PersonId
  readonly name: string
  readonly role: string
  readonly agency_id: AgencyId
  readonly agency_name: string
  readonly proved_at: Date
  readonly has_news: boolean
  readonly alarms: readonly AlarmRow[] | null
  readonly profile_revision: string
  readonly sees: readonly string[] | null
  readonly wrapped: Buffer | null
  readonly file: (Omit<Row<'case_file'>, 'opened_at' | 'closed_at'> & TimesOfCase) | null
}

type TimesOfCase = { readonly opened_at: string; readonly closed_at: string | null }

/** Times as a JSON text says them. */
type AlarmRow = {
  readonly case_id: CaseId
  readonly reference: string
  readonly times: number
  readonly last_at: string
  readonly noted_at: string | null
  readonly told: OnCallMail | null
  readonly told_at: string | null
  readonly mailed_at: string | null
}

/** The statement that opens a visit of staff: database/functions/enter_as_staff.sql says what it does. */
export function staffEntry(
  clinicId: ClinicId,
  tokenHash: Sha256,
  now: Date,
  limits: SessionLimits,
  mostAlarms: number,
  access: CaseToEnter | null,
): RawBuilder<StaffEntryRow> {
  return sql`select * from unwatched.enter_as_staff(${clinicId}, ${tokenHash}, ${now}, ${limits.idleSince},
    ${limits.markBefore}, ${mostAlarms}, ${[...caseParts]}, ${access?.caseId ?? null}, ${access?.part ?? null},
    ${access?.mode ?? null}, ${access?.opens ?? false}, ${[...(access?.beside ?? [])]})`
}

export function staffOf(row: StaffEntryRow): StaffMember {
  return {
    personId: row.person_id,
    name: row.name,
    role: readRole(row.role),
    agencyId: row.agency_id,
    agencyName: row.agency_name,
  }
}

export function alarmsOf({ alarms }: StaffEntryRow): readonly SecondPhraseAlarm[] {
  const timeOf = (text: string | null): Date | null => (text === null ? null : new Date(text))
  return (alarms ?? []).map(row => ({
    caseId: row.case_id,
    reference: row.reference,
    times: row.times,
    lastAt: new Date(row.last_at),
    notedAt: timeOf(row.noted_at),
    mail: row.told,
    mailAt: timeOf(row.told_at),
    mailedAt: timeOf(row.mailed_at),
  }))
}

export type ClientEntryRow = {
  readonly file_id: CaseId
  readonly profile_revision: string
  readonly is_opened: boolean
  /** The further parts that were opened. */
  readonly besides: readonly CasePart[] | null
  readonly wrapped: Buffer | null
}

/** The statement that opens a visit of a client: database/functions/enter_as_client.sql says what it does. */
export function clientEntry(
  clinicId: ClinicId,
  tokenHash: Sha256,
  now: Date,
  limits: SessionLimits,
  access: Omit<CaseToEnter, 'caseId'>,
): RawBuilder<ClientEntryRow> {
  return sql`select * from unwatched.enter_as_client(${clinicId}, ${tokenHash}, ${now}, ${limits.idleSince},
    ${limits.markBefore}, ${access.part}, ${access.mode}, ${access.opens}, ${[...access.beside]})`
}

/** What the statement read, of the case where one was opened, for the rest of its transaction. */
export function readByStaff(row: StaffEntryRow, access: Omit<CaseToEnter, 'opens'> | null): ReadAtEntry {
  if (!access) return { profileRevision: row.profile_revision, opened: null }
  const sees = new Set(row.sees)
  const beside = access.beside.filter(part => sees.has(`${part} read`))
  const { file, wrapped } = row
  return {
    profileRevision: row.profile_revision,
    opened: {
      caseId: access.caseId,
      parts: new Set([access.part, ...beside]),
      sees,
      wrappedKey: wrapped,
      file: file && {
        ...file,
        opened_at: new Date(file.opened_at),
        closed_at: file.closed_at === null ? null : new Date(file.closed_at),
      },
    },
  }
}

export function readByClient(row: ClientEntryRow, part: CasePart): ReadAtEntry {
  return {
    profileRevision: row.profile_revision,
    opened: {
      caseId: row.file_id,
      parts: new Set([part, ...(row.besides ?? [])]),
      sees: null,
      wrappedKey: row.wrapped,
      file: null,
    },
  }
}
