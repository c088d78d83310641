import { z } from 'zod'
import { canonicalJson, parseCanonicalJson } from '../foundation/canonical-json.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { BundleInput } from './bundle-input.ts'
import { exhibitPath } from './exhibit-path.ts'

/** Where the parts of a bundle lie, for those who write it and those who check it. */
export const bundlePlaces = {
  description: 'data/bundle.json',
  excerpt: 'data/custody/excerpt.json',
  checkpoint: 'custody-head.txt',
  clinicKey: 'clinic-key.txt',
  statement: 'unwatched-statement.json',
  signature: 'unwatched-statement.sig',
} as const

/**
 * The files that no statement can list, because they are made after it or hold the end of the log that speaks of it.
 * Each is protected in another way: the statement by its signature, the head by its own, the excerpt by its proofs,
 * and the lists by being exactly what follows from the files.
 */
export const carriedFiles: readonly string[] = [
  bundlePlaces.statement,
  bundlePlaces.signature,
  bundlePlaces.excerpt,
  bundlePlaces.checkpoint,
  'bag-info.txt',
  'manifest-sha256.txt',
  'manifest-sha512.txt',
  'tagmanifest-sha256.txt',
  'tagmanifest-sha512.txt',
]

/** What the bundle says it holds, for programs: which file is which exhibit. */
export type BundleDescription = {
  /** False for a bundle of the first kind, which was made before there were signed statements. */
  readonly isStated: boolean
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
  const counts = { chronology: input.chronology.rows, exhibits: exhibits.length }
  const head = { bundle: 'unwatched/2', reference, caseReference, clinicName, purpose, madeAt }
  return `${canonicalJson({ ...head, requestedBy, approvedBy, counts, exhibits, notIncluded })}\n`
}

/**
 * Reads what a bundle says it holds; null when the text is not, letter for letter, the description of a bundle. One
 * of the first kind, which has no statement, must have exactly the members it always had.
 */
export function parseDescription(text: string): BundleDescription | null {
  const value = text.endsWith('\n') ? parseCanonicalJson(text.slice(0, -1)) : undefined
  const read = z.union([firstKind, secondKind]).safeParse(value)
  if (!read.success) return null
  const { bundle, exhibits } = read.data
  return {
    isStated: bundle === 'unwatched/2',
    exhibits: exhibits.map(({ reference, path, digest }) => ({ reference, path, digest })),
  }
}

const digest = z.custom<Sha256>(value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
const exhibit = z.looseObject({ reference: z.string(), path: z.string(), digest })
const secondKind = z.looseObject({ bundle: z.literal('unwatched/2'), exhibits: z.array(exhibit) })
const person = z.strictObject({ name: z.string(), role: z.string(), agency: z.string(), at: z.string() })
const firstKind = z.strictObject({
  bundle: z.literal('unwatched/1'),
  reference: z.string(),
  caseReference: z.string(),
  clinicName: z.string(),
  purpose: z.string(),
  madeAt: z.string(),
  requestedBy: person,
  approvedBy: person,
  counts: z.strictObject({ chronology: z.int(), exhibits: z.int() }),
  exhibits: z.array(
    z.strictObject({
      reference: z.string(),
      path: z.string(),
      digest,
      producer: z.string(),
      originalName: z.string(),
      kind: z.string(),
      bytes: z.int(),
      arrivedAt: z.string(),
    }),
  ),
  notIncluded: z.array(z.strictObject({ what: z.string(), count: z.int().nullable(), because: z.string() })),
})
