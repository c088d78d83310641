import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { LinkRequestId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { Person, PersonState } from './person.ts'
import { normaliseSignInName } from './sign-in-name.ts'
import { loadPerson } from './store.ts'

type SignInTables = Pick<Tables, 'person' | 'invitation' | 'credential'>

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
  /** Whether they joined before, and so must show more than link and code. */
  readonly hasJoinedBefore: boolean
  /** Whether they keep a second secret, as far as the clinic knows. */
  readonly hasSecond: boolean
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

const tablesOf = (transaction: Transaction) => transaction.tables<SignInTables>()

export async function insertInvitation(
  transaction: Transaction,
  invitation: {
    tokenHash: Sha256
    personId: PersonId
    purpose: InvitationPurpose
    expiresAt: Date
    /**
     * What a link to join goes with: the code of the approved request it rests on, or one that was made at the machine.
     */
    code?: { readonly requestId: LinkRequestId } | { readonly kept: Sha256 }
  },
): Promise<void> {
  const { code } = invitation
  const requestId = code && 'requestId' in code ? code.requestId : null
  const kept = code && 'kept' in code ? code.kept : null
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
      request_id: requestId,
      code_kept: requestId ? sql<string>`unwatched.code_of_request(${requestId})` : kept,
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
  if (!row || !person) return null
  const had = await tablesOf(transaction)
    .selectFrom('credential')
    .select(['enrolled_at', 'second_kept'])
    .where('person_id', '=', row.person_id)
    .executeTakeFirst()
  return {
    person,
    hasJoinedBefore: had?.enrolled_at != null,
    hasSecond: had?.second_kept != null,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }
}

/** What is shown beside a link, each as `showWords` makes it. */
export type ShownWithLink = { readonly code: string; readonly second: string; readonly witness: string }

/**
 * Uses a link to join up. The database judges what was shown with it: `wrong` does not say which of it was, `closed`
 * that somebody was first or it is over.
 */
export async function useLink(
  transaction: Transaction,
  tokenHash: Sha256,
  shown: ShownWithLink,
): Promise<'used' | 'closed' | 'wrong'> {
  const answer = await sql<{ outcome: 'used' | 'closed' | 'wrong' }>`
    select unwatched.use_link(${tokenHash}, ${shown.code}, ${shown.second}, ${shown.witness}) as outcome`.execute(
    transaction.tables(),
  )
  return answer.rows[0]?.outcome ?? 'closed'
}

/** Uses a sign-in link of a demo up; false when somebody was first, or it is over. */
export async function useDemoLinkOnce(transaction: Transaction, tokenHash: Sha256): Promise<boolean> {
  const answer = await sql<{ used: boolean }>`select unwatched.use_demo_link(${tokenHash}) as used`.execute(
    transaction.tables(),
  )
  return answer.rows[0]?.used ?? false
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
  const found = credentials(transaction).where('p.sign_in_name', '=', normaliseSignInName(signInName))
  return readCredential(await (options.forUpdate ? found.forUpdate('c') : found).executeTakeFirst())
}

/** The same, of somebody who is known. */
export async function loadCredentialOf(
  transaction: Transaction,
  personId: PersonId,
  options: { readonly forUpdate: boolean } = { forUpdate: false },
): Promise<Credential | null> {
  const found = credentials(transaction).where('p.person_id', '=', personId)
  return readCredential(await (options.forUpdate ? found.forUpdate('c') : found).executeTakeFirst())
}

const credentials = (transaction: Transaction) =>
  tablesOf(transaction)
    .selectFrom('person as p')
    .innerJoin('credential as c', join =>
      join.onRef('c.clinic_id', '=', 'p.clinic_id').onRef('c.person_id', '=', 'p.person_id'),
    )
    .select(['p.person_id', 'p.state', 'c.password_hash', 'c.code_secret', 'c.last_code_step'])

function readCredential(
  row: Awaited<ReturnType<ReturnType<typeof credentials>['executeTakeFirst']>>,
): Credential | null {
  if (!row) return null
  return {
    personId: row.person_id,
    state: row.state,
    passwordHash: row.password_hash,
    codeSecret: row.code_secret,
    lastCodeStep: row.last_code_step,
  }
}

export async function saveCredential(
  transaction: Transaction,
  credential: {
    personId: PersonId
    passwordHash: string
    codeSecret: Buffer
    lastCodeStep: number
    secondKept: Sha256
  },
): Promise<void> {
  const values = {
    password_hash: credential.passwordHash,
    code_secret: credential.codeSecret,
    last_code_step: credential.lastCodeStep,
    enrolled_at: transaction.now,
    second_kept: credential.secondKept,
    second_made_at: transaction.now,
  }
  await tablesOf(transaction)
    .insertInto('credential')
    .values({ clinic_id: transaction.actor.clinicId, person_id: credential.personId, ...values })
    .onConflict(conflict => conflict.columns(['clinic_id', 'person_id']).doUpdateSet(values))
    .execute()
}

/** Changes some of what somebody signs in with, by a code of theirs, which is used up in the same statement. */
export async function changeCredential(
  transaction: Transaction,
  personId: PersonId,
  to: { readonly passwordHash?: string; readonly codeSecret?: Buffer; readonly secondKept?: Sha256 },
  codeStep: number,
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('credential')
    .set({
      last_code_step: codeStep,
      ...(to.passwordHash === undefined ? {} : { password_hash: to.passwordHash }),
      ...(to.codeSecret === undefined ? {} : { code_secret: to.codeSecret }),
      ...(to.secondKept === undefined ? {} : { second_kept: to.secondKept, second_made_at: transaction.now }),
    })
    .where('person_id', '=', personId)
    .execute()
}

export async function useCodeStep(transaction: Transaction, personId: PersonId, step: number): Promise<void> {
  await tablesOf(transaction)
    .updateTable('credential')
    .set({ last_code_step: step })
    .where('person_id', '=', personId)
    .execute()
}
