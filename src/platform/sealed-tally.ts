import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { Clinic } from './clinic.ts'
import type { Transaction } from './database.ts'
import { Fault } from './fault.ts'
import { deriveSecret } from './keys.ts'
import type { Tables } from './schema.ts'
import { openBytes, sealBytes } from './seal-bytes.ts'

/** What came from one place in one hour or day. */
export type Tally = {
  readonly count: number
  readonly lastAt: Date | null
  /** A number drawn at random that stands for the place for as long as the tally lasts: 64 hexadecimal digits. */
  readonly group: Sha256 | null
}

/** What is counted, and over which stretch of UTC. */
export type TallyPlace = { readonly words: readonly string[]; readonly per: 'hour' | 'day' }

type TallyTables = Pick<Tables, 'origin_tally'>

const lengths = { hour: 3_600_000, day: 86_400_000 } as const
const nothing: Tally = { count: 0, lastAt: null, group: null }

/** The name of a tally: a keyed digest that is another in every hour or day, and the end of that. */
export function nameTally(
  key: Uint8Array,
  { words, per }: TallyPlace,
  now: Date,
): { readonly digest: Sha256; readonly endsAt: Date } {
  const period = Math.floor(now.getTime() / lengths[per])
  return {
    digest: createHmac('sha256', key)
      .update(JSON.stringify([per, period, ...words]))
      .digest('hex') as Sha256,
    endsAt: new Date((period + 1) * lengths[per]),
  }
}

/**
 * Counts what comes from a place so that a thief of the database learns nothing by sending something from there
 * themselves: a tally names no case and no instant, what it counts lies sealed, and no two periods are alike (S8).
 */
export class SealedTallies {
  readonly #key: Buffer
  readonly #transaction: Transaction

  constructor(clinic: Pick<Clinic, 'key'>, transaction: Transaction) {
    this.#key = deriveSecret(clinic.key, 'origin-tallies')
    this.#transaction = transaction
  }

  get #tables() {
    return this.#transaction.tables<TallyTables>()
  }

  #name(place: TallyPlace) {
    return nameTally(this.#key, place, this.#transaction.now)
  }

  /** Holds back everybody else who counts at this place until the transaction ends. */
  async lock(place: TallyPlace): Promise<void> {
    const name = `${this.#transaction.actor.clinicId} ${this.#name(place).digest}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(this.#tables)
  }

  async load(place: TallyPlace): Promise<Tally> {
    const { digest } = this.#name(place)
    const row = await this.#tables
      .selectFrom('origin_tally')
      .select('sealed')
      .where('clinic_id', '=', this.#transaction.actor.clinicId)
      .where('digest', '=', digest)
      .executeTakeFirst()
    return row ? readTally(openBytes(this.#key, this.#purpose(digest), row.sealed)) : nothing
  }

  async keep(place: TallyPlace, tally: Tally): Promise<void> {
    const { digest, endsAt } = this.#name(place)
    const sealed = sealBytes(this.#key, this.#purpose(digest), writeTally(tally))
    await this.#tables
      .insertInto('origin_tally')
      .values({ clinic_id: this.#transaction.actor.clinicId, digest, ends_at: endsAt, sealed })
      .onConflict(conflict => conflict.columns(['clinic_id', 'digest']).doUpdateSet({ sealed }))
      .execute()
  }

  async forget(place: TallyPlace): Promise<void> {
    await this.#tables
      .deleteFrom('origin_tally')
      .where('clinic_id', '=', this.#transaction.actor.clinicId)
      .where('digest', '=', this.#name(place).digest)
      .execute()
  }

  /** Takes away the tallies of hours and days that are over. */
  async forgetEnded(): Promise<void> {
    await sql`delete from unwatched.origin_tally where (clinic_id, digest) in (
      select clinic_id, digest from unwatched.origin_tally
      where clinic_id = ${this.#transaction.actor.clinicId} and ends_at <= ${this.#transaction.now}
      for update skip locked)`.execute(this.#tables)
  }

  #purpose(digest: Sha256): string {
    return `origin-tally ${this.#transaction.actor.clinicId} ${digest}`
  }
}

/** Always as many bytes: the count, the instant, and the group or nothing. */
function writeTally({ count, lastAt, group }: Tally): Buffer {
  const bytes = Buffer.alloc(45)
  bytes.writeUInt32BE(Math.min(count, 0xffff_ffff), 0)
  bytes.writeDoubleBE(lastAt?.getTime() ?? -1, 4)
  bytes.writeUInt8(group ? 1 : 0, 12)
  if (group) bytes.write(group, 13, 'hex')
  return bytes
}

function readTally(bytes: Buffer | null): Tally {
  if (bytes?.length !== 45)
    throw new Fault('tally-not-opened', 'A count of what came from a place could not be opened.')
  const at = bytes.readDoubleBE(4)
  return {
    count: bytes.readUInt32BE(0),
    lastAt: at < 0 ? null : new Date(at),
    group: bytes.readUInt8(12) === 1 ? (bytes.subarray(13).toString('hex') as Sha256) : null,
  }
}
