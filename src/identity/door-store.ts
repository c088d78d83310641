import type { Sha256 } from '../foundation/digest.ts'
import type { LinkRequestId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Person, PersonState } from './person.ts'
import type { StaffMember } from './route.ts'
import type { SessionTimes } from './session.ts'
import { normaliseSignInName } from './sign-in-name.ts'
import { loadPerson } from './store.ts'

type DoorTables = {
  person: { clinic_id: string; person_id: PersonId; sign_in_name: string; state: PersonState }
  invitation: {
    clinic_id: string
    token_hash: string
    person_id: PersonId
    purpose: InvitationPurpose
    made_at: Date
    expires_at: Date
    used_at: Date | null
    request_id: LinkRequestId | null
  }
  credential: {
    clinic_id: string
    person_id: PersonId
    password_hash: string | null
    code_secret: Buffer | null
    last_code_step: number
    enrolled_at: Date | null
  }
  session: {
    clinic_id: string
    token_hash: string
    person_id: PersonId
    started_at: Date
    last_seen_at: Date
    expires_at: Date
  }
}

export type InvitationPurpose = 'enrol' | 'demo-sign-in'
export type Credential = {
  readonly personId: PersonId
  readonly state: PersonState
  readonly passwordHash: string | null
  readonly codeSecret: Buffer | null
  readonly lastCodeStep: number
}
export type Invitation = {
  readonly person: Person
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

const tablesOf = (transaction: Transaction) => transaction.tables<DoorTables>()

export async function insertInvitation(
  transaction: Transaction,
  invitation: {
    tokenHash: Sha256
    personId: PersonId
    purpose: InvitationPurpose
    expiresAt: Date
    /** The approved request that a link to cases rests on. */
    requestId?: LinkRequestId | null
  },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('invitation')
    .values({
      clinic_id: transaction.actor.clinicId,
      token_hash: invitation.tokenHash,
      person_id: invitation.personId,
      purpose: invitation.purpose,
      made_at: transaction.now,
      expires_at: invitation.expiresAt,
      used_at: null,
      request_id: invitation.requestId ?? null,
    })
    .onConflict(conflict => conflict.columns(['clinic_id', 'token_hash']).doNothing())
    .execute()
}

export async function loadInvitation(
  transaction: Transaction,
  tokenHash: Sha256,
  purpose: InvitationPurpose,
): Promise<Invitation | null> {
  const row = await tablesOf(transaction)
    .selectFrom('invitation')
    .select(['person_id', 'expires_at', 'used_at'])
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  const person = row && (await loadPerson(transaction, row.person_id))
  return row && person ? { person, expiresAt: row.expires_at, usedAt: row.used_at } : null
}

/** Marks an invitation used; false when somebody was first, or it is over. */
export async function takeInvitation(
  transaction: Transaction,
  tokenHash: Sha256,
  purpose: InvitationPurpose,
): Promise<boolean> {
  const taken = await tablesOf(transaction)
    .updateTable('invitation')
    .set({ used_at: transaction.now })
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', transaction.now)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/** Ends the unused invitations of one purpose, of one person or of all. */
export async function endInvitations(
  transaction: Transaction,
  purpose: InvitationPurpose,
  personId?: PersonId,
): Promise<void> {
  const open = tablesOf(transaction)
    .updateTable('invitation')
    .set({ expires_at: transaction.now })
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', transaction.now)
  await (personId ? open.where('person_id', '=', personId) : open).execute()
}

/** The secrets behind a sign-in name. `forUpdate` holds them until the transaction ends: one code, one use. */
export async function loadCredential(
  transaction: Transaction,
  signInName: string,
  options: { readonly forUpdate: boolean } = { forUpdate: false },
): Promise<Credential | null> {
  const found = tablesOf(transaction)
    .selectFrom('person as p')
    .innerJoin('credential as c', join =>
      join.onRef('c.clinic_id', '=', 'p.clinic_id').onRef('c.person_id', '=', 'p.person_id'),
    )
    .select(['p.person_id', 'p.state', 'c.password_hash', 'c.code_secret', 'c.last_code_step'])
    .where('p.sign_in_name', '=', normaliseSignInName(signInName))
  const row = await (options.forUpdate ? found.forUpdate('c') : found).executeTakeFirst()
  return row
    ? {
        personId: row.person_id,
        state: row.state,
        passwordHash: row.password_hash,
        codeSecret: row.code_secret,
        lastCodeStep: row.last_code_step,
      }
    : null
}

export async function saveCredential(
  transaction: Transaction,
  credential: { personId: PersonId; passwordHash: string; codeSecret: Buffer; lastCodeStep: number },
): Promise<void> {
  const values = {
    password_hash: credential.passwordHash,
    code_secret: credential.codeSecret,
    last_code_step: credential.lastCodeStep,
    enrolled_at: transaction.now,
  }
  await tablesOf(transaction)
    .insertInto('credential')
    .values({ clinic_id: transaction.actor.clinicId, person_id: credential.personId, ...values })
    .onConflict(conflict => conflict.columns(['clinic_id', 'person_id']).doUpdateSet(values))
    .execute()
}

export async function useCodeStep(transaction: Transaction, personId: PersonId, step: number): Promise<void> {
  await tablesOf(transaction)
    .updateTable('credential')
    .set({ last_code_step: step })
    .where('person_id', '=', personId)
    .execute()
}

export async function insertSession(
  transaction: Transaction,
  session: { tokenHash: Sha256; personId: PersonId; expiresAt: Date },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('session')
    .values({
      clinic_id: transaction.actor.clinicId,
      token_hash: session.tokenHash,
      person_id: session.personId,
      started_at: transaction.now,
      last_seen_at: transaction.now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** A session with the active person it belongs to, whether or not it still holds. */
export async function loadSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<{ readonly staff: StaffMember; readonly times: SessionTimes } | null> {
  const row = await tablesOf(transaction)
    .selectFrom('session')
    .select(['person_id', 'last_seen_at', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  const person = row && (await loadPerson(transaction, row.person_id))
  if (!row || person?.state !== 'active') return null
  const { personId, name, role, agencyId, agencyName } = person
  return {
    staff: { personId, name, role, agencyId, agencyName },
    times: { lastSeenAt: row.last_seen_at, expiresAt: row.expires_at },
  }
}

export async function markSession(transaction: Transaction, tokenHash: Sha256): Promise<void> {
  await tablesOf(transaction)
    .updateTable('session')
    .set({ last_seen_at: transaction.now })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Ends one session and answers whose it was. */
export async function deleteSession(transaction: Transaction, tokenHash: Sha256): Promise<PersonId | null> {
  const row = await tablesOf(transaction)
    .deleteFrom('session')
    .where('token_hash', '=', tokenHash)
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id ?? null
}

export async function deleteSessionsOf(transaction: Transaction, personId: PersonId): Promise<void> {
  await tablesOf(transaction).deleteFrom('session').where('person_id', '=', personId).execute()
}

export async function deleteEndedSessions(transaction: Transaction): Promise<void> {
  await tablesOf(transaction).deleteFrom('session').where('expires_at', '<=', transaction.now).execute()
}
