import { createHash, type KeyObject } from 'node:crypto'
import { type Checkpoint, type SignedCheckpoint, writeCheckpointText } from './checkpoint.ts'
import { isKeyName, isNoteSignedBy, readBase64, type SignedNote, writeNote } from './signed-note.ts'

/** A public key somebody may hold: the name it signs under and its 32 bytes. */
export type VerifierKey = { readonly name: string; readonly publicKey: Uint8Array }

/** What signs: the clinic's name, its public key, and a function that signs with the private one. */
export type CheckpointSigner = VerifierKey & { readonly sign: (message: Uint8Array) => Uint8Array }

/** The signature type of Ed25519 in a signed note. */
// C2SP signed-note, "Signature types"
const ed25519Type = 0x01

/** The eight hexadecimal digits that name a key in a signature line. */
// C2SP signed-note: SHA-256 of the key name, a newline, the signature type and the public key, cut to four bytes
export function keyIdOf({ name, publicKey }: VerifierKey): string {
  const hash = createHash('sha256').update(`${name}\n`, 'utf8')
  return hash.update(Uint8Array.of(ed25519Type)).update(publicKey).digest('hex').slice(0, 8)
}

/** "name+0a1b2c3d+base64": the text of a public key that a person keeps and hands to the verifier. */
// C2SP signed-note, "Verifier keys"
export function writeVerifierKey(key: VerifierKey): string {
  if (!isKeyName(key.name) || key.publicKey.length !== 32)
    throw new TypeError('checkpoint: no such verifier key')
  const bytes = Buffer.concat([Uint8Array.of(ed25519Type), key.publicKey])
  return `${key.name}+${keyIdOf(key)}+${bytes.toString('base64')}`
}

/** Reads a verifier key, with white space around it; null when the text is anything else or its id does not fit. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const found = /^(\S+?)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim())
  const [, name = '', keyId = '', base64 = ''] = found ?? []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ed25519Type) return null
  const key = { name, publicKey: new Uint8Array(bytes.subarray(1)) }
  return keyIdOf(key) === keyId ? key : null
}

/**
 * Signs a checkpoint. The name in the signature is the origin of the log, so that each case has its own key id
 * under the one key of the clinic; the origin must lie under the clinic's name. Throws when it does not.
 */
// C2SP tlog-checkpoint: the log's own signature carries the origin as its key name
export function signCheckpoint(checkpoint: Checkpoint, signer: CheckpointSigner): string {
  return signText(writeCheckpointText(checkpoint), checkpoint.origin, signer)
}

/** True when the holder of the key signed exactly this checkpoint, for a log that lies under the key's name. */
export function isSignedBy(signed: SignedCheckpoint, key: VerifierKey): boolean {
  return isTextSignedBy(signed, signed.checkpoint.origin, key)
}

/** Signs a text that speaks of the log with this origin. What the text is must stand in its first line. */
export function signText(text: string, origin: string, signer: CheckpointSigner): string {
  if (!isUnder(origin, signer.name)) throw new TypeError('checkpoint: the log is not under this clinic')
  const keyId = keyIdOf({ name: origin, publicKey: signer.publicKey })
  return writeNote(text, {
    name: origin,
    keyId,
    signature: Buffer.from(signer.sign(Buffer.from(text, 'utf8'))),
  })
}

/** True when the holder of the key signed exactly this text, for a log that lies under the key's name. */
export function isTextSignedBy(note: SignedNote, origin: string, key: VerifierKey): boolean {
  if (!isUnder(origin, key.name)) return false
  const keyId = keyIdOf({ name: origin, publicKey: key.publicKey })
  return isNoteSignedBy(note, { name: origin, keyId, publicKey: key.publicKey })
}

/** The 32 bytes of an Ed25519 public key. Throws on a key of another kind. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('checkpoint: the key is not an Ed25519 key')
  return new Uint8Array(Buffer.from(x, 'base64url'))
}

const isUnder = (origin: string, name: string) => origin === name || origin.startsWith(`${name}/`)
