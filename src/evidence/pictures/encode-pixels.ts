import sharp from 'sharp'
import { findPictureBlocks } from '../giveaways/picture-blocks.ts'
import type { Pixels } from './decode-picture.ts'
import type { CopyForm, MadeSafeCopy } from './safe-copy.ts'

/** Files of a picture, made of its pixels: to be looked at, and for the list. */
export type EncodedPicture = Pick<MadeSafeCopy, 'mediaType' | 'small'> & { readonly bytes: Uint8Array }

const smallSide = 160
/** Of the small picture, in bytes: it lies in a row of the database. */
const mostOfSmall = 12_000

/**
 * Makes the files of a picture from its pixels alone. They are taken apart again: null when anything but pixels is left in
 * one. What came as it was drawn stays so to the last pixel; of a photograph the form that every browser shows is made.
 */
export async function encodePixels(pixels: Pixels, form: CopyForm): Promise<EncodedPicture | null> {
  const { data, shownWidth: width, shownHeight: height, channels } = pixels
  const picture = () => sharp(data, { raw: { width, height, channels } })
  const isDrawn = channels === 4 || form === 'png' || form === 'gif'
  const bytes = isDrawn
    ? await picture().png({ compressionLevel: 6 }).toBuffer()
    : await picture().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer()
  const smallOf = (quality: number) =>
    picture()
      .resize(smallSide, smallSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality })
      .toBuffer()
  const good = await smallOf(70)
  const small = good.length > mostOfSmall ? await smallOf(30) : good
  const isBare = (type: 'png' | 'jpeg', file: Uint8Array): boolean => {
    const { exif, texts, notKnown } = findPictureBlocks(type, file)
    return exif.length + texts.length + notKnown.length === 0
  }
  if (!isBare(isDrawn ? 'png' : 'jpeg', bytes) || !isBare('jpeg', small)) return null
  return { bytes, mediaType: isDrawn ? 'image/png' : 'image/jpeg', small }
}
