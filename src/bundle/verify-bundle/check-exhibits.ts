import { parseCustodyLine } from '../../evidence/custody-line.ts'
import type { BagReading } from '../bagit/read-bag.ts'
import type { CustodyExcerpt } from '../custody-excerpt.ts'
import { type BundleDescription, parseJson } from '../manifest.ts'
import { type Check, judge, leaveOut } from './check.ts'

/**
 * The bytes of each exhibit come to the digest it is described with, and the custody log has a line about that
 * digest. A file among the exhibits that is not described is not an exhibit.
 */
export function checkExhibits(
  reading: BagReading,
  description: BundleDescription | null,
  excerpt: CustodyExcerpt | null,
): Check {
  if (!description || !excerpt) {
    return leaveOut(
      'exhibits-in-custody',
      `The ${description ? 'custody excerpt' : 'description'} cannot be read.`,
    )
  }
  const known = new Set(excerpt.lines.map(line => parseCustodyLine(parseJson(line.text))?.item))
  const wrong: string[] = []
  for (const { reference, path, digest } of description.exhibits) {
    const file = reading.files.get(path)
    const actual = file?.digests.get('sha256')
    if (!file) wrong.push(`Exhibit ${reference} (${path}) is not there.`)
    else if (actual !== digest)
      wrong.push(`Exhibit ${reference} (${path}) is not the item that was recorded.`)
    if (!known.has(digest)) wrong.push(`Exhibit ${reference} (${path}) has no line in the custody excerpt.`)
  }
  const described = new Set(description.exhibits.map(each => each.path))
  for (const path of reading.files.keys()) {
    if (path.startsWith('data/exhibits/') && !described.has(path))
      wrong.push(`${path} is not described as an exhibit.`)
  }
  return judge(
    'exhibits-in-custody',
    wrong,
    `${description.exhibits.length} exhibits are the items in the custody log.`,
  )
}
