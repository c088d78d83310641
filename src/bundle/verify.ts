import { parseCheckpoint } from '../evidence/checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from '../evidence/checkpoint-key.ts'
import { parseReceipt } from '../evidence/receipt.ts'
import type { BagReader } from './bagit/bag-reader.ts'
import { type BagReading, readBag } from './bagit/read-bag.ts'
import { verifyBag } from './bagit/verify-bag.ts'
import { parseExcerpt } from './custody-excerpt.ts'
import { bundlePlaces, parseDescription, parseJson } from './manifest.ts'
import { type Check, judge } from './verify-bundle/check.ts'
import { checkBag } from './verify-bundle/check-bag.ts'
import { checkCustodyChain } from './verify-bundle/check-custody-chain.ts'
import { checkCustodyProofs } from './verify-bundle/check-custody-proofs.ts'
import { checkExhibits } from './verify-bundle/check-exhibits.ts'
import { checkHeadSignature } from './verify-bundle/check-head-signature.ts'
import { checkKey } from './verify-bundle/check-key.ts'
import { checkReceipts } from './verify-bundle/check-receipts.ts'

/** What the reader brought that did not come with the bundle. Without it, a bundle can only agree with itself. */
export type Outside = {
  readonly publicKey?: VerifierKey
  readonly receipts?: readonly { readonly name: string; readonly text: string }[]
}

export type Verdict = 'whole-and-proved' | 'whole-not-proved' | 'wrong'
export type Verification = { readonly checks: readonly Check[]; readonly verdict: Verdict }

/**
 * Checks a bundle: every check, every time, each with its result and all its places. Needs nothing but the bag
 * and what the reader brought: no server, no database, no key of the clinic's. Throws only when the reader does.
 */
// Rule S7
export async function verifyBundle(reader: BagReader, outside: Outside = {}): Promise<Verification> {
  const { description: descriptionPath, excerpt: excerptPath } = bundlePlaces
  const reading = await readBag(reader, path => path === descriptionPath || path === excerptPath)
  const description = parseDescription(textOf(reading, descriptionPath) ?? '')
  const excerpt = parseExcerpt(parseJson(textOf(reading, excerptPath) ?? ''))
  const head = parseCheckpoint(textOf(reading, bundlePlaces.checkpoint) ?? '')
  const key = parseVerifierKey(textOf(reading, bundlePlaces.clinicKey) ?? '')
  const receipts = (outside.receipts ?? []).map(({ name, text }) => ({ name, receipt: parseReceipt(text) }))
  const unreadable = [
    ...(description ? [] : [`${descriptionPath}: This is not the description of a bundle.`]),
    ...(excerpt ? [] : [`${excerptPath}: This is not a custody excerpt.`]),
  ]
  const checks = [
    ...checkBag(reading, verifyBag(reading)),
    judge('description', unreadable, 'The list of exhibits and the custody excerpt can be read.'),
    checkCustodyChain(excerpt),
    checkCustodyProofs(excerpt, head?.checkpoint ?? null),
    checkHeadSignature(head, key),
    checkExhibits(reading, description, excerpt),
    checkReceipts(receipts, head, excerpt),
    checkKey(outside.publicKey, head),
  ]
  return { checks, verdict: decideVerdict(checks) }
}

/** Wrong when any check failed; proved only when all that was brought from outside passed, and something was. */
export function decideVerdict(checks: readonly Check[]): Verdict {
  const results = (isOutside: boolean) =>
    checks.filter(({ id }) => (id === 'receipts' || id === 'key') === isOutside).map(({ result }) => result)
  if (checks.some(({ result }) => result === 'fail') || results(false).includes('not-checked')) return 'wrong'
  return results(true).includes('pass') ? 'whole-and-proved' : 'whole-not-proved'
}

function textOf(reading: BagReading, path: string): string | null {
  const content = reading.files.get(path)?.content
  if (!content) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}
