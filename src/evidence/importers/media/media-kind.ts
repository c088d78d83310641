import { measureImage } from '../image/measure-image.ts'
import { mp3FrameLength } from './walk-frames.ts'

export type MediaKind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'heic'
  | 'avif'
  | 'mp4'
  | 'mov'
  | '3gp'
  | 'm4a'
  | 'ogg'
  | 'opus'
  | 'amr'
  | 'mp3'
  | 'wav'
  | 'pdf'

/** What can be looked through to its end, by its first bytes alone; null for everything else. */
export function findMediaKind(head: Uint8Array): MediaKind | null {
  const picture = measureImage(head)
  if (picture) return picture.type
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const starts = (text: string, at = 0) => view.toString('latin1', at, at + text.length) === text
  if (starts('RIFF') && starts('WAVE', 8)) return 'wav'
  // Fewer bytes than one page of a recording has are no recording; the recogniser says what they begin like.
  if (starts('OggS') && view.length >= 27) return starts('OpusHead', 28) ? 'opus' : 'ogg'
  if (starts('#!AMR\n') || starts('#!AMR-WB\n')) return 'amr'
  if (starts('%PDF-')) return 'pdf'
  if (starts('ftyp', 4) && view.length >= 12) return kindOfBrand(view.toString('latin1', 8, 12))
  // Films of old phones begin without naming their kind.
  if (/^(?:moov|mdat|wide|pnot)$/.test(view.toString('latin1', 4, 8))) return 'mov'
  if (starts('ID3') && view.length >= 10) return 'mp3'
  // Two bytes look like a frame by chance; a second frame where the first ends does not.
  const length = mp3FrameLength(view)
  if (length !== null && mp3FrameLength(view.subarray(length)) !== null) return 'mp3'
  return null
}

// MP4 Registration Authority, brands
function kindOfBrand(brand: string): MediaKind {
  if (/^(?:M4A |M4B |M4P |F4A )$/.test(brand)) return 'm4a'
  if (/^3g/.test(brand)) return '3gp'
  return brand === 'qt  ' ? 'mov' : 'mp4'
}
