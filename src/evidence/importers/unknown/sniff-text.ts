import { sniffJson } from './sniff-json.ts'

/** What kind of text this is by its beginning; the name only tells tables from other text. */
export function sniffUnknownText(text: string, name: string): string {
  const start = text.replace(/^[\s\ufeff]+/, '')
  if (start.startsWith('%PDF-')) return 'pdf'
  const marked = sniffMarkup(start)
  if (marked) return marked
  if (/^WARC\/\d\.\d+\r?\n/.test(start)) return 'warc'
  if (/^window\.YTD\.\w+\.part\d+\s*=/.test(start)) return 'x-archive'
  if (/^ANDROID BACKUP\n\d+\n/.test(start)) return 'android-backup'
  if (/^From \S+ .*\d{4}\r?$/m.test(start.split('\n')[0] ?? '')) return 'mbox'
  const mail = sniffMail(start)
  if (mail) return mail
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'ics'
  if (/^BEGIN:VCARD/i.test(start)) return 'vcf'
  if (/^={10,}\r?\nGuild: .*\r?\nChannel: /.test(start)) return 'discord-exporter'
  if (/^\ufeff?"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?,/.test(start)) return 'discord-exporter'
  if (/^ID,Timestamp,Contents,Attachments\r?\n/.test(start)) return 'discord-package'
  if (/^You have encrypted Timeline backups stored on Google servers/i.test(start))
    return 'timeline-placeholder'
  if (/^(?:\{\s*(?:"|\})|\[\s*(?:[{"[\]]|true|false|null))/.test(start)) return sniffJson(start)
  if (/\.csv$/i.test(name) && /^[^\n]*[,;\t]/.test(start)) return 'csv'
  return 'text'
}

// RFC 5322, 2.2; RFC 2557 for a page saved with what belongs to it
function sniffMail(start: string): string | null {
  const head = start.slice(0, 16_384).split(/\r?\n\r?\n/)[0] ?? ''
  if (!/^[A-Za-z][\w-]{1,60}:[ \t]/.test(head)) return null
  const saved = /^From: <?saved by/im.test(head) || /^Snapshot-Content-Location:/im.test(head)
  const related = /^Content-Type:\s*multipart\/related/im.test(head)
  if (related && (saved || /type="?text\/html/i.test(head))) {
    if (saved || !/^(?:Received|Message-ID|To):/im.test(head)) return 'mhtml'
  }
  const names = head.match(
    /^(?:Received|From|Date|Message-ID|MIME-Version|Subject|To|Return-Path|Delivered-To):/gim,
  )
  return (names?.length ?? 0) >= 2 ? 'eml' : null
}

function sniffMarkup(start: string): string | null {
  if (!start.startsWith('<')) return null
  const body = start
    .replace(/^<\?xml[^>]{0,200}\?>\s*/i, '')
    .replace(/^(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*){1,8}/, '')
  if (/^(?:<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(body)) return 'svg'
  if (/^<(?:smses|calls)[\s>]/.test(body)) return 'sms-backup-restore'
  if (/^<!doctype plist/i.test(body) || body.startsWith('<plist'))
    return /<key>(?:BackupKeyBag|Target Identifier|Last Backup Date|SnapshotState|IsFullBackup)<\/key>/.test(
      start,
    )
      ? 'iphone-backup'
      : 'xml'
  if (/^<(?:!doctype html|html|head|body|script|iframe)[\s>]/i.test(body)) return sniffPage(start)
  return start.startsWith('<?xml') || /^<[a-z][\w:.-]*[\s>]/i.test(body) ? 'xml' : null
}

/** Pages that programs write of a chat are known by the classes they give its parts. */
function sniffPage(start: string): string {
  if (/class="page_wrap/.test(start) && /class="(?:page_header|page_body|history)/.test(start))
    return 'telegram-html'
  if (/class="?(?:chatlog__|preamble__)|DiscordChatExporter/.test(start)) return 'discord-exporter'
  if (/class="[^"]*(?:_a6-g|_a6-p|_3-95|uiBoxWhite)/.test(start)) return 'meta-html'
  if (/class="outer-cell mdl-cell/.test(start)) return 'my-activity-html'
  return 'html'
}
