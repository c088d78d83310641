import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { Fault } from '../../platform/fault.ts'
import type { PasswordContext } from '../passphrase.ts'
import { loadClinicName, loadPerson } from '../store.ts'

/** The words that anybody would try first for somebody's password: their own names, their agency's and the clinic's. */
export async function findPasswordContext(clinic: Clinic, personId: PersonId): Promise<PasswordContext> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const person = await loadPerson(transaction, personId)
    if (!person) throw new Fault('no-such-person', 'Nobody is there to choose a password for.')
    const { signInName, name, agencyName } = person
    return { signInName, others: [name, agencyName, await loadClinicName(transaction)] }
  })
}
