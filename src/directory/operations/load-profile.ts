import type { ClinicId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { type Profile, parseProfile } from '../profile.ts'
import { loadProfileValue } from '../store.ts'

const inTransaction = new WeakMap<Transaction, Promise<Profile>>()

/** The profile last read for a clinic, with the revision that a visit then found: the same text is not parsed twice. */
const lastRead = new Map<ClinicId, { readonly revision: string; readonly profile: Profile }>()

/** The profile of the clinic that is acting. Throws a fault when the one kept is not a profile of this program. */
export function loadProfile(transaction: Transaction): Promise<Profile> {
  const found = inTransaction.get(transaction) ?? findProfile(transaction)
  inTransaction.set(transaction, found)
  return found
}

async function findProfile(transaction: Transaction): Promise<Profile> {
  const { clinicId } = transaction.actor
  const revision = transaction.atEntry?.profileRevision
  const last = lastRead.get(clinicId)
  if (last && last.revision === revision) return last.profile
  const parsed = parseProfile(await loadProfileValue(transaction))
  if (!parsed.ok) {
    throw new Fault(
      'profile-unreadable',
      `The clinic's profile cannot be read. ${parsed.problems.join('; ')}`,
    )
  }
  if (revision !== undefined) lastRead.set(clinicId, { revision, profile: parsed.profile })
  return parsed.profile
}
