import { recordAct } from '../../audit/operations/record-act.ts'
import type { Json } from '../../foundation/canonical-json.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Profile } from '../profile.ts'
import { decideProfileChange } from '../profile-change.ts'
import { loadProfileValue, saveProfile } from '../store.ts'

/** Gives a clinic another profile, at the machine; which parts changed is recorded for every coordinator to see. */
export async function changeProfile(
  transaction: Transaction,
  profile: Profile,
): Promise<ReturnType<typeof decideProfileChange>> {
  const decision = decideProfileChange(await loadProfileValue(transaction), profile)
  if (!decision.allowed) return decision
  await saveProfile(transaction, profile.name, JSON.parse(JSON.stringify(profile)) as Json)
  await recordAct(transaction, { verb: 'profile-changed', detail: { parts: [...decision.changed] } })
  return decision
}
