import type { CaseAccess } from '../../audit/operations/access-case.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { PageRequest } from '../../web/request.ts'
import { clientCookie, findClientSessionLimits } from '../client-session.ts'
import { type ClientEntryRow, clientEntry, readByClient } from '../entry-store.ts'
import { hashOfToken } from '../secret-token.ts'
import type { OpenedVisit } from './enter-as-staff.ts'

/** What a client was let in to; nothing above this learns which phrase began it. */
export type ClientEntry = {
  readonly fileId: CaseId
  /** The transaction in which the file was opened; null where it was not to be, or may not be. */
  readonly opened: OpenedVisit | null
}

/**
 * Lets a client in with one statement: what their session lets in to, and its opening. Null when there is no session of an
 * open case, or its time is up.
 *
 * @param opens whether the file is opened at once, for a page that reads it. The transaction then waits for the work of
 *   the page, and has to be ended
 */
export async function enterAsClient(
  request: Pick<PageRequest, 'cookies'>,
  { clinicId, database }: Clinic,
  access: Omit<CaseAccess, 'caseId'>,
  opens: boolean,
  beside: readonly CasePart[] = [],
): Promise<ClientEntry | null> {
  const tokenHash = hashOfToken(request.cookies.get(clientCookie) ?? '')
  if (!tokenHash) return null
  const entry = (now: Date) =>
    clientEntry(clinicId, tokenHash, now, findClientSessionLimits(now), { ...access, opens, beside })
  if (!opens) {
    const [row] = await database.ask<ClientEntryRow>(entry)
    return row ? { fileId: row.file_id, opened: null } : null
  }
  const begun = await database.begin(entry)
  const [row] = begun.found
  if (!row) {
    await begun.rollBack()
    return null
  }
  if (!row.is_opened) {
    // What is kept is that it was refused.
    await begun.end(async () => {})
    return { fileId: row.file_id, opened: null }
  }
  const actor = { kind: 'client', clinicId, caseId: row.file_id } as const
  const transaction = begun.as(actor, readByClient(row, access.part))
  return {
    fileId: row.file_id,
    opened: { end: work => begun.end(() => work(transaction)), rollBack: begun.rollBack },
  }
}
