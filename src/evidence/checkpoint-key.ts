import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import {
  type Checkpoint,
  isKeyName,
  readBase64,
  type SignedCheckpoint,
  writeCheckpointText,
} from './checkpoint.ts'

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
  if (!isUnder(checkpoint.origin, signer.name))
    throw new TypeError('checkpoint: the log is not under this clinic')
  const text = writeCheckpointText(checkpoint)
  const keyId = keyIdOf({ name: checkpoint.origin, publicKey: signer.publicKey })
  const bytes = Buffer.concat([Buffer.from(keyId, 'hex'), signer.sign(Buffer.from(text, 'utf8'))])
  return `${text}\n\u2014 ${checkpoint.origin} ${bytes.toString('base64')}\n`
}

/** True when the holder of the key signed exactly this checkpoint, for a log that lies under the key's name. */
export function isSignedBy(signed: SignedCheckpoint, key: VerifierKey): boolean {
  const { origin } = signed.checkpoint
  if (!isUnder(origin, key.name)) return false
  const keyId = keyIdOf({ name: origin, publicKey: key.publicKey })
  const message = Buffer.from(signed.text, 'utf8')
  return signed.signatures.some(
    line =>
      line.name === origin &&
      line.keyId === keyId &&
      line.signature.length === 64 &&
      verify(null, message, publicKeyObject(key.publicKey), line.signature),
  )
}

/** The 32 bytes of an Ed25519 public key. Throws on a key of another kind. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('checkpoint: the key is not an Ed25519 key')
  return new Uint8Array(Buffer.from(x, 'base64url'))
}

// RFC 8037, section 2
function publicKeyObject(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

const isUnder = (origin: string, name: string) => origin === name || origin.startsWith(`${name}/`)
