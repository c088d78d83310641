import { sha256 } from '../../../foundation/digest.ts'
import { findInPicture } from '../../giveaways/find-in-picture.ts'
import { measureImage } from '../image/measure-image.ts'
import type { InsideFile } from '../importer.ts'
import type { Flaw } from '../media/flaw.ts'
import { findMediaKind } from '../media/media-kind.ts'
import { searchMedia } from '../media/search-media.ts'

/** A file that lies inside a message as text: what it is, and what is wrong with it. */
export type OpenedFile = { readonly file: InsideFile; readonly flaws: readonly Flaw[] }

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** The bytes that a text of base64 stands for; null where it is none, or was cut. */
// RFC 4648, section 4
export function decodeInside(written: string): Buffer | null {
  const packed = /\s/.test(written) ? written.replace(/\s+/g, '') : written
  const letters = packed.endsWith('=') ? packed.replace(/=+$/, '').length : packed.length
  if (!base64.test(packed) || letters % 4 === 1) return null
  if (packed.length !== letters && packed.length % 4 !== 0) return null
  return Buffer.from(packed, 'base64')
}

/**
 * Looks into a file that lies inside a message. A picture is looked through for a position, as a loose one is; of what
 * is not looked into it is said why.
 *
 * @param from where its text begins in the source, in bytes
 */
export async function openInside(
  written: string,
  { type, from, to }: Pick<InsideFile, 'type' | 'from' | 'to'>,
): Promise<OpenedFile> {
  const bytes = decodeInside(written)
  if (!bytes) {
    const message = 'It is written as base64 that is damaged or cut short, so its bytes are not known.'
    const notLooked = ['A file inside a message could not be opened.']
    const none = { kind: null, size: null, sha256: null, position: 'not-known', words: '' } as const
    return { file: { type, from, to, ...none, notLooked }, flaws: [{ code: 'damaged', message }] }
  }
  const kind = findMediaKind(bytes)
  const picture = measureImage(bytes)
  const known = { type, from, to, kind, size: bytes.length, sha256: sha256(bytes) }
  const source = {
    name: '',
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  const flaws = kind ? (await searchMedia(source, kind)).flaws : []
  if (!picture) {
    const notLooked = ['A file inside a message is no picture, and was not looked into.']
    return { file: { ...known, position: 'not-known', notLooked, words: '' }, flaws }
  }
  const { position, notKnown, words } = await findInPicture(picture.type, bytes, true)
  return { file: { ...known, position, notLooked: notKnown, words }, flaws }
}
