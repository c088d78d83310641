import { sql } from 'kysely'
import { z } from 'zod'
import type { CaseId, ClinicId, MessageId, PersonId } from '../foundation/ids.ts'
import { readWord } from '../foundation/of-another-version.ts'
import type { Transaction } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import type { Row } from '../platform/schema.ts'
import { openBody, sealBody } from '../platform/seal-body.ts'
import type { CarriedBy, RecordedVerdict, SaidVerdict } from './channel-verdict.ts'
import type { MessageLine, MessagePurpose, MessageState } from './message.ts'
import { type MessageReason, messageReasons } from './task-reason.ts'

const here = (transaction: Transaction, caseId: CaseId) =>
  sql`clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`

/** Who writes; nobody where the program carries over what was said at the referral. */
function actingPerson({ actor }: Transaction): PersonId | null {
  if (actor.kind === 'task' && actor.task === 'job-carry-over-contact') return null
  if (actor.kind !== 'person')
    throw new Fault('contact-needs-a-person', 'What is agreed with a client is written by a person.')
  return actor.personId
}

/** A revision of the safe contact plan, sealed, with who wrote it down; null where that name is not to be seen. */
export type PlanRow = {
  readonly revision: number
  readonly sealed: Buffer
  readonly at: Date
  readonly by: string | null
}

/** The newest safe contact plan of a case, sealed; null when nothing has been agreed. */
export async function loadPlanRow(transaction: Transaction, caseId: CaseId): Promise<PlanRow | null> {
  const found = await sql<Pick<Row<'contact_plan'>, 'revision' | 'sealed' | 'at'> & { by: string | null }>`
    select c.revision, c.sealed, c.at, p.name as by from unwatched.contact_plan c
    left join unwatched.person p on p.clinic_id = c.clinic_id and p.person_id = c.by_person
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId}
    order by c.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

export async function addPlanRow(
  transaction: Transaction,
  caseId: CaseId,
  row: { readonly revision: number; readonly sealed: Buffer },
): Promise<void> {
  await sql`insert into unwatched.contact_plan (clinic_id, case_id, revision, at, by_person, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${actingPerson(transaction)},
            ${row.sealed})`.execute(transaction.tables())
}

/**
 * Waits for anyone else who holds the contact gate of this case, until the transaction ends. While a message is on its
 * way out, nobody can change the plan or mark a channel; and while somebody does that, no message leaves.
 */
export function lockContactGate(transaction: Transaction, caseId: CaseId): Promise<void> {
  return lockForTransaction(transaction, 'door', caseId)
}

export type VerdictRow = SaidVerdict & { readonly channelId: string; readonly sealed: Buffer }

/** On each channel the newest word of people, and the newest of the access map; the map's alone where only it is open. */
export async function loadVerdicts(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, readonly VerdictRow[]>> {
  const found = await sql<
    Pick<
      Row<'channel_verdict'>,
      'channel_id' | 'verdict' | 'at' | 'sealed' | 'from_map' | 'counts_until' | 'by_rules' | 'carried_by'
    >
  >`select distinct on (channel_id, from_map) channel_id, verdict, at, sealed, from_map, counts_until, by_rules, carried_by
     from unwatched.channel_verdict where ${here(transaction, caseId)}
     order by channel_id, from_map, verdict_id desc`.execute(transaction.tables())
  const byChannel = new Map<string, VerdictRow[]>()
  for (const each of found.rows) {
    const row: VerdictRow = {
      channelId: each.channel_id,
      verdict: each.verdict,
      at: each.at,
      sealed: each.sealed,
      fromMap: each.from_map,
      countsUntil: each.counts_until,
      byRules: each.by_rules,
      carriedBy: each.carried_by,
    }
    byChannel.set(row.channelId, [...(byChannel.get(row.channelId) ?? []), row])
  }
  return byChannel
}

export async function addVerdict(
  transaction: Transaction,
  caseId: CaseId,
  row: {
    readonly channelId: string
    readonly verdict: RecordedVerdict['verdict']
    readonly fromMap: boolean
    readonly countsUntil: Date | null
    readonly byRules: string | null
    readonly carriedBy: CarriedBy | null
    readonly sealed: Buffer
  },
): Promise<void> {
  // The map's word is the program's where it was calculated again before a sending.
  const isProgram = row.fromMap && transaction.actor.kind === 'task'
  const by = isProgram ? null : actingPerson(transaction)
  await sql`insert into unwatched.channel_verdict (clinic_id, case_id, channel_id, verdict, from_map, at, by_person,
      counts_until, by_rules, carried_by, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.channelId}, ${row.verdict}, ${row.fromMap},
            ${transaction.now}, ${by}, ${row.countsUntil}, ${row.byRules}, ${row.carriedBy}, ${row.sealed})`.execute(
    transaction.tables(),
  )
}

/**
 * Whether the database would now let something wait on a channel, or leave by it; the case is open for its contact or
 * map.
 */
export async function isChannelOpen(
  transaction: Transaction,
  caseId: CaseId,
  channelId: string,
): Promise<boolean> {
  const found = await sql<{ open: boolean }>`
    select unwatched.is_channel_open(${caseId}, ${channelId}) as open`.execute(transaction.tables())
  return found.rows[0]?.open ?? false
}

/** Adds a message that was asked for; false when the same was asked before and is waiting, or has left. */
export async function addMessage(
  transaction: Transaction,
  caseId: CaseId,
  message: {
    readonly messageId: MessageId
    readonly purpose: MessagePurpose
    readonly channelId: string
    readonly about: string
    readonly aboutAt: Date
    readonly state: 'waiting' | 'refused'
    readonly because: MessageReason | null
  },
): Promise<boolean> {
  const done =
    await sql`insert into unwatched.message (clinic_id, case_id, message_id, purpose, channel_id, about_sealed, about,
      asked_at, asked_by, state, because, changed_at)
    values (${transaction.actor.clinicId}, ${caseId}, ${message.messageId}, ${message.purpose}, ${message.channelId},
            ${sealAboutAt(transaction, message.messageId, message.aboutAt)}, ${message.about}, ${transaction.now}, ${actingPerson(transaction)}, ${message.state},
            ${message.because}, ${transaction.now})
    on conflict do nothing`.execute(transaction.tables())
  return (done.numAffectedRows ?? 0n) > 0n
}

const messagePlace = ({ actor }: ContactKeyHolder, messageId: MessageId) => ({
  clinicId: actor.clinicId,
  kind: 'message',
  id: messageId,
})
const aboutSize = 64
const aboutSchema = z.object({ at: z.iso.datetime() })

/** What a message is about tells when somebody is expected: it lies sealed. */
export function sealAboutAt(holder: ContactKeyHolder, messageId: MessageId, at: Date): Buffer {
  return sealBody(holder.clinicKey(), messagePlace(holder, messageId), { at: at.toISOString() }, aboutSize)
}

function openAboutAt(holder: ContactKeyHolder, messageId: MessageId, sealed: Buffer): Date {
  return new Date(aboutSchema.parse(openBody(holder.clinicKey(), messagePlace(holder, messageId), sealed)).at)
}

export type ContactKeyHolder = Pick<Transaction, 'clinicKey'> & {
  readonly actor: { readonly clinicId: ClinicId }
}

type MessageRow = Pick<
  Row<'message'>,
  | 'message_id'
  | 'purpose'
  | 'channel_id'
  | 'about_sealed'
  | 'about'
  | 'asked_at'
  | 'state'
  | 'because'
  | 'attempts'
  | 'changed_at'
>

const lineOf = (transaction: Transaction, row: MessageRow): MessageLine => ({
  messageId: row.message_id,
  purpose: row.purpose,
  channelId: row.channel_id,
  aboutAt: openAboutAt(transaction, row.message_id, row.about_sealed),
  about: row.about,
  askedAt: row.asked_at,
  state: row.state,
  because: row.because === null ? null : readWord(messageReasons, row.because),
  attempts: row.attempts,
  changedAt: row.changed_at,
})

const messageColumns = sql`message_id, purpose, channel_id, about_sealed, about, asked_at, state, because, attempts, changed_at`

/** A message, held until the transaction ends so that no two jobs send it. */
export async function takeMessage(
  transaction: Transaction,
  caseId: CaseId,
  messageId: MessageId,
): Promise<MessageLine | null> {
  const found = await sql<MessageRow>`select ${messageColumns} from unwatched.message
    where ${here(transaction, caseId)} and message_id = ${messageId} for update`.execute(transaction.tables())
  return found.rows[0] ? lineOf(transaction, found.rows[0]) : null
}

/** What was asked for and what became of it, the newest first. */
export async function loadMessages(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly MessageLine[]> {
  const found = await sql<MessageRow>`select ${messageColumns} from unwatched.message
    where ${here(transaction, caseId)} order by asked_at desc, message_id limit 200`.execute(
    transaction.tables(),
  )
  return found.rows.map(row => lineOf(transaction, row))
}

export async function changeMessage(
  transaction: Transaction,
  caseId: CaseId,
  messageId: MessageId,
  change: {
    readonly state: MessageState
    readonly because: MessageReason | null
    readonly attempts?: number
  },
): Promise<void> {
  await sql`update unwatched.message set state = ${change.state}, because = ${change.because},
      attempts = coalesce(${change.attempts ?? null}::integer, attempts), changed_at = ${transaction.now}
    where ${here(transaction, caseId)} and message_id = ${messageId}`.execute(transaction.tables())
}

/** Stops everything that waits on a channel, with its contact or the map open to change; returns those messages. */
export async function stopWaiting(
  transaction: Transaction,
  caseId: CaseId,
  channelId: string,
  because: MessageReason,
): Promise<readonly MessageId[]> {
  const found = await sql<{
    message_id: MessageId
  }>`select unwatched.stop_waiting(${caseId}, ${channelId}, ${because}) as message_id`.execute(
    transaction.tables(),
  )
  return found.rows.map(row => row.message_id)
}

/** Stops everything that waits, or was taken up, about one thing; returns those messages. */
export async function stopAbout(
  transaction: Transaction,
  caseId: CaseId,
  about: string,
  because: MessageReason,
): Promise<readonly { readonly messageId: MessageId; readonly wasTakenUp: boolean }[]> {
  const found = await sql<
    Pick<Row<'message'>, 'message_id'> & { was: MessageState }
  >`with before as materialized (
      select message_id, state from unwatched.message
      where ${here(transaction, caseId)} and starts_with(about, ${about}) and state in ('waiting', 'sending')
      for update)
    update unwatched.message m set state = 'stopped', because = ${because}, changed_at = ${transaction.now}
    from before where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}
      and m.message_id = before.message_id
    returning m.message_id, before.state as was`.execute(transaction.tables())
  return found.rows.map(row => ({ messageId: row.message_id, wasTakenUp: row.was === 'sending' }))
}
