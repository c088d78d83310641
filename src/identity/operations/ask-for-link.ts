import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type LinkRequestId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { insertLinkRequest } from '../link-request-store.ts'
import type { NewPerson } from '../person.ts'
import { normaliseSignInName } from '../sign-in-name.ts'
import { loadPeople, loadPerson } from '../store.ts'
import { keepSecretWords } from './secret-words.ts'

/**
 * Asks a coordinator for a link for somebody new. Nobody is added before it is approved, and the person who asks never
 * sees the link: they give out `code`, without which it opens nothing.
 */
export async function askForPerson(
  clinic: Clinic,
  transaction: Transaction,
  person: NewPerson,
  code: readonly string[],
): Promise<Decision<object, 'sign-in-name-taken'>> {
  const signInName = normaliseSignInName(person.signInName)
  const isTaken = (await loadPeople(transaction)).some(each => each.signInName === signInName)
  const requestId = makeId<LinkRequestId>(transaction.now)
  const personId = makeId<PersonId>(transaction.now)
  const codeKept = await keepSecretWords(clinic, 'joining-code', personId, code)
  if (isTaken || !(await insertLinkRequest(transaction, { requestId, personId, person, codeKept }))) {
    return { allowed: false, because: 'sign-in-name-taken' }
  }
  await recordAct(transaction, { verb: 'link-asked-for', subject: personId, detail: { role: person.role } })
  return { allowed: true }
}

/** Asks a coordinator for a new link for somebody who is there, whatever their role. */
export async function askForNewLink(
  clinic: Clinic,
  transaction: Transaction,
  personId: PersonId,
  code: readonly string[],
): Promise<Decision<object, 'unknown' | 'self' | 'waits-already'>> {
  if (transaction.actor.kind === 'person' && transaction.actor.personId === personId) {
    return { allowed: false, because: 'self' }
  }
  const person = await loadPerson(transaction, personId)
  if (!person) return { allowed: false, because: 'unknown' }
  const requestId = makeId<LinkRequestId>(transaction.now)
  const codeKept = await keepSecretWords(clinic, 'joining-code', personId, code)
  if (!(await insertLinkRequest(transaction, { requestId, personId, person: null, codeKept }))) {
    return { allowed: false, because: 'waits-already' }
  }
  await recordAct(transaction, {
    verb: 'new-link-asked-for',
    subject: personId,
    detail: { role: person.role },
  })
  return { allowed: true }
}

/**
 * Asks a coordinator that somebody who was suspended may come back, with the reason. Two people, whatever the role
 * (S12); the database holds the same. Asking twice asks once.
 */
export async function askForReturn(
  transaction: Transaction,
  personId: PersonId,
  because: string,
): Promise<Decision<object, 'unknown' | 'self' | 'not-suspended'>> {
  if (transaction.actor.kind === 'person' && transaction.actor.personId === personId) {
    return { allowed: false, because: 'self' }
  }
  const person = await loadPerson(transaction, personId)
  if (!person) return { allowed: false, because: 'unknown' }
  if (person.state !== 'suspended') return { allowed: false, because: 'not-suspended' }
  const requestId = makeId<LinkRequestId>(transaction.now)
  if (await insertLinkRequest(transaction, { requestId, personId, person: null, returnBecause: because })) {
    await recordAct(transaction, {
      verb: 'return-asked-for',
      subject: personId,
      detail: { role: person.role },
    })
  }
  return { allowed: true }
}
