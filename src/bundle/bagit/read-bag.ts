import type { BagEntry, BagReader } from './bag-reader.ts'
import { checksumDigits, type Measured, measure } from './checksum.ts'

/** A bag after its one reading: what it lists and what each file came to. */
export type BagReading = {
  readonly entries: readonly BagEntry[]
  readonly files: ReadonlyMap<string, Measured>
  /** Each manifest of the bag with its algorithm; null for one the verifier does not know. */
  readonly manifests: readonly {
    readonly file: string
    readonly algorithm: string | null
    readonly isPayload: boolean
  }[]
}

/**
 * Tag files and the bundle's own descriptions are kept whole up to this size; anything larger is only measured. The excerpt of
 * custody has every line of each exhibit with its proofs, and grows with each bundle: for 5 000 exhibits it has 33 MB in the
 * first and 15 MB more in each after.
 */
const keepUpTo = 256 * 1024 * 1024

/** So many files are read at once: while one is digested, others come from the disk. */
const readAtOnce = 4

/**
 * Reads every file of a bag once, with all the checksums that its manifests use.
 *
 * @param keep payload files whose bytes the caller needs; tag files are always kept
 * @param always checksums that the caller needs whatever the manifests use
 */
export async function readBag(
  reader: BagReader,
  keep: (path: string) => boolean = () => false,
  always: readonly string[] = [],
): Promise<BagReading> {
  const entries = await reader.list()
  const manifests = entries.flatMap(({ path, kind }) => {
    const [, tag, name = ''] = /^(tag)?manifest-([A-Za-z0-9-]+)\.txt$/.exec(path) ?? []
    if (kind !== 'file' || name === '') return []
    const algorithm = name.toLowerCase().replace(/^sha-/, 'sha')
    const isKnown = checksumDigits(algorithm) !== null
    return [{ file: path, algorithm: isKnown ? algorithm : null, isPayload: tag === undefined }]
  })
  const used = (isPayload: boolean) => [
    ...new Set([
      ...always,
      ...manifests.flatMap(each => (each.isPayload === isPayload && each.algorithm ? [each.algorithm] : [])),
    ]),
  ]
  const [payload, tags] = [used(true), used(false)]
  const paths = [...new Set(entries.flatMap(({ path, kind }) => (kind === 'file' ? [path] : [])))]
  const measured = new Map<string, Measured>()
  const left = paths.values()
  const measureSome = async (): Promise<void> => {
    for (const path of left) {
      const isPayload = path.startsWith('data/')
      const limit = !isPayload || keep(path) ? keepUpTo : 0
      const checksums = isPayload ? payload : [...new Set([...payload, ...tags])]
      measured.set(path, await measure(reader.open(path), checksums, limit))
    }
  }
  await Promise.all(Array.from({ length: readAtOnce }, measureSome))
  // In the order in which the bag lists them, whichever came to its end first.
  const files = new Map<string, Measured>()
  for (const path of paths) {
    const each = measured.get(path)
    if (each) files.set(path, each)
  }
  return { entries, files, manifests }
}
