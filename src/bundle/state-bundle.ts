import { readCustodyLine } from '../evidence/custody-line.ts'
import { hashLeaf } from '../evidence/merkle.ts'
import { buildMerkleTree, rootOfTree } from '../evidence/merkle-tree.ts'
import type { Sha256 } from '../foundation/digest.ts'
import { type BundleInput, itemOfExhibit } from './bundle-input.ts'
import { makeStatement } from './prepare.ts'
import type { PreparedFile } from './prepared-file.ts'
import { digestOfStatement, type Statement, writeStatement } from './statement.ts'

/** The statement of a bundle over a log as it is stored, with its text and digest. */
export function stateBundle(
  input: BundleInput,
  files: readonly PreparedFile[],
  log: {
    readonly origin: string
    readonly texts: readonly string[]
    /** The sizes at which receipts were given. */
    readonly receiptSizes: readonly number[]
  },
): { readonly statement: Statement; readonly text: string; readonly digest: Sha256 } {
  const size = log.texts.length
  const places = new Map<string, number[]>(input.exhibits.map(each => [itemOfExhibit(each), []]))
  log.texts.forEach((line, place) => {
    places.get(readCustodyLine(line)?.item ?? '')?.push(place)
  })
  const heads = [...log.receiptSizes, ...[...places.values()].flat().map(place => place + 1), size]
  const statement = makeStatement(
    input,
    files,
    {
      origin: log.origin,
      size,
      root: rootOfTree(buildMerkleTree(log.texts.map(hashLeaf)), size),
      heads: [...new Set(heads)].filter(each => each > 0 && each <= size).sort((a, b) => a - b),
    },
    item => places.get(item) ?? [],
  )
  const text = writeStatement(statement)
  return { statement, text, digest: digestOfStatement(text) }
}
