import type { VerifierKey } from '../evidence/checkpoint-key.ts'
import { parseReceipt } from '../evidence/receipt.ts'
import type { BagReader } from './bagit/bag-reader.ts'
import { readBag } from './bagit/read-bag.ts'
import { verifyBag } from './bagit/verify-bag.ts'
import { bundlePlaces } from './manifest.ts'
import { readParts } from './verify-bundle/bundle-parts.ts'
import type { BundleCheck } from './verify-bundle/check.ts'
import { checkBag } from './verify-bundle/check-bag.ts'
import { checkCustodyChain } from './verify-bundle/check-custody-chain.ts'
import { checkCustodyProofs } from './verify-bundle/check-custody-proofs.ts'
import { checkDescription, checkExhibits } from './verify-bundle/check-exhibits.ts'
import { checkHeadSignature } from './verify-bundle/check-head-signature.ts'
import { checkKey } from './verify-bundle/check-key.ts'
import { checkReceipts } from './verify-bundle/check-receipts.ts'
import { checkStatedCustody } from './verify-bundle/check-stated-custody.ts'
import { checkStatedFiles } from './verify-bundle/check-stated-files.ts'
import { checkStatedLists } from './verify-bundle/check-stated-lists.ts'
import { checkStatement } from './verify-bundle/check-statement.ts'
import { type FileWithStatus, findFileStatuses } from './verify-bundle/find-file-statuses.ts'

/** What the reader brought that did not come with the bundle. Without it, a bundle can only agree with itself. */
export type Outside = {
  readonly publicKey?: VerifierKey
  readonly receipts?: readonly { readonly name: string; readonly text: string }[]
}

/**
 * `exhibits-proved` is of a bundle made before bundles were signed whole: its exhibits are those of the signed log,
 * and nothing signed says anything of its chronology, its lists, or of an exhibit that may have been left out.
 */
export type Verdict = 'whole-and-proved' | 'exhibits-proved' | 'whole-not-proved' | 'wrong'
export type Verification = {
  readonly checks: readonly BundleCheck[]
  /** What vouches for each file. */
  readonly files: readonly FileWithStatus[]
  readonly verdict: Verdict
  /** Whose signature covers the files: of what the reader brought, or only of the key in the bundle. */
  readonly signedBy: 'key-you-brought' | 'receipt-you-brought' | 'key-in-the-bundle' | 'nobody'
  /** Which of the things the reader brought prove it. */
  readonly provedBy: readonly ('key' | 'receipts')[]
  /** False for a bundle made before bundles were signed whole. */
  readonly isStated: boolean
}

/**
 * Checks a bundle: every check, every time, each with its result and all its places. Needs nothing but the bag
 * and what the reader brought: no server, no database, no key of the clinic's. Throws only when the reader does.
 */
// Rule S7
export async function verifyBundle(reader: BagReader, outside: Outside = {}): Promise<Verification> {
  const { description, excerpt } = bundlePlaces
  const reading = await readBag(reader, path => path === description || path === excerpt, [
    'sha256',
    'sha512',
  ])
  const parts = readParts(reading)
  const receipts = (outside.receipts ?? []).map(({ name, text }) => ({ name, receipt: parseReceipt(text) }))
  const checks = [
    ...checkBag(reading, verifyBag(reading)),
    checkStatement(parts),
    checkStatedFiles(parts),
    checkStatedLists(parts),
    checkDescription(parts),
    checkCustodyChain(parts.excerpt),
    checkCustodyProofs(parts.excerpt, parts.head?.checkpoint ?? null),
    checkStatedCustody(parts),
    checkHeadSignature(parts),
    checkExhibits(parts),
    checkReceipts(receipts, parts),
    checkKey(outside.publicKey, parts),
  ]
  const brought = [
    ...(outside.publicKey ? [outside.publicKey] : []),
    ...receipts.flatMap(({ receipt }) => (receipt ? [receipt.clinicKey] : [])),
  ]
  const files = findFileStatuses(parts, checks, brought)
  const verdict = decideVerdict(checks, files, parts.isStated)
  const provedBy = (['key', 'receipts'] as const).filter(id =>
    checks.some(check => check.id === id && check.result === 'pass'),
  )
  const isSigned = files.some(({ status }) => status === 'signed')
  const bringer = outside.publicKey ? 'key-you-brought' : 'receipt-you-brought'
  return {
    checks,
    files,
    verdict,
    signedBy: !isSigned ? 'nobody' : brought.length > 0 ? bringer : 'key-in-the-bundle',
    provedBy: verdict === 'wrong' ? [] : provedBy,
    isStated: parts.isStated,
  }
}

/**
 * Wrong when any check failed or could not be made. Proved only when something was brought from outside, all of it
 * that could be compared agrees, and a signature vouches for every single file.
 */
export function decideVerdict(
  checks: readonly BundleCheck[],
  files: readonly FileWithStatus[],
  isStated: boolean,
): Verdict {
  const [outside, inside] = [checks.filter(isOutside), checks.filter(check => !isOutside(check))]
  const mustPass = isStated ? inside : inside.filter(({ id }) => !ofStatements.includes(id))
  if (checks.some(({ result }) => result === 'fail')) return 'wrong'
  if (mustPass.some(({ result }) => result !== 'pass')) return 'wrong'
  const isProved = outside.some(({ result }) => result === 'pass')
  if (!isStated) return isProved ? 'exhibits-proved' : 'whole-not-proved'
  if (files.some(({ status }) => status !== 'signed')) return 'wrong'
  return isProved ? 'whole-and-proved' : 'whole-not-proved'
}

const isOutside = ({ id }: BundleCheck) => id === 'receipts' || id === 'key'
const ofStatements: readonly string[] = ['statement', 'stated-files', 'stated-lists', 'stated-custody']
