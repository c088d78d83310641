import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { connectOnce, endConnection } from '../platform/as-owner.ts'
import { type ClinicKey, clinicKeyId, makeCaseKey, wrapCaseKey } from '../platform/keys.ts'

/**
 * Gives a key to every companion that a migration made for phrases that were there before: a migration has no key of the
 * clinic. As the owner of the tables, at every start; nothing to do where none is missing.
 */
export async function makeCompanionKeys(ownerUrl: string, key: ClinicKey): Promise<void> {
  const client = await connectOnce(ownerUrl)
  try {
    const { rows } = await client.query<{ clinic_id: ClinicId; companion_id: CaseId; made_at: Date }>(
      `select c.clinic_id, c.companion_id, c.made_at from unwatched.companion c
       join unwatched.clinic k on k.clinic_id = c.clinic_id and k.key_id = $1
       where not exists (select from unwatched.file_key f where f.clinic_id = c.clinic_id and f.case_id = c.companion_id)`,
      [clinicKeyId(key)],
    )
    for (const { clinic_id, companion_id, made_at } of rows)
      await client.query('insert into unwatched.file_key values ($1, $2, $3, $4) on conflict do nothing', [
        clinic_id,
        companion_id,
        wrapCaseKey(key, clinic_id, companion_id, makeCaseKey()),
        made_at,
      ])
  } finally {
    await endConnection(client)
  }
}
