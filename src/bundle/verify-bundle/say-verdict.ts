import type { Verification } from '../verify.ts'
import type { FileStatus } from './find-file-statuses.ts'

/** What a verdict means for its reader: no more than the thing that proves it can show. */
export function sayVerdict({
  verdict,
  provedBy,
  isStated,
}: Pick<Verification, 'verdict' | 'provedBy' | 'isStated'>): string {
  switch (verdict) {
    case 'whole-and-proved':
      return provedBy.includes('key') ? whatProvedMeans : whatProvedByReceiptMeans
    case 'exhibits-proved':
      return `${whatExhibitsProvedMeans} ${whatOldMeans}`
    case 'whole-not-proved':
      return isStated ? whatNotProvedMeans : `${whatNotProvedMeans} ${whatOldMeans}`
    case 'wrong':
      return 'Something is wrong: see the checks that failed. Do not rely on this bundle; ask the clinic for it again.'
  }
}

const whatProvedMeans =
  'Whole, and proved: the holder of the key you brought signed every file here, and nothing was changed, added or taken out since.'

const whatProvedByReceiptMeans =
  'Whole, and proved by a receipt: whoever signed the receipt you brought signed every file here, nothing was changed, added or taken out since, and the log in the bundle is the log of the receipt. That this is the clinic you know only as surely as you know where the receipt came from: one that came with the bundle proves nothing.'

const whatExhibitsProvedMeans =
  'Exhibits proved, chronology not: each exhibit here is an item of the signed log.'

const whatOldMeans =
  'This bundle carries no signed statement: it was made before bundles had one, or somebody took it out. No signature covers its chronology, its lists or what was left out: anybody can have changed them. Ask the clinic for a new bundle.'

const whatNotProvedMeans =
  'Whole, but not proved to be ours: everything in the bundle agrees with itself. Anybody could have made such a bundle. To prove it, give the clinic\u2019s public key (--key) or a receipt (--receipt) that did not come with it.'

/** What vouches for a file, in words. */
export const fileStatusWords: Readonly<Record<FileStatus, string>> = {
  signed: 'covered by the signature',
  listed: 'only matches a list in the bundle, which anybody can write',
  unvouched: 'nobody vouches for it',
  missing: 'should be here and is not',
}
