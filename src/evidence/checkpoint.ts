import { parseSha256, type Sha256 } from '../foundation/digest.ts'
import { isKeyName, parseNote, readBase64, type SignedNote } from './signed-note.ts'

/** The head of a log: whose log, how many lines, and the root of the tree over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Sha256 }

/** A checkpoint that was read: what it says, the exact text that was signed, and who is said to have signed. */
export type SignedCheckpoint = SignedNote & { readonly checkpoint: Checkpoint }

/** The text of a checkpoint, which is what is signed: origin, size and base64 root, a line each. */
// C2SP tlog-checkpoint, "Note text"
export function writeCheckpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || size < 0) {
    throw new TypeError('checkpoint: the origin or the size cannot be written')
  }
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
}

/**
 * Reads a signed checkpoint strictly: as a signed note, without leading zeros, without extension lines (this clinic
 * writes none). Answers null for anything else. The signatures are only read here.
 */
// C2SP tlog-checkpoint, "Note text"
export function parseCheckpoint(note: string): SignedCheckpoint | null {
  const read = parseNote(note)
  const found = read && /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(read.text)
  if (!found) return null
  const [, origin = '', digits = '', base64 = ''] = found
  const size = Number(digits)
  const root = parseSha256(readBase64(base64)?.toString('hex') ?? '')
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || !root) return null
  return { checkpoint: { origin, size, root }, ...read }
}
