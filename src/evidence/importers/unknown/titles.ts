/** What a file is, in words for a sentence, and what to bring instead where there is something better. */
export type Recognised = {
  readonly format: string
  readonly title: string
  readonly instead: string | null
  /** False when its content is locked, and only its name says what it is. */
  readonly byContent: boolean
}

// Open: a file may be of any kind, and one that has no title here is called by its ending.
const titles: Readonly<Record<string, string | readonly [string, string]>> = {
  'sms-backup-restore': 'an SMS Backup & Restore file',
  'messenger-json': 'a Messenger download (JSON)',
  'messenger-e2e-json': 'a Messenger download of end-to-end encrypted chats (JSON)',
  'messenger-html': [
    'a Messenger download (HTML)',
    'the same download asked for again in JSON keeps the exact times',
  ],
  'instagram-json': 'an Instagram download (JSON)',
  'instagram-html': [
    'an Instagram download (HTML)',
    'the same download asked for again in JSON keeps the exact times',
  ],
  'meta-json': 'a chat in the form that the Messenger and Instagram downloads write alike (JSON)',
  'meta-html': [
    'a page in the form that the Facebook and Instagram downloads write alike (HTML)',
    'the same download asked for again in JSON keeps the exact times',
  ],
  'telegram-json': 'a Telegram export (JSON)',
  'telegram-html': [
    'a Telegram export (HTML)',
    'export it again in Telegram Desktop and choose “Machine-readable JSON”, which keeps who wrote and the time zone',
  ],
  'snapchat-json': [
    'a Snapchat download (My Data)',
    'only saved chats are in it, so bring screenshots of what else is still there',
  ],
  'x-archive': 'a part of an X (Twitter) archive',
  'discord-exporter': 'a Discord chat as DiscordChatExporter writes it',
  'discord-package': [
    'a part of a Discord data package',
    'it holds only what its owner wrote, so bring the chat itself too, by DiscordChatExporter or as screenshots',
  ],
  'signal-backup': [
    'an encrypted Signal backup',
    'it opens only with its passphrase of 30 digits, so bring the chat itself as screenshots',
  ],
  'signal-json': 'messages in the form that exporters of Signal write (JSON)',
  'whatsapp-crypt': [
    'an encrypted WhatsApp backup',
    'it opens only with a key, so export the chat in WhatsApp itself (More, Export chat, Include media)',
  ],
  'whatsapp-database': [
    'a WhatsApp database',
    'export the chat in WhatsApp itself (More, Export chat, Include media)',
  ],
  'sms-database': [
    'an iPhone database of messages',
    'show the chat on the phone and take screenshots, or bring an export of it',
  ],
  'android-backup': [
    'an Android backup (.ab) of a whole phone or app',
    'export the chats from their apps instead',
  ],
  'iphone-backup': [
    'a part of an iPhone backup',
    'export the chats from their apps instead, or bring screenshots',
  ],
  'timeline-placeholder': [
    'Google’s note that the Timeline is on the phone and not in this download',
    'export it on the phone itself: on Android in Settings, Location, Timeline; on an iPhone in Google Maps, Your Timeline',
  ],
  'timeline-json': 'a Google Maps Timeline (JSON)',
  'google-chat-json': 'a Google Chat conversation (JSON)',
  'my-activity-json': 'Google My Activity (JSON)',
  'my-activity-html': [
    'Google My Activity (HTML)',
    'the same download asked for again in JSON keeps the exact times',
  ],
  warc: 'a recording of web pages (WARC)',
  wacz: 'a recording of web pages (WACZ)',
  msg: 'an Outlook message (.msg)',
  pst: [
    'an Outlook mailbox (.pst)',
    'save the messages themselves from Outlook as .eml or .msg, with everything attached',
  ],
  pdf: 'a PDF document',
  doc: 'a Word document',
  docx: 'a Word document',
  xlsx: 'an Excel workbook',
  pptx: 'a PowerPoint presentation',
  odt: 'an OpenDocument text',
  rtf: 'a rich text document',
  cfb: 'a Microsoft Office file',
  sqlite: 'an SQLite database',
  eml: 'an email message',
  mbox: 'a mailbox (mbox)',
  tnef: 'an Outlook attachment (winmail.dat)',
  html: 'a web page (HTML)',
  mhtml: 'a saved web page (MHTML)',
  svg: 'a drawing that can run scripts (SVG)',
  json: 'JSON data',
  xml: 'an XML document',
  csv: 'a table (CSV)',
  ics: 'a calendar (ICS)',
  vcf: 'contact cards (vCard)',
  text: 'plain text',
  zip: 'a zip archive',
  rar: ['a RAR archive', 'unpack it and bring what is in it, or a zip of it'],
  '7z': ['a 7-Zip archive', 'unpack it and bring what is in it, or a zip of it'],
  gz: ['a gzip file', 'unpack it and bring what is in it'],
  tar: ['a tar archive', 'unpack it and bring what is in it, or a zip of it'],
  jpeg: 'a picture (JPEG)',
  png: 'a picture (PNG)',
  gif: 'a picture (GIF)',
  webp: 'a picture (WebP)',
  heic: 'a picture (HEIC)',
  avif: 'a picture (AVIF)',
  mp4: 'a video (MP4)',
  mov: 'a video (QuickTime)',
  '3gp': 'a film or recording (3GPP)',
  webm: 'a video (WebM)',
  opus: 'an audio recording (Opus)',
  ogg: 'an audio recording (Ogg)',
  m4a: 'an audio recording (M4A)',
  mp3: 'an audio recording (MP3)',
  amr: 'an audio recording (AMR)',
  wav: 'an audio recording (WAV)',
  empty: 'an empty file',
  unrecognised: 'a file of no kind we recognise',
}

/** What a recognised format is called in a sentence. */
export function titled(format: string, byContent = true): Recognised {
  const found = titles[format] ?? `a ${format.toUpperCase()} file`
  return typeof found === 'string'
    ? { format, title: found, instead: null, byContent }
    : { format, title: found[0], instead: found[1], byContent }
}
