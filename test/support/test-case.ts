import { caseParts } from '../../src/foundation/case-part.ts'
import { type CaseId, makeId } from '../../src/foundation/ids.ts'
import { makeCaseKey, wrapCaseKey } from '../../src/platform/keys.ts'
import { sealName } from '../../src/platform/seal-name.ts'
import { asOwner, type TestAgency, type TestClinic } from './test-clinic.ts'

/** What is needed of a clinic for a case in it. */
export type CaseWorld = Pick<TestClinic, 'clinic' | 'ownerUrl'> & {
  readonly people: Pick<TestClinic['people'], 'coordinator'>
  readonly agencies: Partial<TestClinic['agencies']>
}

/**
 * A case that is open, with a key of its own and consent for every part to the named agencies (all four when none is
 * named). Written past the program, for tests of the rooms that stand on top of a case.
 */
export async function openTestCase(
  world: CaseWorld,
  options: {
    readonly clientName?: string
    readonly agencies?: readonly TestAgency[]
    readonly zone?: string
  } = {},
): Promise<CaseId> {
  const { clinic } = world
  const now = clinic.clock.now()
  const caseId = makeId<CaseId>(now)
  const reference = `T-${caseId.slice(-8).toUpperCase()}`
  const place = { clinicId: clinic.clinicId, caseId, field: 'client-name' }
  const name = sealName(clinic.key, place, options.clientName ?? 'Alex Bryony Crane')
  const wrapped = wrapCaseKey(clinic.key, clinic.clinicId, caseId, makeCaseKey())
  await asOwner(world.ownerUrl, async client => {
    await client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by,
         state, is_matched, client_name, answers, decision)
       values ($1, $2, $3, gen_random_uuid(), 'phone', $4, 'client', 'opened', true, $5, '{}', '{}')`,
      [clinic.clinicId, caseId, reference, now, name],
    )
    await client.query(
      `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at,
         opened_by, zone)
       values ($1, $2, $3, $4, 'known-control', 'routine', $5, $6, $7)`,
      [
        clinic.clinicId,
        caseId,
        reference,
        name,
        now,
        world.people.coordinator,
        options.zone ?? 'Europe/London',
      ],
    )
    await client.query('insert into unwatched.file_key values ($1, $2, $3, $4)', [
      clinic.clinicId,
      caseId,
      wrapped,
      now,
    ])
    for (const agency of options.agencies ?? (['lead', 'cyber', 'stalking', 'police'] as const)) {
      await client.query(
        `insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at,
           recorded_by, in_force_from)
         values ($1, $2, gen_random_uuid(), $3, $4, 'consent', 'said', $5, $6, $5)`,
        [clinic.clinicId, caseId, world.agencies[agency], [...caseParts], now, world.people.coordinator],
      )
    }
  })
  return caseId
}
