import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  webcrypto,
} from 'node:crypto'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'

/**
 * What a sealed thing is bound to. It is written in clear in the head of the sealed message and authenticated, so the
 * message opens only as what it was sealed as. It holds ids alone, never a word about anybody.
 */
export type Bound =
  | {
      readonly clinicId: ClinicId
      readonly caseId: CaseId
      readonly kind: 'blob'
      /** The blob's id. */
      readonly name: string
    }
  | {
      /** A backup of everything: it belongs to no one case. */
      readonly kind: 'backup'
      /** The name of the clinic's key that its own key comes from. */
      readonly keyId: string
      /** The backup's own id. */
      readonly name: string
    }

/** What is sealed and checked at a time: 1 MiB measured fastest (decision 3). */
export const frameLength = 1024 * 1024

/** The bytes of a GCM tag. */
export const tagLength = 16

// AWS Encryption SDK message format reference, "Header structure", version 2; suite 0x0478 is AES-256-GCM with
// HKDF-SHA-512 and key commitment, without a signature
const start = Buffer.of(2, 0x04, 0x78)
const framedContent = 2
const keyLength = 32
const ivLength = 12
const messageIdLength = 32
const wrappedLength = keyLength + tagLength

/** A message that is being written or read: its id, and the key that its frames are sealed with. */
export type MessageKey = { readonly messageId: Buffer; readonly sealing: webcrypto.CryptoKey }

/** Begins a message: a data key of its own, wrapped by the secret, and the head that tells how it is opened. */
export async function beginMessage(
  secret: Buffer,
  bound: Bound,
): Promise<{ readonly head: Buffer; readonly key: MessageKey }> {
  const dataKey = randomBytes(keyLength)
  const messageId = randomBytes(messageIdLength)
  const iv = randomBytes(ivLength)
  const context = contextOf(bound)
  const wrapping = createCipheriv('aes-256-gcm', secret, iv).setAAD(context)
  const wrapped = Buffer.concat([wrapping.update(dataKey), wrapping.final(), wrapping.getAuthTag()])
  const { sealing, commitment } = deriveKeys(dataKey, messageId)
  const body = writeBody(bound, { messageId, iv, wrapped, commitment })
  const tag = createCipheriv('aes-256-gcm', sealing, headIv).setAAD(body)
  tag.final()
  const head = Buffer.concat([body, tag.getAuthTag()])
  return { head, key: { messageId, sealing: await importKey(sealing, 'encrypt') } }
}

/** How many bytes the head of a message is that is bound to this. */
export function messageHeadLength(bound: Bound): number {
  return writeBody(bound, emptyParts).length + tagLength
}

/**
 * Opens the head of a message. Throws `seal-of-another` when it was sealed as something else, and `seal-broken` when
 * it is no head of ours, was altered, or was sealed with another key.
 */
export async function openMessage(secret: Buffer, bound: Bound, head: Buffer): Promise<MessageKey> {
  const parts = readBody(bound, head)
  const body = head.subarray(0, -tagLength)
  // Whatever is not one of the parts is the same in every message that is bound to this.
  if (!parts || !body.equals(writeBody(bound, parts))) throw sayWhy(bound, head)
  const { messageId, iv, wrapped, commitment } = parts
  const dataKey = openTagged(secret, iv, contextOf(bound), wrapped)
  const derived = deriveKeys(dataKey, messageId)
  // A message opens under one key only, so nobody can make one that two keys open to different things.
  if (!timingSafeEqual(derived.commitment, commitment)) throw broken('it does not commit to its key')
  openTagged(derived.sealing, headIv, body, head.subarray(-tagLength))
  return { messageId, sealing: await importKey(derived.sealing, 'decrypt') }
}

/** What stands before the sealed bytes of a frame, counted from 1. The last also tells how long it is. */
// AWS Encryption SDK message format reference, "Framed data"
export function frameHead(sequence: number, last: number | null): Buffer {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(sequence)
  if (last === null) return Buffer.concat([number, ivOfFrame(sequence)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(last)
  return Buffer.concat([lastMark, number, ivOfFrame(sequence), length])
}

/** What the last frame begins with, where others have their number. */
export const lastMark = Buffer.alloc(4, 0xff)

/** How a frame is sealed and opened: its nonce, which is its number, and what is authenticated with it. */
// AWS Encryption SDK body AAD reference
export function frameCipher(
  { messageId }: MessageKey,
  sequence: number,
  length: number,
  isLast: boolean,
): webcrypto.AesGcmParams {
  const numbers = Buffer.alloc(12)
  numbers.writeUInt32BE(sequence)
  numbers.writeBigUInt64BE(BigInt(length), 4)
  const kind = isLast ? 'AWSKMSEncryptionClient Final Frame' : 'AWSKMSEncryptionClient Frame'
  return {
    name: 'AES-GCM',
    iv: ivOfFrame(sequence),
    additionalData: Buffer.concat([messageId, Buffer.from(kind), numbers]),
  }
}

/** What was to be opened was altered, cut, sealed with another key, or is no message of ours. */
export function broken(how: string, cause?: unknown): Fault {
  return new Fault('seal-broken', `A sealed thing cannot be opened: ${how}.`, { cause })
}

/** The frames count from 1, so this one is the head's. */
const headIv = Buffer.alloc(ivLength)

function ivOfFrame(sequence: number): Buffer {
  const iv = Buffer.alloc(ivLength)
  iv.writeUInt32BE(sequence, ivLength - 4)
  return iv
}

type Parts = Readonly<Record<'messageId' | 'iv' | 'wrapped' | 'commitment', Buffer>>

const emptyParts: Parts = {
  messageId: Buffer.alloc(messageIdLength),
  iv: Buffer.alloc(ivLength),
  wrapped: Buffer.alloc(wrappedLength),
  commitment: Buffer.alloc(keyLength),
}

function writeBody(bound: Bound, { messageId, iv, wrapped, commitment }: Parts): Buffer {
  const context = contextOf(bound)
  const [namespace, name] =
    bound.kind === 'backup' ? ['unwatched-backup', bound.keyId] : ['unwatched-case', bound.caseId]
  // How a raw AES keyring names its key: the name, the bits of the tag, the bytes of the nonce, the nonce
  const keyInfo = Buffer.concat([Buffer.from(name), inFour(tagLength * 8), inFour(ivLength), iv])
  return Buffer.concat([
    ...[start, messageId, withLength(context)],
    ...[inTwo(1), withLength(Buffer.from(namespace)), withLength(keyInfo), withLength(wrapped)],
    ...[Buffer.of(framedContent), inFour(frameLength), commitment],
  ])
}

/** The parts at their places; null when there are not as many bytes as there should be. */
function readBody(bound: Bound, head: Buffer): Parts | null {
  if (head.length !== messageHeadLength(bound)) return null
  const end = head.length - tagLength
  const commitmentAt = end - keyLength
  const wrappedAt = commitmentAt - 4 - 1 - wrappedLength
  const ivAt = wrappedAt - 2 - ivLength
  return {
    messageId: head.subarray(start.length, start.length + messageIdLength),
    iv: head.subarray(ivAt, ivAt + ivLength),
    wrapped: head.subarray(wrappedAt, wrappedAt + wrappedLength),
    commitment: head.subarray(commitmentAt, end),
  }
}

function sayWhy(bound: Bound, head: Buffer): Fault {
  const context = contextOf(bound)
  const at = start.length + messageIdLength + 2
  const isOurs = head.subarray(0, start.length).equals(start)
  return isOurs && !head.subarray(at, at + context.length).equals(context)
    ? new Fault('seal-of-another', 'A sealed thing was sealed as something else.')
    : broken('its head is not one of ours')
}

/** What the message is bound to, in the order of the names. */
// AWS Encryption SDK message format reference, "AAD"
function contextOf(bound: Bound): Buffer {
  const pairs =
    bound.kind === 'backup'
      ? [
          ['key', bound.keyId],
          ['kind', bound.kind],
          ['name', bound.name],
        ]
      : [
          ['case', bound.caseId],
          ['clinic', bound.clinicId],
          ['kind', bound.kind],
          ['name', bound.name],
        ]
  return Buffer.concat([inTwo(pairs.length), ...pairs.flat().map(text => withLength(Buffer.from(text)))])
}

// AWS Encryption SDK algorithms reference, "Key commitment"
function deriveKeys(
  dataKey: Buffer,
  messageId: Buffer,
): { readonly sealing: Buffer; readonly commitment: Buffer } {
  const derive = (info: Buffer): Buffer =>
    Buffer.from(hkdfSync('sha512', dataKey, messageId, info, keyLength))
  return {
    sealing: derive(Buffer.concat([start.subarray(1), Buffer.from('DERIVEKEY')])),
    commitment: derive(Buffer.from('COMMITKEY')),
  }
}

function openTagged(key: Buffer, iv: Buffer, data: Buffer, sealed: Buffer): Buffer {
  try {
    const opening = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength }).setAAD(data)
    opening.setAuthTag(sealed.subarray(-tagLength))
    return Buffer.concat([opening.update(sealed.subarray(0, -tagLength)), opening.final()])
  } catch (cause) {
    throw broken('its head does not hold under this key', cause)
  }
}

function importKey(key: Buffer, use: 'encrypt' | 'decrypt'): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, [use])
}

function inTwo(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(number)
  return bytes
}

function inFour(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

function withLength(bytes: Buffer): Buffer {
  return Buffer.concat([inTwo(bytes.length), bytes])
}
