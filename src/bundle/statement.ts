import { z } from 'zod'
import { isMoment } from '../evidence/custody-line.ts'
import { isKeyName } from '../evidence/signed-note.ts'
import { canonicalJson, parseCanonicalJson } from '../foundation/canonical-json.ts'
import { type Sha256, sha256 } from '../foundation/digest.ts'
import { whyUnsafe } from './bagit/unsafe-path.ts'
import { carriedFiles } from './manifest.ts'

/** One file of a bundle as the statement knows it. */
export type StatedFile = { readonly path: string; readonly bytes: number; readonly sha256: Sha256 }

/** One exhibit as the statement knows it, with the place of every line of custody it had before it was exported. */
export type StatedExhibit = StatedFile & {
  readonly reference: string
  readonly kind: 'original' | 'working-copy'
  /** For a working copy the SHA-256 of the original it was made from; null for an original. */
  readonly derivedFrom: Sha256 | null
  readonly custody: readonly number[]
}

type StatedPerson = {
  readonly name: string
  readonly role: string
  readonly agency: string
  readonly at: string
}

/** The custody log as it was when the statement was made, before the lines that bind the statement into it. */
export type StatedLog = {
  readonly origin: string
  readonly size: number
  readonly root: Sha256
  /** The earlier sizes whose heads the excerpt proves: those on receipts, and this one. */
  readonly heads: readonly number[]
}

/**
 * What the clinic signs of a bundle: every file in it but those that carry the end of the custody log or follow from
 * the rest, all of its exhibits, for what it is, who asked for it and who approved it.
 */
export type Statement = {
  readonly bundle: string
  readonly reference: string
  readonly caseReference: string
  readonly clinicName: string
  readonly purpose: string
  readonly madeAt: string
  readonly requestedBy: StatedPerson
  readonly approvedBy: StatedPerson
  readonly log: StatedLog
  readonly exhibits: readonly StatedExhibit[]
  /** Every other file, in the order of their names. */
  readonly files: readonly StatedFile[]
}

/** The statement as it lies in the bundle: one line of canonical JSON. */
export function writeStatement(statement: Statement): string {
  return `${canonicalJson({ statement: 'unwatched/1', ...statement })}\n`
}

/** The digest that is signed, and that the lines in the custody log carry. */
export function digestOfStatement(text: string): Sha256 {
  return sha256(text)
}

/**
 * Reads a statement that came from outside: exactly its members, in exactly its one text, and agreeing with itself.
 * Null for anything else.
 */
export function parseStatement(text: string): Statement | null {
  if (!text.endsWith('\n')) return null
  const read = shape.safeParse(parseCanonicalJson(text.slice(0, -1)))
  if (!read.success) return null
  const { statement: _, ...statement } = read.data
  return agreesWithItself(statement) ? statement : null
}

const digest = z.custom<Sha256>(value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
const count = z.int().min(0)
const moment = z.string().refine(isMoment)
const person = z.strictObject({ name: z.string(), role: z.string(), agency: z.string(), at: moment })
const file = { path: z.string(), bytes: count, sha256: digest }
const shape = z.strictObject({
  statement: z.literal('unwatched/1'),
  bundle: z.string().min(1),
  reference: z.string().min(1),
  caseReference: z.string(),
  clinicName: z.string(),
  purpose: z.string(),
  madeAt: moment,
  requestedBy: person,
  approvedBy: person,
  log: z.strictObject({
    origin: z.string().refine(isKeyName),
    size: count,
    root: digest,
    heads: z.array(count.min(1)),
  }),
  exhibits: z.array(
    z.strictObject({
      ...file,
      reference: z.string().min(1),
      kind: z.enum(['original', 'working-copy']),
      derivedFrom: digest.nullable(),
      custody: z.array(count).min(1),
    }),
  ),
  files: z.array(z.strictObject(file)),
})

function agreesWithItself({ log, exhibits, files }: Statement): boolean {
  const paths = [...exhibits, ...files].map(({ path }) => path)
  const folded = paths.map(path => path.normalize('NFC').toLowerCase())
  return (
    new Set(folded).size === paths.length &&
    paths.every(path => !whyUnsafe(path) && !carriedFiles.includes(path)) &&
    exhibits.every(({ path }) => path.startsWith('data/exhibits/')) &&
    files.every(({ path }) => !path.startsWith('data/exhibits/')) &&
    isRising(files.map(({ path }) => path)) &&
    isRising(log.heads) &&
    log.heads.every(size => size <= log.size) &&
    (log.size === 0 || log.heads.includes(log.size)) &&
    exhibits.every(({ kind, derivedFrom }) => (kind === 'original') === (derivedFrom === null)) &&
    exhibits.every(({ custody }) => isRising(custody) && custody.every(place => place < log.size))
  )
}

function isRising(values: readonly (string | number)[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1] ?? value) < value)
}
