import { randomBytes } from 'node:crypto'
import type { Bound } from '../sealed-message.ts'

/**
 * What stands in clear around the sealed part of a backup: three lines before it, one after it. The lines before are
 * bound into the seal; the one after finds out at once that a copy was cut short.
 */
export type Envelope = { readonly keyId: string; readonly backupId: string }

const firstLine = 'unwatched backup 1\n'
/** How long the lines before the sealed part are, always. */
export const frontLength = firstLine.length + 'key '.length + 17 + 'id '.length + 33 + 1
/** How long the line after it is, always. */
export const backLength = '\nend of the backup after '.length + 16 + '\n'.length

export function makeEnvelope(keyId: string): Envelope {
  return { keyId, backupId: randomBytes(16).toString('hex') }
}

export function writeFront({ keyId, backupId }: Envelope): Buffer {
  return Buffer.from(`${firstLine}key ${keyId}\nid ${backupId}\n\n`, 'latin1')
}

export function writeBack(sealedBytes: number): Buffer {
  return Buffer.from(`\nend of the backup after ${String(sealedBytes).padStart(16, '0')}\n`, 'latin1')
}

/** What the front says: an envelope, a version of the format that is not ours, or nothing of the kind. */
export function readFront(front: Buffer): Envelope | 'another-version' | 'not-a-backup' {
  const text = front.toString('latin1')
  const found = /^unwatched backup (\d{1,6})\n/.exec(text)
  if (!found) return 'not-a-backup'
  if (found[1] !== '1') return 'another-version'
  const lines = /^.*\nkey ([0-9a-f]{16})\nid ([0-9a-f]{32})\n\n$/.exec(text)
  return lines ? { keyId: lines[1] ?? '', backupId: lines[2] ?? '' } : 'not-a-backup'
}

/** True when the last line is there and says how much came before it. */
export function isBackOf(back: Buffer, sealedBytes: number): boolean {
  return back.equals(writeBack(sealedBytes))
}

export function boundOf({ keyId, backupId }: Envelope): Bound {
  return { kind: 'backup', keyId, name: backupId }
}
