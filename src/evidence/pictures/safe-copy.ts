import { unreachable } from '../../foundation/decision.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import { type MeasuredImage, measureImage } from '../importers/image/measure-image.ts'

/** The forms whose pixels the library decodes as it comes with this program. HEIC is not among them. */
export type CopyForm = Exclude<MeasuredImage['type'], 'heic'>

/** Why nothing of a picture can be looked at. */
export const copyObstacles = [
  'heic',
  'other-form',
  'too-large',
  'too-many-pixels',
  'cannot-be-decoded',
  'too-long',
  'too-much-memory',
  'stopped',
  'cancelled',
] as const
export type CopyObstacle = (typeof copyObstacles)[number]

/** What of a picture is shown, in pixels; `frames` of one that moves, of which the first is shown. */
export type ShownPicture = {
  /** Of the original, as it is shown. */
  readonly width: number
  readonly height: number
  readonly shownWidth: number
  readonly shownHeight: number
  readonly frames: number
  /** Shown as its file says it was held, and not as its pixels lie. */
  readonly isTurned: boolean
  /** It could be decoded in part only. */
  readonly isDamaged: boolean
}

/** A picture made again from its pixels, sealed like everything of its case. */
export type MadeSafeCopy = ShownPicture & {
  readonly kind: 'made'
  readonly blobId: string
  readonly sha256: Sha256
  readonly size: number
  readonly mediaType: 'image/png' | 'image/jpeg'
  /** The small picture of the list: a JPEG. */
  readonly small: Uint8Array
}

export type SafeCopy = MadeSafeCopy | { readonly kind: 'none'; readonly because: CopyObstacle }

/** What a picture may cost: bytes of the original, its pixels, the pixels that are shown, and one side of these. */
export const pictureBounds = {
  bytes: 64_000_000,
  pixels: 120_000_000,
  shownPixels: 24_000_000,
  shownSide: 32_000,
} as const

/**
 * Whether a copy can be tried of a picture that begins with these bytes, by what they say of themselves: the form in which
 * it is decoded, or why not. Nothing is decoded.
 */
export function findCopyForm(
  head: Uint8Array,
  size: number,
): { readonly form: CopyForm } | { readonly because: CopyObstacle } {
  const measured = measureImage(head)
  if (!measured) return { because: 'other-form' }
  if (measured.type === 'heic') return { because: 'heic' }
  if (size > pictureBounds.bytes) return { because: 'too-large' }
  if ((measured.width ?? 0) * (measured.height ?? 0) > pictureBounds.pixels)
    return { because: 'too-many-pixels' }
  return { form: measured.type }
}

/** The size at which a picture of so many pixels is shown: its own, or the largest within the bounds. */
export function findShownSize(
  width: number,
  height: number,
): { readonly shownWidth: number; readonly shownHeight: number } {
  const { shownPixels, shownSide } = pictureBounds
  const scale = Math.min(1, Math.sqrt(shownPixels / (width * height)), shownSide / Math.max(width, height))
  const of = (side: number) => Math.max(1, Math.floor(side * scale))
  return { shownWidth: of(width), shownHeight: of(height) }
}

/** Why there is nothing to look at, in a sentence; the original is kept all the same. */
export function sayObstacle(because: CopyObstacle): string {
  const { bytes, pixels } = pictureBounds
  const millions = (count: number) => `${count / 1_000_000} million`
  switch (because) {
    case 'heic':
      return 'It is a HEIC picture, as iPhones take them, and this program cannot decode those. Ask for the same picture as a JPEG or a screenshot, and keep both.'
    case 'other-form':
      return 'It is in a form that is not shown here: only JPEG, PNG, WebP, GIF and AVIF are. What holds a script or a drawing, such as SVG, is never shown.'
    case 'too-large':
      return `Its file has more than ${millions(bytes)} bytes, which is more than is decoded here.`
    case 'too-many-pixels':
      return `It says that it has more than ${millions(pixels)} pixels, which is more than is decoded here.`
    case 'cannot-be-decoded':
      return 'It begins like a picture, and no picture could be made of it. It may be damaged, or be something else.'
    case 'too-long':
      return 'Decoding it took longer than it may, and was stopped.'
    case 'too-much-memory':
      return 'Decoding it needed more memory than it may have, and was stopped.'
    case 'stopped':
      return 'Making a picture of it stopped twice before it was done.'
    case 'cancelled':
      return 'Making a picture of it was cancelled.'
    default:
      return unreachable(because)
  }
}

/** What somebody must know of a picture that they look at: a sentence each. */
export function sayShown(shown: ShownPicture): readonly string[] {
  const { width, height, shownWidth, shownHeight, frames, isTurned, isDamaged } = shown
  const size = (across: number, down: number) =>
    `${across.toLocaleString('en-GB')} by ${down.toLocaleString('en-GB')} pixels`
  return [
    ...(isDamaged
      ? [
          'The file is damaged or cut short. What could be decoded is shown; the rest is missing, and may look like plain colour.',
        ]
      : []),
    ...(frames > 1
      ? [
          `The picture moves: it has ${frames.toLocaleString('en-GB')} frames, and only the first is shown here.`,
        ]
      : []),
    ...(shownWidth < width || shownHeight < height
      ? [
          `The original has ${size(width, height)}. It is shown smaller, with ${size(shownWidth, shownHeight)}, so small letters may be lost.`,
        ]
      : [`It has ${size(width, height)}, all of which are shown.`]),
    ...(isTurned ? ['It is shown turned, as the file says that the device was held.'] : []),
  ]
}
