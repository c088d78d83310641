import { randomBytes } from 'node:crypto'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ClinicId = Branded<'ClinicId'>
export type AgencyId = Branded<'AgencyId'>
export type PersonId = Branded<'PersonId'>
/** A referral and the case it becomes are one file under one id, so keys, bars and reads never change hands. */
export type CaseId = Branded<'CaseId'>
export type ItemId = Branded<'ItemId'>
export type ArrivalId = Branded<'ArrivalId'>
export type RecordId = Branded<'RecordId'>
export type IdentityId = Branded<'IdentityId'>
export type SuspectId = Branded<'SuspectId'>
export type IncidentId = Branded<'IncidentId'>
export type ConsentId = Branded<'ConsentId'>
export type ExceptionId = Branded<'ExceptionId'>
export type BundleId = Branded<'BundleId'>
export type MessageId = Branded<'MessageId'>
export type TaskId = Branded<'TaskId'>
export type KeyId = Branded<'KeyId'>
export type LinkRequestId = Branded<'LinkRequestId'>
export type AppointmentId = Branded<'AppointmentId'>
export type HoursId = Branded<'HoursId'>
export type AbsenceId = Branded<'AbsenceId'>
export type CardId = Branded<'CardId'>
export type ActionId = Branded<'ActionId'>
export type OrderId = Branded<'OrderId'>
export type TermId = Branded<'TermId'>
export type DiaryEntryId = Branded<'DiaryEntryId'>
export type PhraseUseId = Branded<'PhraseUseId'>
export type PhraseAccessId = Branded<'PhraseAccessId'>
export type DeviceCheckId = Branded<'DeviceCheckId'>
export type SessionId = Branded<'SessionId'>
export type ClearingId = Branded<'ClearingId'>

/** Every kind of id there is; each is a UUID in the database. */
export type AnyId =
  | ClinicId
  | AgencyId
  | PersonId
  | CaseId
  | ItemId
  | ArrivalId
  | RecordId
  | IdentityId
  | SuspectId
  | IncidentId
  | ConsentId
  | ExceptionId
  | BundleId
  | MessageId
  | TaskId
  | KeyId
  | LinkRequestId
  | AppointmentId
  | HoursId
  | AbsenceId
  | CardId
  | ActionId
  | OrderId
  | TermId
  | DiaryEntryId
  | PhraseUseId
  | PhraseAccessId
  | DeviceCheckId
  | SessionId
  | ClearingId

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Reads an id as it was sent: a lower-case UUID, or null when the text is anything else.
 */
export function parseId<Id extends AnyId>(text: string): Id | null {
  return uuidShape.test(text) ? (text as Id) : null
}

/**
 * Makes a version 7 UUID: 48 bits of milliseconds since 1970, then 74 random bits.
 * Time and chance are arguments so that rules and tests can decide both.
 */
// RFC 9562, section 5.7
export function makeId<Id extends AnyId>(now: Date, random: (size: number) => Uint8Array = randomBytes): Id {
  const bytes = new Uint8Array(16)
  const milliseconds = now.getTime()
  for (let index = 0; index < 6; index += 1) {
    bytes[index] = Math.floor(milliseconds / 2 ** (8 * (5 - index))) & 0xff
  }
  bytes.set(random(10).subarray(0, 10), 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f) // index 6 exists: the array has sixteen bytes
  bytes[8] = 0x80 | (bytes[8]! & 0x3f) // as above
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
}
