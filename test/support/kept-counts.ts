import { derivedContent, derivedOfCasePart, keptPart } from '../../src/evidence/sealed-item.ts'
import type { CaseId, ItemId } from '../../src/foundation/ids.ts'
import { openBody } from '../../src/platform/seal-body.ts'
import { openValue } from '../../src/platform/seal-value.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'
import { ownSeal } from './test-records.ts'

/** How many records are counted of a case and of its clinic; 0 where nothing was counted. */
export async function keptCounts(
  world: TestClinic,
  caseId: CaseId,
): Promise<{ readonly kept: number; readonly clinic: number }> {
  const { clinicId, key } = world.clinic
  const { field } = derivedOfCasePart
  const seal = await ownSeal(world, caseId)
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ ofCase: Buffer | null; ofClinic: Buffer | null }>(
      `select (select sealed from unwatched.derived_of_case where case_id = $1) as "ofCase",
              (select sealed from unwatched.derived_of_clinic where clinic_id = $2) as "ofClinic"`,
      [caseId, clinicId],
    ),
  )
  const { ofCase = null, ofClinic = null } = found.rows[0] ?? {}
  const place = { clinicId, kind: 'derived-of-clinic', id: clinicId }
  return {
    kept: ofCase ? recordsIn(openValue(seal, field, ofCase)) : 0,
    clinic: ofClinic ? recordsIn(openBody(key, place, ofClinic)) : 0,
  }
}

/** How many records the row of a reading counts. */
export async function keptOfReading(
  world: TestClinic,
  caseId: CaseId,
  itemId: ItemId,
  kept: Buffer | null,
): Promise<number> {
  const seal = await ownSeal(world, caseId)
  return kept ? recordsIn(openValue(seal, keptPart(itemId).field, kept)) : 0
}

const recordsIn = (value: unknown): number => derivedContent.parse(value).records
