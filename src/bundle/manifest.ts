import { canonicalJson } from '../foundation/canonical-json.ts'
import { parseSha256, type Sha256 } from '../foundation/digest.ts'
import type { BundleInput } from './bundle-input.ts'
import { exhibitPath } from './exhibit-path.ts'

/** Where the parts of a bundle lie, for those who write it and those who check it. */
export const bundlePlaces = {
  description: 'data/bundle.json',
  excerpt: 'data/custody/excerpt.json',
  checkpoint: 'custody-head.txt',
  clinicKey: 'clinic-key.txt',
} as const

/** What the bundle says it holds, for programs: which file is which exhibit. */
export type BundleDescription = {
  readonly exhibits: readonly { readonly reference: string; readonly path: string; readonly digest: Sha256 }[]
}

/** Gives each exhibit its place; two exhibits never share one. */
export function placeExhibits(
  exhibits: BundleInput['exhibits'],
): readonly (BundleInput['exhibits'][number] & { readonly path: string })[] {
  const taken = new Set<string>()
  return exhibits.map(exhibit => {
    const path = exhibitPath(exhibit.reference, exhibit.originalName)
    // Case and accents fold together on some machines, so the names must differ by more than these
    let free = path
    for (let copy = 2; taken.has(free.toLowerCase()); copy += 1) {
      free = path.replace(/(\.[^./]+)?$/, extension => ` (${copy})${extension}`)
    }
    taken.add(free.toLowerCase())
    return { ...exhibit, path: free }
  })
}

/** data/bundle.json: who asked, who approved, for what, and which file is which exhibit. */
export function writeDescription(input: BundleInput): string {
  const { reference, caseReference, clinicName, purpose, madeAt, requestedBy, approvedBy, notIncluded } =
    input
  const exhibits = placeExhibits(input.exhibits).map(({ open: _, ...exhibit }) => exhibit)
  const counts = { chronology: input.chronology.length, exhibits: exhibits.length }
  const head = { bundle: 'unwatched/1', reference, caseReference, clinicName, purpose, madeAt }
  return `${canonicalJson({ ...head, requestedBy, approvedBy, counts, exhibits, notIncluded })}\n`
}

/** Reads what a bundle says it holds; null when the text is not the description of a bundle. */
export function parseDescription(text: string): BundleDescription | null {
  const value = parseJson(text)
  if (!isObject(value) || value['bundle'] !== 'unwatched/1' || !Array.isArray(value['exhibits'])) return null
  const exhibits: { reference: string; path: string; digest: Sha256 }[] = []
  for (const each of value['exhibits'] as readonly unknown[]) {
    if (!isObject(each)) return null
    const { reference, path, digest } = each
    const read = typeof digest === 'string' ? parseSha256(digest) : null
    if (typeof reference !== 'string' || typeof path !== 'string' || !read) return null
    exhibits.push({ reference, path, digest: read })
  }
  return { exhibits }
}

/** Parsed JSON, or undefined for a text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
