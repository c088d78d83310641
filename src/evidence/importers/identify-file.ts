import { image } from './image/image.ts'
import type { EvidenceSource, Importer } from './importer.ts'
import { type Recognised, recogniseFormat, titled } from './unknown/recognise.ts'
import { whatsApp } from './whatsapp/whatsapp.ts'
import { zip } from './zip/zip.ts'

/** Every importer there is. Each judges by content; none of them sees the others. */
export const importers: readonly Importer[] = [whatsApp, image, zip]

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

const headLength = 65_536

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
  if (claim) return { kind: 'one', ...claim }
  if (broken && (recognised.format === 'text' || recognised.format === 'unrecognised'))
    return { kind: 'broken', ...broken }
  return { kind: 'none', recognised }
}

async function readHead(source: EvidenceSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.open()) {
    pieces.push(chunk)
    size += chunk.length
    if (size >= headLength) break
  }
  return Buffer.concat(pieces).subarray(0, headLength)
}
