import type { EvidenceSource } from '../importer.ts'
import { type ByteWalk, walkBytes } from './byte-walk.ts'
import type { Flaw } from './flaw.ts'
import type { MediaKind } from './media-kind.ts'
import { walkBoxes } from './walk-boxes.ts'
import { walkAmr, walkMp3 } from './walk-frames.ts'
import { walkGif } from './walk-gif.ts'
import { walkJpeg } from './walk-jpeg.ts'
import { walkOgg } from './walk-ogg.ts'
import { walkPdf } from './walk-pdf.ts'
import { walkPng } from './walk-png.ts'
import { walkRiff } from './walk-riff.ts'

export type SearchedMedia = { readonly flaws: readonly Flaw[]; readonly notes: readonly string[] }

/**
 * Looks a picture, a film, a recording or a document through to its end, part by part: whether it is whole, and
 * whether anything stands behind it. Nothing is unpacked, so it costs one pass over the file.
 */
export async function searchMedia(source: EvidenceSource, kind: MediaKind): Promise<SearchedMedia> {
  const walk = walkBytes(source.open())
  try {
    const flaws: Flaw[] = [...(await walkOf(walk, kind))]
    const notes: string[] = []
    if (walk.isExhausted()) {
      const message = 'It has more parts than are looked through, so its end was not checked.'
      return { flaws: [{ code: 'not-looked-through', message }], notes }
    }
    // What is damaged in its middle was not looked through behind that place, and says so by being damaged.
    if (flaws.length === 0) await lookBehind(walk, kind, flaws, notes)
    return { flaws, notes }
  } finally {
    await walk.close()
  }
}

function walkOf(walk: ByteWalk, kind: MediaKind): Promise<readonly Flaw[]> {
  switch (kind) {
    case 'jpeg':
      return walkJpeg(walk)
    case 'png':
      return walkPng(walk)
    case 'gif':
      return walkGif(walk)
    case 'webp':
      return walkRiff(walk, 'the picture', /^(?:VP8[ L]|ANMF)$/)
    case 'wav':
      return walkRiff(walk, 'the recording', /^data$/)
    case 'heic':
    case 'avif':
      return walkBoxes(walk, 'picture')
    case 'mp4':
    case 'mov':
    case '3gp':
      return walkBoxes(walk, 'film')
    case 'm4a':
      return walkBoxes(walk, 'recording')
    case 'ogg':
    case 'opus':
      return walkOgg(walk)
    case 'amr':
      return walkAmr(walk)
    case 'mp3':
      return walkMp3(walk)
    case 'pdf':
      return walkPdf(walk)
  }
}

const pictureStart = Buffer.from([0xff, 0xd8, 0xff])

/**
 * Phones put a second picture (a preview, the light of a scene) or a short film behind the first. Those are looked
 * through one by one; anything else that stands behind is said, because a file can be hidden there.
 */
async function lookBehind(walk: ByteWalk, kind: MediaKind, flaws: Flaw[], notes: string[]): Promise<void> {
  for (let more = 0; more < 32; more += 1) {
    // Phones fill the room before a second picture with zeros.
    const padding = kind === 'jpeg' ? (await walk.peek(4096)).findIndex(byte => byte !== 0) : 0
    if (padding > 0 && (await walk.peek(padding + 3)).subarray(padding).equals(pictureStart))
      await walk.skip(padding)
    const head = Buffer.from(await walk.peek(12))
    if (head.length === 0) return
    const second = kind === 'jpeg' && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff
    const film = head.toString('latin1', 4, 8) === 'ftyp'
    if (!second && !film) break
    notes.push(
      second
        ? 'A second picture stands behind the first in the same file, as phones write it. It was looked through to its end, and what it shows or carries was not looked at.'
        : 'A short film stands behind the picture in the same file, as phones write it. It was looked through to its end, and what it shows or carries was not looked at.',
    )
    const inside = second ? await walkJpeg(walk) : await walkBoxes(walk, 'film')
    if (inside.length > 0) {
      flaws.push(...inside.map(flaw => ({ ...flaw, message: `Behind the first picture: ${flaw.message}` })))
      return
    }
  }
  const { count, head } = await walk.rest()
  if (count === 0) return
  if (count <= 16 && head.every(byte => byte === 0 || byte === 10 || byte === 13 || byte === 32)) {
    notes.push(`${count} empty bytes stand behind its end.`)
    return
  }
  if (kind === 'jpeg' && count <= 4096 && head.includes('Image_UTC_Data')) {
    notes.push(`${count} bytes stand behind its end: a label that Samsung phones write there.`)
    return
  }
  flaws.push({
    code: 'bytes-behind',
    message: `${count.toLocaleString('en-GB')} ${count === 1 ? 'byte stands' : 'bytes stand'} behind its end${head.toString('latin1', 0, 2) === 'PK' ? ', and they begin like a zip archive' : ''}. ${count === 1 ? 'It is' : 'They are'} kept, and nobody has looked at ${count === 1 ? 'it' : 'them'}.`,
  })
}
