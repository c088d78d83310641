import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeZip } from '../../../../test/support/made-zip.ts'
import { readBytes } from '../../../../test/support/read-bytes.ts'
import { findLie } from './lying-name.ts'
import { recogniseFormat } from './recognise.ts'

const json = (value: unknown) => JSON.stringify(value, null, 1)
const bytes = (text: string) => Buffer.from(text, 'latin1')
const signalHead = Buffer.concat([
  Buffer.from([0, 0, 0, 0x38, 0x0a, 0x36, 0x0a, 0x10]),
  Buffer.alloc(16, 0x91),
  Buffer.from([0x12, 0x20]),
  Buffer.alloc(32, 0xa7),
  Buffer.from([0x18, 0x01]),
  Buffer.alloc(40, 0xc3),
])
const outlook = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(1016),
  Buffer.from('__substg1.0_0037001F', 'utf16le'),
  Buffer.alloc(500),
])
const database = (schema: string) => bytes(`SQLite format 3\0${'\0'.repeat(84)}${schema}`)

/** Files of our own making, each in the form that one program writes, with what it must be called. */
const samples: readonly (readonly [string, string, string | Buffer, string])[] = [
  [
    'messenger-json',
    'your_facebook_activity/messages/inbox/rob_1/message_1.json',
    json({
      participants: [{ name: 'Rob' }],
      messages: [{ sender_name: 'Rob', timestamp_ms: 1, content: 'x' }],
    }),
    'a Messenger download (JSON)',
  ],
  [
    'messenger-e2e-json',
    'Rob_7.json',
    json({
      participants: ['Rob', 'Nell'],
      threadName: 'Rob_7',
      messages: [{ senderName: 'Rob', isUnsent: false, timestamp: 1 }],
    }),
    'a Messenger download of end-to-end encrypted chats (JSON)',
  ],
  [
    'instagram-json',
    'your_instagram_activity/messages/inbox/rob_1/message_1.json',
    json({ participants: [{ name: 'Rob' }], messages: [{ sender_name: 'Rob', timestamp_ms: 1 }] }),
    'an Instagram download (JSON)',
  ],
  [
    'meta-json',
    'message_1.json',
    json({ participants: [{ name: 'Rob' }], messages: [{ sender_name: 'Rob', timestamp_ms: 1 }] }),
    'a chat in the form that the Messenger and Instagram downloads write alike (JSON)',
  ],
  [
    'telegram-json',
    'result.json',
    json({ name: 'Rob', type: 'personal_chat', id: 1, messages: [] }),
    'a Telegram export (JSON), not read yet.',
  ],
  [
    'telegram-html',
    'messages.html',
    '<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header">x</div></div></body></html>',
    'a Telegram export (HTML), not read yet: export it again in Telegram Desktop and choose “Machine-readable JSON”',
  ],
  [
    'snapchat-json',
    'chat_history.json',
    json({ 'Received Saved Chat History': [{ From: 'rob', 'Media Type': 'TEXT', Created: '2025' }] }),
    'a Snapchat download (My Data), not read yet: only saved chats are in it',
  ],
  [
    'x-archive',
    'direct-messages.js',
    'window.YTD.direct_messages.part0 = [ {} ]',
    'a part of an X (Twitter) archive',
  ],
  [
    'discord-exporter',
    'chat.json',
    json({ guild: { id: '0' }, channel: { id: '1' }, dateRange: {}, exportedAt: 'x', messages: [] }),
    'a Discord chat as DiscordChatExporter writes it',
  ],
  [
    'discord-package',
    'messages.json',
    json([{ ID: 1, Timestamp: '2025-08-25 10:00:00', Contents: 'x', Attachments: '' }]),
    'a part of a Discord data package, not read yet: it holds only what its owner wrote',
  ],
  [
    'signal-backup',
    'signal-2025.backup',
    signalHead,
    'an encrypted Signal backup, not read yet: it opens only with its passphrase',
  ],
  [
    'signal-json',
    'main.jsonl',
    '{"version":"1","mediaRootBackupKey":"x"}\n{"chatItem":{}}\n',
    'messages in the form that exporters of Signal write',
  ],
  [
    'whatsapp-database',
    'msgstore.db',
    database('CREATE TABLE message_media (x); CREATE TABLE jid (x)'),
    'a WhatsApp database, not read yet: export the chat',
  ],
  [
    'android-backup',
    'phone.ab',
    bytes(`ANDROID BACKUP\n5\n1\nnone\n${'\x91'.repeat(50)}`),
    'an Android backup (.ab)',
  ],
  [
    'iphone-backup',
    'Manifest.db',
    database('CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT)'),
    'a part of an iPhone backup',
  ],
  ['iphone-backup', 'Manifest.mbdb', bytes('mbdb\x05\0\x00\x0aHomeDomain'), 'a part of an iPhone backup'],
  [
    'iphone-backup',
    'Manifest.plist',
    bytes(`bplist00\xd9\x01\x02\\BackupKeyBag${'\0'.repeat(30)}`),
    'a part of an iPhone backup',
  ],
  [
    'timeline-placeholder',
    'Takeout/Timeline/Encrypted Backups.txt',
    'You have encrypted Timeline backups stored on Google servers.',
    'Google’s note that the Timeline is on the phone',
  ],
  [
    'timeline-json',
    'location-history.json',
    json([
      { endTime: '2025', startTime: '2025', visit: { topCandidate: { placeLocation: 'geo:51.1,0.2' } } },
    ]),
    'a Google Maps Timeline (JSON)',
  ],
  [
    'mbox',
    'Takeout/Mail/All mail.mbox',
    'From 1@xxx Mon Aug 25 10:00:00 +0000 2025\nFrom: rob@x.example\n\nx\n',
    'a mailbox (mbox), part of a Google Takeout download',
  ],
  [
    'mhtml',
    'page.mhtml',
    'From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: Rob\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html"\n\n',
    'a saved web page (MHTML)',
  ],
  ['warc', 'a.warc', 'WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n', 'a recording of web pages (WARC)'],
  [
    'warc',
    'a.warc.gz',
    gzipSync('WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n'),
    'a recording of web pages (WARC)',
  ],
  ['msg', 'letter.msg', outlook, 'an Outlook message (.msg)'],
  [
    'pst',
    'mail.pst',
    bytes(`!BDN${'\x93'.repeat(80)}`),
    'an Outlook mailbox (.pst), not read yet: save the messages themselves',
  ],
  ['eml', 'a.eml', 'From: rob@x.example\nTo: nell@y.example\nSubject: x\n\nhi', 'an email message'],
]

test.each(samples)(
  '%s: %s is called what it is, loose and in an archive alike',
  async (format, name, content, said) => {
    const loose = await readBytes(content, name)
    expect(loose.format).toBe(format)
    expect(loose.account.notRead[0]?.reason).toContain(said)
    expect([loose.account.records, loose.account.unknown]).toEqual([0, 1])
    const packed = await readBytes(makeZip([{ name, data: content }]), 'download.zip')
    expect(packed.account.notRead.map(({ place, reason }) => [place.entry, reason])).toEqual([
      [name, loose.account.notRead[0]?.reason],
    ])
    expect([packed.account.records, packed.account.unknown]).toEqual([0, 1])
  },
)

test('the name of a download is no proof: what only calls itself so is called what it is', async () => {
  const named = async (content: string, name: string) =>
    (await recogniseFormat(Buffer.from(content), name)).format
  expect(await named('dear Nell', 'sms-20250825.xml')).toBe('text')
  expect(await named('{"a":1}', 'result.json')).toBe('json')
  expect(await named('<html><body>hello</body></html>', 'messages.html')).toBe('html')
  expect(await named('hello', 'msgstore.db.crypt15')).toBe('text')
  // Words inside a message are not members of a file.
  expect(await named(json({ text: '"type":"personal_chat" "messages":' }), 'x.json')).toBe('json')
  expect(await named('She said: WARC/1.0\r\n', 'x')).toBe('text')
})

test('what is locked is known by its name alone, and says that it is', async () => {
  const { account } = await readBytes(Buffer.alloc(500, 0xe7), 'msgstore.db.crypt15')
  expect(account.notRead[0]?.reason).toBe(
    'By its name alone, because its content is locked, this is an encrypted WhatsApp backup (.crypt15), not read yet: it opens only with a key, so export the chat in WhatsApp itself (More, Export chat, Include media).',
  )
})

test('an ending that lies is named, and one that several kinds share is not', () => {
  expect(findLie('a.jpg', 'png')).toBe('.jpg')
  expect(findLie('a.txt', 'exe')).toBe('.txt')
  expect(findLie('a.mp4', 'mov')).toBeNull()
  expect(findLie('a.txt', 'telegram-json')).toBeNull()
  expect(findLie('constructor.constructor', 'text')).toBeNull()
  expect(findLie('no ending', 'exe')).toBeNull()
})

test('no beginning of any of these files, however cut or changed, makes the recogniser throw', async () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.array(change, { maxLength: 5 }),
      async ([, name, content], cut, changes) => {
        const whole = Buffer.from(content)
        const part = Buffer.from(whole.subarray(0, cut % (whole.length + 1)))
        for (const [at, value] of changes) if (part.length > 0) part[at % part.length] = value
        const { account, records } = await readBytes(part, name)
        expect(account.records + account.unknown + account.quarantined).toBe(records.length)
      },
    ),
    { numRuns: 400 },
  )
})

test('long runs of anything are recognised in one pass', async () => {
  for (const run of [
    '<',
    '<!--',
    '<!-- -->',
    '{"',
    '[',
    '"type":',
    'From ',
    'a:\n',
    '<a b="',
    'class="',
    '\\"',
  ]) {
    const head = Buffer.from(run.repeat(Math.ceil(65_536 / run.length)).slice(0, 65_536))
    expect((await recogniseFormat(head, 'x')).title).not.toBe('')
  }
})
