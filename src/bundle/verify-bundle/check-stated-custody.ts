import { emptyRoot } from '../../evidence/merkle.ts'
import { canonicalJson } from '../../foundation/canonical-json.ts'
import { bindingLines, boundSize, placesOf } from '../binding-lines.ts'
import { readLines } from '../custody-excerpt.ts'
import { bundlePlaces } from '../manifest.ts'
import type { BundleParts } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'
import { beforeStatements } from './check-statement.ts'

/**
 * The log holds what the statement says of it: every line of each exhibit from its arrival on, each at its place and
 * none besides; then the lines that bind this statement, of the bundle and of each exhibit; and there it ends.
 */
export function checkStatedCustody(parts: BundleParts): BundleCheck {
  if (!parts.isStated) return leaveOut('stated-custody', beforeStatements)
  const { statement, statementDigest, excerpt, head } = parts
  if (!statement || !excerpt || !head) {
    const what = statement ? (excerpt ? 'head of the log' : 'custody excerpt') : 'statement'
    return leaveOut('stated-custody', `The ${what} cannot be read.`)
  }
  const { log, exhibits } = statement
  const wrong: string[] = []
  const say = (text: string) => void wrong.push(`${bundlePlaces.excerpt}: ${text}`)
  const lines = new Map(excerpt.lines.map(({ index }, place) => [index, readLines(excerpt)[place] ?? null]))

  for (const { reference, custody, sha256, derivedFrom } of exhibits) {
    custody.forEach((place, count) => {
      const line = lines.get(place)
      const name = `Custody line ${place}, ${count + 1} of ${custody.length} of exhibit ${reference},`
      if (!line) say(`${name} is not here.`)
      else if (line.item !== (derivedFrom ?? sha256)) say(`${name} is of another item.`)
      else if (count === 0 && line.act !== 'arrived') say(`${name} is not its arrival.`)
    })
  }
  bindingLines(statement, statementDigest).forEach((expected, index) => {
    const line = lines.get(log.size + index)
    const name = expected.item === null ? 'the bundle' : `exhibit ${exhibits[index - 1]?.reference}`
    const where = `Custody line ${log.size + index}, which binds ${name} to the statement,`
    if (!line) say(`${where} is not here.`)
    else if (
      line.act !== expected.act ||
      line.item !== expected.item ||
      canonicalJson(line.detail) !== canonicalJson(expected.detail)
    )
      say(`${where} says something else.`)
  })
  const expected = new Set(placesOf(statement))
  for (const index of lines.keys())
    if (!expected.has(index)) say(`Custody line ${index} is of no exhibit in the statement.`)

  const heads = excerpt.earlierHeads.map(({ size }) => size)
  if (heads.join() !== log.heads.join())
    say(`It proves the earlier heads of ${heads.join(', ')} lines, and should of ${log.heads.join(', ')}.`)
  const before = log.size === 0 ? emptyRoot : excerpt.earlierHeads.find(({ size }) => size === log.size)?.root
  if (before !== log.root)
    wrong.push(`${bundlePlaces.statement}: The log it was made over is not the log here.`)
  if (head.checkpoint.size !== boundSize(statement)) {
    wrong.push(
      `${bundlePlaces.checkpoint}: The log has ${head.checkpoint.size} lines; right after the statement it had ${boundSize(statement)}.`,
    )
  }
  return judge(
    'stated-custody',
    wrong,
    `Every line of ${exhibits.length} exhibits from arrival to export is here, and each export names the statement.`,
  )
}
