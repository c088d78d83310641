import type { Sha256 } from '../../foundation/digest.ts'
import { readLines } from '../custody-excerpt.ts'
import type { BundleParts } from './bundle-parts.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

/**
 * The bytes of each exhibit come to the digest it is described with, and the custody log has a line about the item it
 * is or was made from. A file among the exhibits that is not described is not an exhibit.
 */
export function checkExhibits(parts: BundleParts): BundleCheck {
  const { reading, description, excerpt, statement, isStated } = parts
  if (!excerpt || (isStated ? !statement : !description)) {
    const what = excerpt ? (isStated ? 'statement' : 'description') : 'custody excerpt'
    return leaveOut('exhibits-in-custody', `The ${what} cannot be read.`)
  }
  const exhibits = listExhibits(parts)
  const lines = readLines(excerpt)
  const known = new Set(lines.map(line => line?.item))
  const exported = new Set(lines.flatMap(line => (line?.act === 'exported' ? [line.item] : [])))
  const wrong: string[] = []
  for (const { reference, path, digest, item } of exhibits) {
    const file = reading.files.get(path)
    const actual = file?.digests.get('sha256')
    if (!file) wrong.push(`Exhibit ${reference} (${path}) is not there.`)
    else if (actual !== digest)
      wrong.push(`Exhibit ${reference} (${path}) is not the item that was recorded.`)
    if (!known.has(item)) wrong.push(`Exhibit ${reference} (${path}) has no line in the custody excerpt.`)
    // Every bundle ever made has this line. One without it was taken apart.
    else if (!exported.has(item)) wrong.push(`Exhibit ${reference} (${path}) was never exported.`)
  }
  const described = new Set(exhibits.map(each => each.path))
  for (const path of reading.files.keys()) {
    if (path.startsWith('data/exhibits/') && !described.has(path))
      wrong.push(`${path} is not described as an exhibit.`)
  }
  return judge('exhibits-in-custody', wrong, `${exhibits.length} exhibits are the items in the custody log.`)
}

/** The exhibits: by the statement where there is one, and by the description in a bundle made before. */
export function listExhibits({ isStated, statement, description }: BundleParts): readonly {
  readonly reference: string
  readonly path: string
  readonly digest: Sha256
  /** The item of the log that it is, or was made from. */
  readonly item: Sha256
}[] {
  if (!isStated) return (description?.exhibits ?? []).map(each => ({ ...each, item: each.digest }))
  return (statement?.exhibits ?? []).map(({ reference, path, sha256, derivedFrom }) => ({
    reference,
    path,
    digest: sha256,
    item: derivedFrom ?? sha256,
  }))
}

/** What the description and the excerpt must be, and, where there is a statement, that the two agree. */
export function checkDescription(parts: BundleParts): BundleCheck {
  const { description, excerpt, statement, isStated } = parts
  const wrong = [
    ...(description
      ? []
      : ['data/bundle.json: This is not, letter for letter, the description of a bundle.']),
    ...(excerpt ? [] : ['data/custody/excerpt.json: This is not, letter for letter, a custody excerpt.']),
  ]
  const listed = (description?.exhibits ?? []).map(({ reference, path, digest }) =>
    [reference, path, digest].join('\n'),
  )
  const stated = listExhibits(parts).map(({ reference, path, digest }) =>
    [reference, path, digest].join('\n'),
  )
  if (isStated && description && statement && listed.join('\n\n') !== stated.join('\n\n'))
    wrong.push('data/bundle.json: It lists other exhibits than the statement.')
  if (isStated && description && !description.isStated)
    wrong.push('data/bundle.json: It says that the bundle was made before there were statements.')
  return judge('description', wrong, 'The list of exhibits and the custody excerpt can be read.')
}
