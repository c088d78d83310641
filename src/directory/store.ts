import type { AgencyId } from '../foundation/ids.ts'
import { parseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { agencyKinds } from './profile.ts'

type DirectoryTables = {
  clinic: { clinic_id: string; name: string; profile: unknown }
  agency: {
    clinic_id: string
    agency_id: string
    slug: string
    name: string
    kind: (typeof agencyKinds)[number]
    is_lead: boolean
  }
}

/** An agency of the clinic. */
export type Agency = {
  readonly agencyId: AgencyId
  readonly slug: string
  readonly name: string
  readonly kind: (typeof agencyKinds)[number]
  readonly isLead: boolean
}

/** The profile as it lies in the database, or nothing when no actor of the clinic is set. */
export async function loadProfileValue(transaction: Transaction): Promise<unknown> {
  const row = await transaction
    .tables<DirectoryTables>()
    .selectFrom('clinic')
    .select('profile')
    .where('clinic_id', '=', transaction.actor.clinicId)
    .executeTakeFirst()
  return row?.profile
}

/** The agencies of the clinic, the lead first, then by name. */
export async function loadAgencyRows(transaction: Transaction): Promise<readonly Agency[]> {
  const rows = await transaction
    .tables<DirectoryTables>()
    .selectFrom('agency')
    .selectAll()
    .where('clinic_id', '=', transaction.actor.clinicId)
    .orderBy('is_lead', 'desc')
    .orderBy('name')
    .execute()
  return rows.flatMap(row => {
    const agencyId = parseId<AgencyId>(row.agency_id)
    return agencyId ? [{ agencyId, slug: row.slug, name: row.name, kind: row.kind, isLead: row.is_lead }] : []
  })
}
