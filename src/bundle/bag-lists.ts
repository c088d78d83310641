import { encodePath } from './bagit/manifest-lines.ts'

/** A file of a bag with what its bytes came to. */
export type DigestedFile = {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly sha512: string
}

type Described = {
  readonly clinicName: string
  readonly reference: string
  readonly purpose: string
  readonly caseReference: string
  readonly madeAt: string
}

/** The lists of a bag that follow from its other files, in the order they are made. Each lists those before it. */
export const listNames = [
  'bag-info.txt',
  'manifest-sha256.txt',
  'manifest-sha512.txt',
  'tagmanifest-sha256.txt',
  'tagmanifest-sha512.txt',
] as const
export type ListName = (typeof listNames)[number]

/**
 * One list of a bag, from the files in it. A set of files has exactly one list text, so anyone who knows the files
 * knows what the list must be, and nothing else can be in it.
 */
// RFC 8493, sections 2.1.3, 2.2.1 and 2.2.2
export function writeList(name: ListName, described: Described, files: readonly DigestedFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const payload = sorted.filter(({ path }) => path.startsWith('data/'))
  const tags = sorted.filter(({ path }) => !path.startsWith('data/') && !path.startsWith('tagmanifest-'))
  switch (name) {
    case 'bag-info.txt':
      return writeBagInfo(described, payload)
    case 'manifest-sha256.txt':
      return writeManifest(payload, 'sha256')
    case 'manifest-sha512.txt':
      return writeManifest(payload, 'sha512')
    case 'tagmanifest-sha256.txt':
      return writeManifest(tags, 'sha256')
    case 'tagmanifest-sha512.txt':
      return writeManifest(tags, 'sha512')
  }
}

function writeManifest(files: readonly DigestedFile[], algorithm: 'sha256' | 'sha512'): string {
  return files.map(file => `${file[algorithm]}  ${encodePath(file.path)}\n`).join('')
}

// RFC 8493, section 2.2.2
function writeBagInfo(described: Described, payload: readonly DigestedFile[]): string {
  const bytes = payload.reduce((sum, file) => sum + file.bytes, 0)
  const entries = [
    ['Source-Organization', described.clinicName],
    ['External-Identifier', described.reference],
    ['External-Description', `${described.purpose}, case ${described.caseReference}`],
    ['Bagging-Date', described.madeAt.slice(0, 10)],
    ['Payload-Oxum', `${bytes}.${payload.length}`],
    ['Bag-Software-Agent', 'Unwatched'],
  ] as const
  return entries.map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}\n`).join('')
}
