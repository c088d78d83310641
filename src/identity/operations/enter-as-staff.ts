import type { CaseAccess, Sight } from '../../audit/operations/access-case.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Begun, Transaction } from '../../platform/database.ts'
import type { PageRequest } from '../../web/request.ts'
import { loadChanges } from '../credential-change-store.ts'
import { alarmsOf, readByStaff, type StaffEntryRow, staffEntry, staffOf } from '../entry-store.ts'
import { findNotices } from '../fresh-credential.ts'
import type { SessionNotices, StaffVisit } from '../route.ts'
import { mostAlarms } from '../second-phrase.ts'
import { hashOfToken } from '../secret-token.ts'
import { findIdleSince, findMarkBefore, sessionCookie } from '../session.ts'

/** The transaction that a visit began, in which it opened its case if it came to one: it ends with the first work of the page, or is rolled back. */
export type OpenedVisit = {
  readonly end: <Answer>(work: (transaction: Transaction) => Promise<Answer>) => Promise<Answer>
  readonly rollBack: () => Promise<void>
}

/** Who came in, what every page tells them, and what they see of the case they came to. */
export type StaffEntry = Pick<StaffVisit, 'staff' | 'actor' | 'notices' | 'alarms'> & {
  /** Null where they came to no case, or may not see the part of it; that was recorded as a refused access. */
  readonly sees: Sight | null
  /** The transaction that waits for the work of the page; null where none does. */
  readonly opened: OpenedVisit | null
}

/**
 * Lets staff in with one statement: the session, the alarms, the sight of a case and its opening. Null when nobody is
 * signed in, or their time is up.
 *
 * @param access the part of a case they came to; null for a page of no case
 * @param opens whether the case is opened at once, for a page that reads it, or a page of no case reads at once. The
 *   transaction then waits for the work of the page, and has to be ended
 * @param beside further parts the page shows something of: opened with it, and recorded as shown beside, as far as they
 *   are in sight
 */
export async function enterAsStaff(
  request: Pick<PageRequest, 'cookies'>,
  clinic: Clinic,
  access: CaseAccess | null,
  opens: boolean,
  beside: readonly CasePart[] = [],
): Promise<StaffEntry | null> {
  const tokenHash = hashOfToken(request.cookies.get(sessionCookie) ?? '')
  if (!tokenHash) return null
  const { clinicId, database } = clinic
  const entry = (now: Date) =>
    staffEntry(
      clinicId,
      tokenHash,
      now,
      { idleSince: findIdleSince(now), markBefore: findMarkBefore(now) },
      mostAlarms + 1,
      access && { ...access, opens, beside },
    )
  if (!opens) {
    const [row] = await database.ask(entry)
    if (!row || row.is_over) return null
    const actor = { kind: 'person', clinicId, personId: row.person_id } as const
    const notices = row.has_news
      ? await database.transaction(actor, transaction => loadNotices(transaction, row))
      : quietNotices(row)
    return { ...whoOf(row, actor), notices, sees: sightOf(row, access), opened: null }
  }
  const begun = await database.begin(entry)
  return await finishEntry(begun, clinic, access && { ...access, beside })
}

async function finishEntry(
  begun: Begun<StaffEntryRow>,
  { clinicId }: Clinic,
  access: (CaseAccess & { readonly beside: readonly CasePart[] }) | null,
): Promise<StaffEntry | null> {
  const [row] = begun.found
  if (!row || row.is_over) {
    await begun.rollBack()
    return null
  }
  const actor = { kind: 'person', clinicId, personId: row.person_id } as const
  const sees = sightOf(row, access)
  const transaction = begun.as(actor, readByStaff(row, access))
  try {
    const notices = row.has_news ? await loadNotices(transaction, row) : quietNotices(row)
    const entered = { ...whoOf(row, actor), notices, sees }
    if (sees || !access) {
      const end: OpenedVisit['end'] = work => begun.end(() => work(transaction))
      return { ...entered, opened: { end, rollBack: begun.rollBack } }
    }
    // What is kept is that it was refused.
    await begun.end(async () => {})
    return { ...entered, opened: null }
  } catch (fault) {
    await begun.rollBack()
    throw fault
  }
}

const whoOf = (row: StaffEntryRow, actor: StaffVisit['actor']) => ({
  staff: staffOf(row),
  actor,
  alarms: alarmsOf(row),
})

function sightOf(row: StaffEntryRow, access: CaseAccess | null): Sight | null {
  if (!access) return null
  const seen = new Set(row.sees)
  const sees: Sight = (part, mode) => seen.has(`${part} ${mode}`)
  return sees(access.part, access.mode) ? sees : null
}

const quietNotices = (row: StaffEntryRow): SessionNotices =>
  findNotices({ sessionId: row.session_id, provedAt: row.proved_at }, [], row.proved_at)

async function loadNotices(transaction: Transaction, row: StaffEntryRow): Promise<SessionNotices> {
  const changes = await loadChanges(transaction, { of: row.person_id })
  return findNotices({ sessionId: row.session_id, provedAt: row.proved_at }, changes, transaction.now)
}
