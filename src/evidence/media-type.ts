import type { ItemKind } from './item.ts'

/**
 * The type of a file whose first bytes no known signature explains: text when they decode as UTF-8 or carry a byte
 * order mark and hold no control characters that text never has. Markup is told apart, because it can carry scripts.
 * `head` may end inside a character. Answers `application/octet-stream` for anything else.
 */
export function sniffText(head: Uint8Array): string {
  const text = decodeHead(head)
  if (text === null || /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text))
    return 'application/octet-stream'
  const start = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 1000)
    .toLowerCase()
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg[\s>]/.test(start))
    return 'image/svg+xml'
  if (/^(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body|script)[\s>]/.test(start)) return 'text/html'
  return 'text/plain'
}

function decodeHead(head: Uint8Array): string | null {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(head)
  try {
    // `stream` leaves a character that the head cuts in two for later instead of calling it broken.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
}

/** What sort of thing a media type is, for the list of exhibits. Markup with scripts in it is never a picture. */
export function findKind(mediaType: string): ItemKind {
  if (mediaType === 'image/svg+xml' || mediaType === 'text/html') return 'document'
  const family = mediaType.split('/')[0]
  if (family === 'image' || family === 'video' || family === 'text') return family
  if (family === 'audio') return 'sound'
  if (/^application\/(zip|gzip|x-tar|x-7z-compressed|x-rar-compressed|x-bzip2|x-xz)$/.test(mediaType))
    return 'archive'
  if (/^application\/(pdf|rtf|xml|json|epub\+zip|msword|vnd\.)/.test(mediaType)) return 'document'
  return 'other'
}
