import type { Json } from '../foundation/canonical-json.ts'
import { parseSha256 } from '../foundation/digest.ts'
import type { AgencyId, PersonId } from '../foundation/ids.ts'
import { parseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { ServiceCheck } from './find-services.ts'
import type { agencyKinds } from './profile.ts'

type DirectoryTables = Pick<Tables, 'service_check' | 'person' | 'clinic' | 'agency'>

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

/** The newest checks of each entry as it stood: the last finding of each kind, and no more. */
export async function loadServiceChecks(transaction: Transaction): Promise<readonly ServiceCheck[]> {
  const rows = await transaction
    .tables<DirectoryTables>()
    .selectFrom('service_check as c')
    .leftJoin('person as p', join =>
      join.onRef('p.clinic_id', '=', 'c.clinic_id').onRef('p.person_id', '=', 'c.checked_by'),
    )
    .where('c.clinic_id', '=', transaction.actor.clinicId)
    .distinctOn(['c.service', 'c.entry', 'c.finding'])
    .select(['c.service', 'c.entry', 'c.checked_at', 'c.method', 'c.finding', 'c.note', 'p.name'])
    .orderBy('c.service')
    .orderBy('c.entry')
    .orderBy('c.finding')
    .orderBy('c.checked_at', 'desc')
    .execute()
  return rows.flatMap(row => {
    const entry = parseSha256(row.entry)
    return entry
      ? [
          {
            service: row.service,
            entry,
            at: row.checked_at,
            byName: row.name ?? '',
            method: row.method,
            finding: row.finding,
            note: row.note,
          },
        ]
      : []
  })
}

export async function addServiceCheck(
  transaction: Transaction,
  checkId: string,
  by: PersonId,
  check: Omit<ServiceCheck, 'at' | 'byName'>,
): Promise<void> {
  await transaction
    .tables<DirectoryTables>()
    .insertInto('service_check')
    .values({
      clinic_id: transaction.actor.clinicId,
      check_id: checkId,
      ...check,
      checked_at: transaction.now,
      checked_by: by,
    })
    .execute()
}

/** Keeps another profile for the clinic that is acting. */
export async function saveProfile(transaction: Transaction, name: string, profile: Json): Promise<void> {
  await transaction
    .tables<DirectoryTables>()
    .updateTable('clinic')
    .set({ name, profile: JSON.stringify(profile) })
    .where('clinic_id', '=', transaction.actor.clinicId)
    .execute()
}
