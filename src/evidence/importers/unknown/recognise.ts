import { fileTypeFromBuffer } from 'file-type'
import { guessEncoding } from '../split-lines.ts'
import { findDownload } from './download-of.ts'
import { sniffBinary } from './sniff-binary.ts'
import { sniffUnknownText } from './sniff-text.ts'
import { type Recognised, titled } from './titles.ts'

/**
 * Recognises a format by its content. The name tells a table from other text, says of which download a file is a part,
 * and stands in where the content is locked; then `byContent` is false.
 */
export async function recogniseFormat(head: Uint8Array, name: string): Promise<Recognised> {
  if (head.length === 0) return titled('empty')
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const binary = sniffBinary(view, name)
  if (binary === 'ogg-beginning')
    return {
      ...titled('unrecognised'),
      title: `the beginning of an audio recording (Ogg) that ends after ${head.length} bytes`,
    }
  if (binary) return withDownload(titled(binary), name)
  const text = textOf(head)
  const sniffed = text === null ? null : sniffUnknownText(text, name)
  if (sniffed && sniffed !== 'text') return withDownload(titled(sniffed), name)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  // The library calls every beginning of zeros and ones something; where it says nothing the name may.
  if (found) return withDownload(titled(formatOf(found.ext)), name)
  if (sniffed) return withDownload(titled(sniffed), name)
  const crypt = /\.(crypt\d{0,2})$/i.exec(name)
  if (crypt) {
    const known = titled('whatsapp-crypt', false)
    return { ...known, title: `${known.title} (.${crypt[1]?.toLowerCase()})` }
  }
  return titled('unrecognised')
}

const formatOf = (extension: string) => (extension === 'jpg' ? 'jpeg' : extension)

/** What Messenger and Instagram write alike is told apart by the folder; what is a part of a download says of which. */
function withDownload(recognised: Recognised, name: string): Recognised {
  const download = findDownload(name)
  if (!download) return recognised
  const { format } = recognised
  if (format.startsWith('meta-')) {
    const app = download.id === 'instagram' ? 'instagram' : download.id === 'facebook' ? 'messenger' : null
    return app ? titled(`${app}-${format.slice(5)}`) : recognised
  }
  if (recognised.title.includes(download.title) || ownNames.has(`${download.id} ${format}`)) return recognised
  return { ...recognised, title: `${recognised.title}, part of ${download.title}` }
}

const ownNames: ReadonlySet<string> = new Set([
  'google-takeout timeline-placeholder',
  'telegram telegram-json',
  'telegram telegram-html',
  'iphone iphone-backup',
  'x x-archive',
  'discord discord-package',
  'snapchat snapchat-json',
  'facebook messenger-e2e-json',
])

function textOf(head: Uint8Array): string | null {
  const text = new TextDecoder(guessEncoding(head)).decode(head)
  const sample = text.slice(0, 4096)
  const odd = sample.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return odd * 20 > sample.length ? null : text
}
