import { recordAct } from '../../audit/operations/record-act.ts'
import { makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { NewPerson } from '../person.ts'
import { insertPerson, isDemoClinic } from '../store.ts'

/** Adds an invented person to a demo clinic, at work at once and without a password: only a demo link signs them in. */
export async function addDemoPerson(transaction: Transaction, person: NewPerson): Promise<PersonId> {
  if (!(await isDemoClinic(transaction))) {
    throw new Fault('not-a-demo', 'Nobody is added to a clinic without an invitation, unless it is a demo.')
  }
  const personId = makeId<PersonId>(transaction.now)
  if (!(await insertPerson(transaction, personId, person, 'active'))) {
    throw new Fault('sign-in-name-taken', 'Two people of the demo have one sign-in name.')
  }
  await recordAct(transaction, {
    verb: 'demo-person-added',
    subject: personId,
    detail: { role: person.role },
  })
  return personId
}
