import type { SignedCheckpoint } from '../../evidence/checkpoint.ts'
import { isSignedBy } from '../../evidence/checkpoint-key.ts'
import { parseCustodyLine } from '../../evidence/custody-line.ts'
import { isConsistent } from '../../evidence/merkle-proof.ts'
import type { parseReceipt } from '../../evidence/receipt.ts'
import type { CustodyExcerpt } from '../custody-excerpt.ts'
import { parseJson } from '../manifest.ts'
import { type Check, judge, leaveOut } from './check.ts'

export type ReadReceipt = NonNullable<ReturnType<typeof parseReceipt>>

/** One receipt that the reader brought: what it was read from, and null when it could not be read. */
export type BroughtReceipt = { readonly name: string; readonly receipt: ReadReceipt | null }

/**
 * The log in the bundle is the log of each receipt, grown longer: nothing that was in it then was changed or
 * taken out since. This is what shows that its end was not torn off and rewritten.
 */
// RFC 9162, section 2.1.4.2
export function checkReceipts(
  brought: readonly BroughtReceipt[],
  head: SignedCheckpoint | null,
  excerpt: CustodyExcerpt | null,
): Check {
  if (brought.length === 0) return leaveOut('receipts', 'You brought no receipt (--receipt FILE).')
  const wrong: string[] = []
  const open: string[] = []
  for (const { name, receipt } of brought) {
    if (!receipt) wrong.push(`${name}: This is not a receipt, or it contradicts itself.`)
    else if (!head || !excerpt)
      wrong.push(`${name}: The log in the bundle cannot be read, so it does not agree.`)
    else {
      const answer = compare(receipt, head, excerpt)
      if (answer.result === 'fail') wrong.push(`${name}: ${answer.because}`)
      if (answer.result === 'not-checked') open.push(`${name}: ${answer.because}`)
    }
  }
  if (wrong.length === 0 && open.length > 0) return leaveOut('receipts', open.join(' '))
  const count = brought.length === 1 ? 'The receipt agrees' : `All ${brought.length} receipts agree`
  return judge('receipts', wrong, `${count} with the log in the bundle.`)
}

type Answer = { readonly result: 'pass' | 'fail' | 'not-checked'; readonly because: string }

function compare(receipt: ReadReceipt, head: SignedCheckpoint, excerpt: CustodyExcerpt): Answer {
  const [older, newer] = [receipt.signed.checkpoint, head.checkpoint]
  const fail = (because: string): Answer => ({ result: 'fail', because })
  if (!isSignedBy(receipt.signed, receipt.clinicKey))
    return fail('The receipt is not signed with the key that it names.')
  if (older.origin !== newer.origin) return fail('The receipt is of another log.')
  if (!isSignedBy(head, receipt.clinicKey))
    return fail('The log in the bundle is signed with another key than the receipt.')
  if (older.size > newer.size) {
    return fail(
      `The receipt counts ${older.size} lines and the bundle ${newer.size}: lines are gone, or the receipt is newer.`,
    )
  }
  const proof =
    older.size === newer.size ? [] : excerpt.earlierHeads.find(each => each.size === older.size)?.proof
  if (!proof)
    return { result: 'not-checked', because: 'The bundle holds no proof for a receipt of this age.' }
  if (!isConsistent({ older, newer }, proof)) return fail('The log was changed since the receipt was given.')
  const arrival = excerpt.lines.find(line => line.index === older.size - 1)
  const item = arrival && parseCustodyLine(parseJson(arrival.text))?.item
  if (item && item !== receipt.item) return fail('The log has another item where the receipt has this one.')
  return { result: 'pass', because: '' }
}
