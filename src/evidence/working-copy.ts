import sharp from 'sharp'
import { findPictureBlocks } from './giveaways/picture-blocks.ts'

export type MadeCopy = { readonly bytes: Uint8Array; readonly mediaType: string; readonly extension: string }
export type NoCopy = 'not-a-picture' | 'too-large' | 'cannot-be-decoded'

/** The largest original that a copy is made of, in bytes; and the most pixels: a telephone's camera has fewer than half. */
export const largestOriginal = 64_000_000
const mostPixels = 120_000_000
const longestWork = 60

/** Forms whose pixels the library decodes and we can write again. HEIC is not among them: its decoder is not free. */
const forms = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
} as const

/** Whether a copy without anything but pixels can be made of such a file. */
export function canMakeCopy(item: { readonly mediaType: string; readonly size: number }): boolean {
  return item.mediaType in forms && item.size <= largestOriginal
}

/**
 * Makes a picture again from its pixels: turned as it is shown, and with nothing of what was written beside them. What
 * comes out is taken apart again, and is not given when anything but pixels is left in it.
 */
export async function makeCopy(original: Uint8Array, mediaType: string): Promise<MadeCopy | NoCopy> {
  if (!(mediaType in forms)) return 'not-a-picture'
  if (original.length > largestOriginal) return 'too-large'
  const form = forms[mediaType as keyof typeof forms]
  const moves = form === 'gif' || form === 'webp'
  try {
    const picture = sharp(original, { limitInputPixels: mostPixels, failOn: 'error', animated: moves })
    const turned = (moves ? picture : picture.rotate()).timeout({ seconds: longestWork })
    const bytes =
      form === 'jpeg'
        ? await turned.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
        : form === 'png'
          ? await turned.png().toBuffer()
          : form === 'webp'
            ? await turned.webp({ lossless: true }).toBuffer()
            : await turned.gif().toBuffer()
    const left = findPictureBlocks(form, bytes)
    if (left.exif.length + left.texts.length + left.notKnown.length > 0) return 'cannot-be-decoded'
    return { bytes, mediaType, extension: form === 'jpeg' ? 'jpg' : form }
  } catch {
    return 'cannot-be-decoded'
  }
}
