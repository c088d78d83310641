import { digestOfLine } from '../../evidence/custody-line.ts'
import { type CustodyExcerpt, readLines } from '../custody-excerpt.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

/** Each line reads as a line, stands in its order, and names the digest of the line before it where that is here. */
export function checkCustodyChain(excerpt: CustodyExcerpt | null): BundleCheck {
  if (!excerpt) return leaveOut('custody-chain', 'The custody excerpt cannot be read.')
  const wrong: string[] = []
  let before: { readonly index: number; readonly digest: string } | null = null
  const lines = readLines(excerpt)
  for (const [place, { index, text }] of excerpt.lines.entries()) {
    const line = lines[place]
    if (!line) wrong.push(`Custody line ${index} cannot be read as one.`)
    else {
      if (line.sequence !== index) wrong.push(`Custody line ${index} says that it is line ${line.sequence}.`)
      if (before?.index === index - 1 && line.previous !== before.digest) {
        wrong.push(`Custody line ${index} does not follow line ${before.index}: one of the two was changed.`)
      }
    }
    if (before && before.index >= index)
      wrong.push(`Custody line ${index} stands after line ${before.index}.`)
    before = { index, digest: digestOfLine(text) }
  }
  return judge(
    'custody-chain',
    wrong.map(each => `data/custody/excerpt.json: ${each}`),
    `${excerpt.lines.length} lines of ${excerpt.size} are here, each in its place.`,
  )
}
