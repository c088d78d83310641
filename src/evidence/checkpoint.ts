import { parseSha256, type Sha256 } from '../foundation/digest.ts'

/** The head of a log: whose log, how many lines, and the root of the tree over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Sha256 }

/** A signature line of a signed note, not yet checked. */
export type NoteSignature = { readonly name: string; readonly keyId: string; readonly signature: Buffer }

/** A checkpoint that was read: what it says, the exact text that was signed, and who is said to have signed. */
export type SignedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** The text of a checkpoint, which is what is signed: origin, size and base64 root, a line each. */
// C2SP tlog-checkpoint, "Note text"
export function writeCheckpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || size < 0) {
    throw new TypeError('checkpoint: the origin or the size cannot be written')
  }
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
}

/**
 * Reads a signed checkpoint strictly: no other line ends, no padding, no leading zeros, no control characters,
 * no extension lines (this clinic writes none). Answers null for anything else. The signatures are only read here.
 */
// C2SP signed-note, "Format"; C2SP tlog-checkpoint, "Note text"
export function parseCheckpoint(note: string): SignedCheckpoint | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) return null
  const text = note.slice(0, end + 1)
  const found = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  if (!found) return null
  const [, origin = '', digits = '', base64 = ''] = found
  const size = Number(digits)
  const root = parseSha256(readBase64(base64)?.toString('hex') ?? '')
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || !root) return null
  const signatures: NoteSignature[] = []
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const signature = parseSignatureLine(line)
    if (!signature) return null
    signatures.push(signature)
  }
  // C2SP signed-note: a verifier may bound the signatures it looks at
  return signatures.length <= 16 ? { checkpoint: { origin, size, root }, text, signatures } : null
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

// C2SP signed-note: an em dash, a space, the key name, a space, base64 of four bytes of key id and the signature
function parseSignatureLine(line: string): NoteSignature | null {
  const [, name = '', base64 = ''] = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || !bytes || bytes.length < 5) return null
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
}
