import { seededChance } from '../../../src/app/demo/chance.ts'
import { androidExport, inventChat, iphoneExport } from '../../../src/app/demo/chat.ts'
import { packChat } from '../../../src/app/demo/chat-archive.ts'
import { drawScreenshot } from '../../../src/app/demo/screenshot.ts'
import { story } from './story.ts'

/** A file as a browser hands it in. */
export type BroughtFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

const plain = 'text/plain'
const { client, suspect, threat } = story

/** A chat with its media, as an Android phone exports it. */
export async function chatWithMedia(): Promise<BroughtFile> {
  const said = inventChat(seededChance(7), {
    from: '2025-09-01T00:00:00',
    days: 40,
    perDayAtStart: 0.5,
    perDayAtEnd: 3,
    sender: suspect,
    client,
    says: ['Answer me', 'I know you are awake', 'Nice coat'],
    answers: ['Stop'],
    replies: 0.1,
  })
  const lines = [
    ...said,
    { at: '2025-09-20T23:15:00', from: suspect, text: threat },
    { at: '2025-09-21T06:30:00', from: suspect, text: 'IMG-20250921-WA0001.jpg (file attached)\nyour door' },
    { at: '2025-09-25T02:11:00', from: suspect, text: 'Missed voice call' },
  ].sort((one, other) => (one.at < other.at ? -1 : 1))
  const picture = await drawScreenshot({ app: 'Photo', clock: '06:30', colour: '#30343b', rows: [] })
  return {
    name: `WhatsApp Chat with ${suspect}.zip`,
    mimeType: 'application/zip',
    buffer: await packChat(`WhatsApp Chat with ${suspect}.txt`, androidExport(lines), [
      { name: 'IMG-20250921-WA0001.jpg', bytes: picture },
    ]),
  }
}

/** A chat from an iPhone, without media, with what a hostile hand writes into one. */
export function hostileChat(): BroughtFile {
  const lines = [
    { at: '2025-10-14T21:05:09', from: suspect, text: '<script>alert("caught")</script>' },
    {
      at: '2025-10-14T21:06:10',
      from: suspect,
      text: '<img src=x onerror="alert(1)"> =HYPERLINK("https://x.example")',
    },
    {
      at: '2025-10-15T08:00:00',
      from: suspect,
      text: '\u202etxet desrever\u202c and \u200bnothing\u200b between',
    },
    { at: '2025-10-16T08:00:00', from: 'شخص', text: 'أعرف أين أنت' },
  ]
  return { name: '_chat.txt', mimeType: plain, buffer: Buffer.from(iphoneExport(lines)) }
}

export async function screenshot(): Promise<BroughtFile> {
  const buffer = await drawScreenshot({
    app: 'Home cameras',
    clock: '10:12  Thursday 16 October',
    colour: '#23415a',
    rows: [{ text: 'Hall camera', small: 'moved by another account' }],
  })
  return { name: 'Screenshot_20251016-101200.png', mimeType: 'image/png', buffer }
}

/** What somebody saved under the name of a chat, and is none. */
export function notAChat(): BroughtFile {
  const buffer = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
  )
  return { name: 'chat.txt', mimeType: plain, buffer }
}

/** A chat in which every date can be read as two different days. */
export function chatWithDoubtfulDates(): BroughtFile {
  const lines = ['2025-04-03T22:14:00', '2025-04-04T07:00:00', '2025-04-05T23:00:00'].map(at => ({
    at,
    from: suspect,
    text: `Doubtful ${at.slice(8, 10)}`,
  }))
  return { name: 'Old chat.txt', mimeType: plain, buffer: Buffer.from(androidExport(lines)) }
}
