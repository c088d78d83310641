import { writeVerifierKey } from '../evidence/checkpoint-key.ts'
import { type BundleInput, itemOfExhibit } from './bundle-input.ts'
import { bundlePlaces, placeExhibits, writeDescription } from './manifest.ts'
import { type PreparedFile, prepareText } from './prepared-file.ts'
import { writeReadMeFirst } from './read-me-first.ts'
import type { StatedExhibit, StatedLog, Statement } from './statement.ts'
import { writeExhibitListCsv, writeNotIncludedCsv } from './tables.ts'

/**
 * Every file of a bundle that the statement lists, except the exhibits: those are known by their digests and are read
 * once, while the bundle is written.
 *
 * @param verifyPage the page that checks a bundle in a browser
 */
export function prepareFiles(input: BundleInput, verifyPage: Uint8Array): readonly PreparedFile[] {
  const file = prepareText
  return [
    file('data/READ-ME-FIRST.txt', writeReadMeFirst(input)),
    ...input.chronology.files,
    file('data/exhibit-list.csv', writeExhibitListCsv(input.exhibits)),
    file('data/not-included.csv', writeNotIncludedCsv(input.notIncluded)),
    file(bundlePlaces.description, writeDescription(input)),
    file('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    file(bundlePlaces.clinicKey, `${writeVerifierKey(input.clinicKey)}\n`),
    file('verify.html', verifyPage),
  ]
}

/** What the clinic signs of a bundle, from what goes into it and the log as it is now. */
export function makeStatement(
  input: BundleInput,
  files: readonly PreparedFile[],
  log: StatedLog,
  custodyOf: (item: string) => readonly number[],
): Statement {
  const { reference, caseReference, clinicName, purpose, madeAt, requestedBy, approvedBy } = input
  const exhibits = placeExhibits(input.exhibits).map(
    (exhibit): StatedExhibit => ({
      reference: exhibit.reference,
      kind: exhibit.kind,
      path: exhibit.path,
      sha256: exhibit.digest,
      bytes: exhibit.bytes,
      derivedFrom: exhibit.derivedFrom,
      custody: custodyOf(itemOfExhibit(exhibit)),
    }),
  )
  const stated = files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
  return {
    ...{
      bundle: input.bundleId,
      reference,
      caseReference,
      clinicName,
      purpose,
      madeAt,
      requestedBy,
      approvedBy,
    },
    log,
    exhibits,
    files: stated.sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
}
