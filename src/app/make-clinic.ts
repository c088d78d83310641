import { type Profile, parseProfile } from '../directory/profile.ts'
import type { Json } from '../foundation/canonical-json.ts'
import { type AgencyId, type ClinicId, makeId } from '../foundation/ids.ts'
import { setUpClinic } from '../identity/operations/set-up-clinic.ts'
import { realClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import { type ClinicKey, clinicKeyId } from '../platform/keys.ts'
import { type ClinicContext, listClinics } from './build-clinic.ts'

/** Reads a profile file's text, or throws a fault that lists everything wrong with it. */
export function readProfile(text: string, where: string): Profile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Fault('profile-not-json', `${where} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const parsed = parseProfile(value)
  if (!parsed.ok)
    throw new Fault(
      'profile-wrong',
      `${where} cannot be used:\n${parsed.problems.map(problem => `  ${problem}`).join('\n')}`,
    )
  return parsed.profile
}

/** Makes a clinic from its profile: its row, its agencies, its key by name. Refuses a second one of the same name. */
export async function makeClinic(
  context: ClinicContext,
  key: ClinicKey,
  profile: Profile,
  isDemo: boolean,
): Promise<{ readonly clinicId: ClinicId; readonly agencies: ReadonlyMap<string, AgencyId> }> {
  const there = await listClinics(context.ownerUrl)
  if (there.some(clinic => clinic.slug === profile.slug)) {
    throw new Fault('clinic-exists', `There is a clinic “${profile.slug}” here already. Nothing was changed.`)
  }
  const clinicId = makeId<ClinicId>(realClock.now())
  const database = openDatabase(context.programUrl, { now: realClock.now, connections: 2 })
  try {
    const agencies = await setUpClinic(database, {
      clinicId,
      slug: profile.slug,
      name: profile.name,
      // A profile was read from JSON and checked, so it is JSON again.
      profile: JSON.parse(JSON.stringify(profile)) as Json,
      keyId: clinicKeyId(key),
      isDemo,
      agencies: profile.agencies,
    })
    return { clinicId, agencies }
  } finally {
    await database.close()
  }
}
