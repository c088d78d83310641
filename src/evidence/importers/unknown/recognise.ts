import { fileTypeFromBuffer } from 'file-type'

/** What a file is by its content. `importer` says whether some importer reads it. */
export type Recognised = { readonly format: string; readonly title: string }

const titles: Readonly<Record<string, string>> = {
  pdf: 'a PDF document',
  doc: 'a Word document',
  docx: 'a Word document',
  xlsx: 'an Excel workbook',
  pptx: 'a PowerPoint presentation',
  odt: 'an OpenDocument text',
  rtf: 'a rich text document',
  cfb: 'a Microsoft Office file or an Outlook message',
  sqlite: 'an SQLite database',
  eml: 'an email message',
  mbox: 'a mailbox',
  html: 'a web page (HTML)',
  mhtml: 'a saved web page (MHTML)',
  svg: 'a drawing that can run scripts (SVG)',
  json: 'JSON data',
  xml: 'an XML document',
  csv: 'a table (CSV)',
  ics: 'a calendar (ICS)',
  vcf: 'contact cards (vCard)',
  text: 'plain text',
  rar: 'a RAR archive',
  '7z': 'a 7-Zip archive',
  gz: 'a gzip file',
  tar: 'a tar archive',
  mp4: 'a video (MP4)',
  mov: 'a video (QuickTime)',
  '3gp': 'a video (3GP)',
  webm: 'a video (WebM)',
  opus: 'an audio recording (Opus)',
  ogg: 'an audio recording (Ogg)',
  m4a: 'an audio recording (M4A)',
  mp3: 'an audio recording (MP3)',
  amr: 'an audio recording (AMR)',
  empty: 'an empty file',
  unrecognised: 'a file of no kind we recognise',
}

/** Recognises a format by its content; the name is only used to tell plain text formats apart. */
export async function recogniseFormat(head: Uint8Array, name: string): Promise<Recognised> {
  if (head.length === 0) return titled('empty')
  const text = textOf(head)
  const sniffed = text === null ? null : sniffText(text, name)
  if (sniffed && sniffed !== 'text') return titled(sniffed)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found) return { format: found.ext, title: titles[found.ext] ?? `a ${found.ext.toUpperCase()} file` }
  return titled(sniffed ?? 'unrecognised')
}

/** What a recognised format is called in a sentence. */
export function titled(format: string): Recognised {
  return { format, title: titles[format] ?? `a ${format.toUpperCase()} file` }
}

function textOf(head: Uint8Array): string | null {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (wide) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  const text = new TextDecoder('utf-8').decode(head)
  const sample = text.slice(0, 4096)
  const odd = sample.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return odd * 20 > sample.length ? null : text
}

function sniffText(text: string, name: string): string {
  const start = text.replace(/^[\s\ufeff]+/, '').slice(0, 4096)
  if (start.startsWith('%PDF-')) return 'pdf'
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(start))
    return 'svg'
  if (/^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|script|iframe)[\s>]/i.test(start))
    return 'html'
  if (start.startsWith('<?xml') || /^<[a-z][\w:.-]*[\s>]/i.test(start)) return 'xml'
  if (/^From \S+ .*\d{4}\r?$/m.test(start.split('\n')[0] ?? '')) return 'mbox'
  if (/^multipart\/related/im.test(start) && /^From: <?saved by/im.test(start)) return 'mhtml'
  if (
    /^(?:Received|Return-Path|Delivered-To|From|Date|Message-ID|MIME-Version|Subject|To|DKIM-Signature|X-[\w-]+):\s/i.test(
      start,
    )
  ) {
    const names = start.match(/^(?:Received|From|Date|Message-ID|MIME-Version|Subject|To):/gim)?.length ?? 0
    if (names >= 2) return 'eml'
  }
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'ics'
  if (/^BEGIN:VCARD/i.test(start)) return 'vcf'
  if (/^(?:\{\s*(?:"|\})|\[\s*(?:[{"[\d\]-]|true|false|null))/.test(start)) return 'json'
  if (/\.csv$/i.test(name) && /^[^\n]*[,;\t]/.test(start)) return 'csv'
  return 'text'
}
