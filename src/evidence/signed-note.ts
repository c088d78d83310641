import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** A signature line of a signed note, not yet checked. */
export type NoteSignature = { readonly name: string; readonly keyId: string; readonly signature: Buffer }

/** A note that was read: the exact text that was signed, and who is said to have signed it. */
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] }

/**
 * Reads a signed note strictly: no other line ends, no padding, no control characters. Answers null for anything
 * else. The signatures are only read here.
 */
// C2SP signed-note, "Format"
export function parseNote(note: string): SignedNote | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) return null
  const signatures: NoteSignature[] = []
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const signature = parseSignatureLine(line)
    if (!signature) return null
    signatures.push(signature)
  }
  // C2SP signed-note: a verifier may bound the signatures it looks at
  return signatures.length <= 16 ? { text: note.slice(0, end + 1), signatures } : null
}

/** The text with the signature line of one signer below it. */
// C2SP signed-note: an em dash, a space, the key name, a space, base64 of four bytes of key id and the signature
export function writeNote(text: string, by: NoteSignature): string {
  const bytes = Buffer.concat([Buffer.from(by.keyId, 'hex'), by.signature])
  return `${text}\n\u2014 ${by.name} ${bytes.toString('base64')}\n`
}

/** True when one of the signatures is of this name and key id, and the key made it over exactly this text. */
export function isNoteSignedBy(
  { text, signatures }: SignedNote,
  by: { readonly name: string; readonly keyId: string; readonly publicKey: Uint8Array },
): boolean {
  const message = Buffer.from(text, 'utf8')
  return signatures.some(
    line =>
      line.name === by.name &&
      line.keyId === by.keyId &&
      line.signature.length === 64 &&
      verify(null, message, publicKeyObject(by.publicKey), line.signature),
  )
}

/** True for a name that a signed note may carry: not empty, no white space, no plus sign. */
// C2SP signed-note, "Signatures": key names
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\u0000-\u001f\u007f\ud800-\udfff]/u.test(name)
}

/** Bytes of standard base64 with its padding, or null when another text would give the same bytes. */
export function readBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [, name = '', base64 = ''] = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || !bytes || bytes.length < 5) return null
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
}

// RFC 8037, section 2
function publicKeyObject(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
