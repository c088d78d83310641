import { findDirectory, longestTail } from '../archive-directory.ts'
import { image } from './image/image.ts'
import type { EvidenceSource, Importer } from './importer.ts'
import { media } from './media/media.ts'
import { readHead } from './read-head.ts'
import { smsBackup } from './sms/sms.ts'
import { recogniseFormat } from './unknown/recognise.ts'
import { type Recognised, titled } from './unknown/titles.ts'
import { whatsApp } from './whatsapp/whatsapp.ts'
import { zip } from './zip/zip.ts'

/** Every importer there is. Each judges by content; none of them sees the others. */
export const importers: readonly Importer[] = [whatsApp, smsBackup, image, media, zip]

export type FileIdentity =
  | {
      readonly kind: 'one'
      readonly importer: Importer
      readonly dialect: string
      readonly confidence: number
    }
  /** Two importers claim the file: a person decides. */
  | { readonly kind: 'several'; readonly importers: readonly Importer[] }
  | { readonly kind: 'broken'; readonly format: string; readonly reason: string }
  | { readonly kind: 'none'; readonly recognised: Recognised }

// Office documents and phone apps are zips too; their parts are not evidence one by one.
const packedDocuments = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'apk', 'jar'])

/** Decides by content which importer reads a file; the name only breaks a tie or explains a failure. */
export async function identifyFile(source: EvidenceSource): Promise<FileIdentity> {
  const head = await readHead(source)
  if (head.length === 0) return { kind: 'none', recognised: titled('empty') }
  const claims: { importer: Importer; dialect: string; confidence: number }[] = []
  let broken: { format: string; reason: string } | null = null
  for (const importer of importers) {
    const found = importer.identify(head, source.name, source.siblings ?? [])
    if (found.kind === 'mine') claims.push({ importer, dialect: found.dialect, confidence: found.confidence })
    if (found.kind === 'broken') broken ??= { format: importer.format, reason: found.reason }
  }
  const recognised = await recogniseFormat(head, source.name)
  const [claim, other] = claims
  if (claim && other) return { kind: 'several', importers: claims.map(({ importer }) => importer) }
  if (claim?.importer.format === 'zip' && packedDocuments.has(recognised.format))
    return { kind: 'none', recognised }
  // A text that ends like an archive may be both: only a person can say which of the two is meant.
  if (claim?.importer.format === 'whatsapp' && (await endsLikeZip(source, head)))
    return { kind: 'several', importers: [whatsApp, zip] }
  if (claim) return { kind: 'one', ...claim }
  const plain = recognised.format === 'text' || recognised.format === 'unrecognised'
  // Something may stand before an archive: its directory is at its end.
  if (!claim && (await endsLikeZip(source, head)))
    return { kind: 'one', importer: zip, dialect: 'zip with something before it', confidence: 0.8 }
  return broken && plain ? { kind: 'broken', ...broken } : { kind: 'none', recognised }
}

async function endsLikeZip(source: EvidenceSource, head: Buffer): Promise<boolean> {
  const at = Math.max(0, source.size - longestTail)
  if (source.size <= head.length) return hasEntries(head, 0, source.size)
  const pieces: Uint8Array[] = []
  if (source.openRange) for await (const piece of source.openRange(at, source.size)) pieces.push(piece)
  else {
    let position = 0
    for await (const piece of source.open()) {
      if (position + piece.length > at) pieces.push(piece.subarray(Math.max(0, at - position)))
      position += piece.length
    }
  }
  return hasEntries(Buffer.concat(pieces), at, source.size)
}

const hasEntries = (tail: Buffer, at: number, size: number) =>
  (findDirectory(tail, at, size)?.entries ?? 0) > 0
