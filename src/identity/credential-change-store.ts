import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { CredentialChange, JoinsAgain } from './credential-change.ts'
import { parseRole } from './role.ts'

/**
 * Changes of what people sign in with, the newest first, as far as the person acting may see them: of one person what
 * still says something today, or of everybody a page of links that were used.
 */
export async function loadChanges(
  transaction: Transaction,
  asked:
    | { readonly of: PersonId }
    | { readonly before: number | null; readonly atMost: number }
    | { readonly changeId: number },
): Promise<readonly CredentialChange[]> {
  const which =
    'of' in asked
      ? sql`and c.person_id = ${asked.of} and (c.known_at is null or c.waits_until > ${transaction.now})`
      : 'changeId' in asked
        ? sql`and c.change_id = ${asked.changeId}`
        : sql`and c.kind in ('joined', 'set-up-again') ${asked.before === null ? sql`` : sql`and c.change_id < ${asked.before}`}`
  const found = await sql<CredentialChange>`
    select c.change_id as "changeId", c.person_id as "personId", p.name as "personName", c.at, c.kind,
      c.asked_by as "askedBy", asker.name as "askedByName", c.approved_by as "approvedBy",
      approver.name as "approvedByName", c.witnessed_by as "witnessedBy", witness.name as "witnessedByName",
      c.at_machine as "isAtMachine", c.waits_until as "waitsUntil", third.name as "freedByName",
      c.freed_at as "freedAt", c.known_at as "knownAt"
    from unwatched.credential_change c
    join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id
    left join unwatched.person asker on asker.clinic_id = c.clinic_id and asker.person_id = c.asked_by
    left join unwatched.person approver on approver.clinic_id = c.clinic_id and approver.person_id = c.approved_by
    left join unwatched.person witness on witness.clinic_id = c.clinic_id and witness.person_id = c.witnessed_by
    left join unwatched.person third on third.clinic_id = c.clinic_id and third.person_id = c.freed_by
    where c.clinic_id = ${transaction.actor.clinicId} ${which}
    order by ${'of' in asked ? sql`(c.waits_until > ${transaction.now} and c.freed_at is null) is true desc,` : sql``}
      c.change_id desc limit ${'atMost' in asked ? asked.atMost : 50}`.execute(transaction.tables())
  return found.rows
}

/** Ends the wait after a change, as the third person; false where the database does not take them for one. */
export async function freeCredential(transaction: Transaction, changeId: number): Promise<boolean> {
  const answer = await sql<{
    freed: boolean
  }>`select unwatched.free_credential(${changeId}) as freed`.execute(transaction.tables())
  return answer.rows[0]?.freed ?? false
}

/** Keeps that the person acting knows of the changes up to one. Returns how many were new to them. */
export async function knowChanges(transaction: Transaction, upTo: number): Promise<number> {
  const answer = await sql<{ known: number }>`
    select unwatched.know_credential_changes(${upTo}) as known`.execute(transaction.tables())
  return answer.rows[0]?.known ?? 0
}

export async function loadLinksToWitness(transaction: Transaction): Promise<readonly JoinsAgain[]> {
  const found = await sql<{ person_id: PersonId; name: string; role: string; agency: string }>`
    select person_id, name, role, agency from unwatched.links_to_witness()`.execute(transaction.tables())
  return found.rows.map(row => ({
    personId: row.person_id,
    name: row.name,
    role: parseRole(row.role),
    agencyName: row.agency,
  }))
}

/** Keeps the words that somebody may show in place of what they lost; false where no link of theirs takes it. */
export async function witnessLink(
  transaction: Transaction,
  personId: PersonId,
  kept: Sha256,
): Promise<boolean> {
  const answer = await sql<{
    done: boolean
  }>`select unwatched.witness_link(${personId}, ${kept}) as done`.execute(transaction.tables())
  return answer.rows[0]?.done ?? false
}
