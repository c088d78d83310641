import { recordAct } from '../../audit/operations/record-act.ts'
import type { Json } from '../../foundation/canonical-json.ts'
import { type AgencyId, type ClinicId, makeId } from '../../foundation/ids.ts'
import type { Database } from '../../platform/database.ts'
import { insertAgencies, insertClinic, type NewAgency } from '../store.ts'

export type ClinicSetUp = {
  readonly clinicId: ClinicId
  readonly slug: string
  readonly name: string
  /** The whole profile file, as it was read and checked. */
  readonly profile: Json
  /** Which key seals this clinic's secrets. */
  readonly keyId: string
  readonly isDemo: boolean
  readonly agencies: readonly Omit<NewAgency, 'agencyId'>[]
}

/** Sets up a clinic: its profile and its agencies, in one transaction. Returns the id of each agency by its slug. */
export async function setUpClinic(
  database: Database,
  setUp: ClinicSetUp,
): Promise<ReadonlyMap<string, AgencyId>> {
  const actor = { kind: 'task', clinicId: setUp.clinicId, task: 'setup' } as const
  return database.transaction(actor, async transaction => {
    const agencies = setUp.agencies.map(agency => ({
      ...agency,
      agencyId: makeId<AgencyId>(transaction.now),
    }))
    await insertClinic(transaction, setUp)
    await insertAgencies(transaction, agencies)
    await recordAct(transaction, {
      verb: 'clinic-opened',
      detail: { agencies: agencies.length, isDemo: setUp.isDemo },
    })
    return new Map(agencies.map(agency => [agency.slug, agency.agencyId]))
  })
}
