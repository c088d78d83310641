import exifr from 'exifr'
import { findPictureBlocks } from './picture-blocks.ts'

/** What a picture carries beside its pixels, as far as it gives the client away. */
export type PictureGiveaways = {
  /** `written`: a position is there. `not-found`: all its blocks were read and none holds one. Otherwise it is not known. */
  readonly position: 'written' | 'not-found' | 'not-known'
  /** Why it is not known: a sentence each. */
  readonly notKnown: readonly string[]
  /** The words in its blocks, to be looked through like any other text. */
  readonly words: string
}

const mostWords = 16_384

// Exif 2.32 tag names; XMP exif, photoshop and Iptc4xmp names (IPTC Photo Metadata Standard 2023.1); ISO 6709 in video
const positionWords =
  /GPS(?:Dest)?(?:Latitude|Longitude|Position|Coordinates)|Iptc4xmp(?:Core|Ext):(?:Location|Sublocation|City|LocationShown|LocationCreated)|photoshop:(?:City|State)|location\.ISO6709|\u00a9xyz/i

// IIM 4.2: record 2, data sets 90 (city), 92 (sub-location), 95 (province): 0x1C 0x02 and the number
const positionDataSets = /\u001c\u0002[\u005a\u005c\u005f]/

/**
 * Looks a whole picture through for a position, wherever a camera or a program may have written it. `isWhole` says
 * whether the bytes are all there are: of a part nothing is known but what is found.
 */
export async function findInPicture(
  type: string,
  bytes: Uint8Array,
  isWhole: boolean,
): Promise<PictureGiveaways> {
  const { exif, texts, notKnown: open } = findPictureBlocks(type, bytes)
  const notKnown = [...open]
  if (!isWhole) notKnown.push('It is too large to be looked through to its end.')
  let isWritten = texts.some(text => positionWords.test(text) || positionDataSets.test(text))
  // A text that holds the position is not handed on: what it says is never kept.
  const words = texts.filter(text => !positionWords.test(text) && !positionDataSets.test(text))
  for (const block of exif) {
    const read = await readExif(block)
    if (read.position === 'written') isWritten = true
    if (read.position === 'not-known') notKnown.push('Its camera data are damaged.')
    words.push(...read.words)
  }
  const all = words.join('\n')
  if (all.length > mostWords && type !== 'heic' && type !== 'avif')
    notKnown.push('It holds many words, of which the first were looked at.')
  return {
    position: isWritten ? 'written' : notKnown.length > 0 ? 'not-known' : 'not-found',
    notKnown: [...new Set(notKnown)],
    words: all.slice(0, mostWords),
  }
}

type ExifReading = { readonly position: PictureGiveaways['position']; readonly words: readonly string[] }

async function readExif(block: Uint8Array): Promise<ExifReading> {
  const found: unknown = await exifr
    .parse(Buffer.from(block), {
      tiff: true,
      exif: true,
      gps: true,
      xmp: true,
      iptc: true,
      reviveValues: false,
      mergeOutput: false,
    })
    .catch(() => null)
  const words: string[] = []
  gatherWords(isObject(found) ? { ...found, gps: null } : null, words, 0)
  const pointer = pointsToPosition(block)
  const gps = isObject(found) && isObject(found['gps']) ? Object.keys(found['gps']) : []
  // A version number or a clock alone is no position; anything else in that block belongs to one.
  if (gps.some(name => !/^GPS(?:VersionID|DateStamp|TimeStamp)$/.test(name)))
    return { position: 'written', words }
  if (!isObject(found) || 'errors' in found || pointer === null) return { position: 'not-known', words }
  return { position: pointer && gps.length === 0 ? 'not-known' : 'not-found', words }
}

/**
 * Whether an entry that points to a block of positions stands anywhere in the camera data, also where no directory leads
 * to it any more; null when they do not begin like camera data.
 */
// TIFF 6.0, section 2; Exif 2.32, 4.6.3: tag 34853, one number of 32 bits
function pointsToPosition(block: Uint8Array): boolean | null {
  const view = Buffer.from(block)
  const order = view.toString('latin1', 0, 4)
  if (order !== 'II*\0' && order !== 'MM\0*') return null
  return view.includes(
    order === 'II*\0' ? '\x25\x88\x04\0\x01\0\0\0' : '\x88\x25\0\x04\0\0\0\x01',
    0,
    'latin1',
  )
}

function gatherWords(value: unknown, words: string[], depth: number): void {
  if (depth > 6 || words.length > 500) return
  if (typeof value === 'string') words.push(value.replace(/\0/g, ''))
  // Windows writes titles and comments as UTF-16 in plain bytes, and a camera's comment begins with its alphabet.
  else if (value instanceof Uint8Array) {
    if (value.length <= 8192) words.push(Buffer.from(value).toString('latin1').replace(/\0/g, ''))
  } else if (Array.isArray(value) && typeof value[0] === 'number' && value.length > 3) {
    if (value.length <= 8192) words.push(String.fromCharCode(...value.filter(each => each > 0 && each < 256)))
  } else if (isObject(value)) for (const each of Object.values(value)) gatherWords(each, words, depth + 1)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
