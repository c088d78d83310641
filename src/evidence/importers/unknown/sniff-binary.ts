import { gunzipSync } from 'node:zlib'

/** What kind of binary file this is by its first bytes, where only the content of its beginning tells; or null. */
export function sniffBinary(head: Buffer, name: string): string | null {
  const starts = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text
  const holds = (text: string) => head.includes(text, 0, 'latin1')
  if (starts('ANDROID BACKUP\n')) return 'android-backup'
  if (starts('!BDN')) return 'pst'
  if (starts('mbdb\x05\x00')) return 'iphone-backup'
  if (starts('bplist00'))
    return ['BackupKeyBag', 'SnapshotState', 'IsFullBackup'].some(holds) ? 'iphone-backup' : 'plist'
  if (starts('SQLite format 3\0')) return sniffDatabase(holds)
  // [MS-CFB] 2.2 and [MS-OXMSG] 2.2: an Outlook message names its streams so, in UTF-16
  if (starts('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    const named = head.includes(Buffer.from('__properties_version1.0', 'utf16le'))
    return named || head.includes(Buffer.from('__substg1.0_', 'utf16le')) || /\.msg$/i.test(name)
      ? 'msg'
      : null
  }
  if (starts('\x78\x9f\x3e\x22')) return 'tnef'
  if (isSignalBackup(head)) return 'signal-backup'
  if (starts('\x1f\x8b')) return isWarc(head) ? 'warc' : null
  // Fewer bytes than one page has are no recording.
  if (starts('OggS') && head.length < 27) return 'ogg-beginning'
  return null
}

function sniffDatabase(holds: (text: string) => boolean): string {
  if (holds('CREATE TABLE Files (fileID')) return 'iphone-backup'
  if (holds('ZWAMESSAGE') || (holds('message_media') && holds('jid'))) return 'whatsapp-database'
  return holds('chat_message_join') || holds('chat_handle_join') ? 'sms-database' : 'sqlite'
}

// Signal Android, Backups.proto: a length, then a frame that holds a header of a vector of 16 and a salt of 32 bytes
function isSignalBackup(head: Buffer): boolean {
  if (head.length < 58 || head.readUInt16BE(0) !== 0 || head[2] !== 0) return false
  const frame = head[3] ?? 0
  return (
    frame >= 0x36 &&
    frame <= 0x48 &&
    head[4] === 0x0a &&
    head[5] === frame - 2 &&
    head[6] === 0x0a &&
    head[7] === 0x10 &&
    head[24] === 0x12 &&
    head[25] === 0x20
  )
}

function isWarc(head: Buffer): boolean {
  try {
    // The beginning of a packed file ends in the middle: what could be unpacked is enough.
    const text = gunzipSync(head, { finishFlush: 2, maxOutputLength: 16_777_216 })
    return /^WARC\/\d\.\d+\r?\n/.test(text.toString('latin1', 0, 16))
  } catch {
    return false
  }
}
