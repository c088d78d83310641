import { readCustodyLine } from '../../evidence/custody-line.ts'
import { isConsistent } from '../../evidence/merkle-proof.ts'
import { isReceiptSignedBy, type ReadReceipt } from '../../evidence/receipt.ts'
import { type BundleParts, isBundleSignedBy } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

/** One receipt that the reader brought: what it was read from, and null when it could not be read. */
export type BroughtReceipt = { readonly name: string; readonly receipt: ReadReceipt | null }

/**
 * The log in the bundle is the log of each receipt, grown longer: nothing that was in it then was changed or
 * taken out since; and the key that signed the receipt signed all that is signed of the bundle. Whose key that is, a
 * receipt shows only as surely as its holder knows where it came from.
 */
// RFC 9162, section 2.1.4.2
export function checkReceipts(brought: readonly BroughtReceipt[], parts: BundleParts): BundleCheck {
  if (brought.length === 0) return leaveOut('receipts', 'You brought no receipt (--receipt FILE).')
  const wrong: string[] = []
  const open: string[] = []
  for (const { name, receipt } of brought) {
    if (!receipt) wrong.push(`${name}: This is not a receipt, or it contradicts itself.`)
    else {
      const answer = compare(receipt, parts)
      if (answer.result === 'fail') wrong.push(`${name}: ${answer.because}`)
      if (answer.result === 'not-checked') open.push(`${name}: ${answer.because}`)
    }
  }
  if (wrong.length === 0 && open.length > 0) return leaveOut('receipts', open.join(' '))
  const count = brought.length === 1 ? 'The receipt agrees' : `All ${brought.length} receipts agree`
  return judge('receipts', wrong, `${count} with the log in the bundle, and the same key signed both.`)
}

type Answer = { readonly result: 'pass' | 'fail' | 'not-checked'; readonly because: string }

function compare(receipt: ReadReceipt, parts: BundleParts): Answer {
  const fail = (because: string): Answer => ({ result: 'fail', because })
  const leave = (because: string): Answer => ({ result: 'not-checked', because })
  const { head, excerpt } = parts
  if (!head || !excerpt) return fail('The log in the bundle cannot be read, so it does not agree.')
  const [older, newer] = [receipt.signed.checkpoint, head.checkpoint]
  if (!isReceiptSignedBy(receipt, receipt.clinicKey))
    return fail('The receipt is not signed with the key that it names, or was changed since.')
  if (older.origin !== newer.origin) return fail('The receipt is of another log.')
  if (!isBundleSignedBy(parts, receipt.clinicKey))
    return fail('The bundle is signed with another key than the receipt.')
  if (older.size > newer.size) {
    const last = readCustodyLine(excerpt.lines.at(-1)?.text ?? '')
    const isNewer = receipt.signature !== null && last !== null && receipt.at >= last.at
    return isNewer
      ? leave(
          'The receipt is newer than the bundle, so the bundle cannot know it. Bring an older one, or the key.',
        )
      : fail(`The receipt counts ${older.size} lines and the bundle ${newer.size}: lines are gone.`)
  }
  const proof =
    older.size === newer.size ? [] : excerpt.earlierHeads.find(each => each.size === older.size)?.proof
  if (!proof) return leave('The bundle holds no proof for a receipt of this age.')
  if (!isConsistent({ older, newer }, proof)) return fail('The log was changed since the receipt was given.')
  const arrival = excerpt.lines.find(line => line.index === older.size - 1)
  const line = arrival && readCustodyLine(arrival.text)
  if (line?.item && line.item !== receipt.item)
    return fail('The log has another item where the receipt has this one.')
  if (line?.item && line.at !== receipt.at)
    return fail('The log has another time where the receipt has this one.')
  if (!line?.item && receipt.signature === null) {
    return leave(
      'The receipt is of the first kind and of an item that is not here: nothing shows that its item and time stand as they were written.',
    )
  }
  return { result: 'pass', because: '' }
}
