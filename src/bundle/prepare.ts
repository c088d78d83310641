import { writeVerifierKey } from '../evidence/checkpoint-key.ts'
import { sha256 } from '../foundation/digest.ts'
import { type BundleInput, itemOfExhibit } from './bundle-input.ts'
import { bundlePlaces, placeExhibits, writeDescription } from './manifest.ts'
import { writeReadMeFirst } from './read-me-first.ts'
import type { StatedExhibit, StatedLog, Statement } from './statement.ts'
import { writeChronologyCsv, writeExhibitListCsv, writeNotIncludedCsv } from './tables.ts'

/** A file of a bundle that is known whole before anything is signed. */
export type PreparedFile = { readonly path: string; readonly content: Uint8Array }

/**
 * Every file of a bundle that the statement lists, but the exhibits: those are known by their digests and are read
 * once, while the bundle is written.
 *
 * @param report the chronology as a PDF
 * @param verifyPage the page that checks a bundle in a browser
 */
export function prepareFiles(
  input: BundleInput,
  report: Uint8Array,
  verifyPage: Uint8Array,
): readonly PreparedFile[] {
  const file = (path: string, content: string | Uint8Array): PreparedFile => ({
    path,
    content: typeof content === 'string' ? Buffer.from(content) : content,
  })
  return [
    file('data/READ-ME-FIRST.txt', writeReadMeFirst(input)),
    file('data/chronology.pdf', report),
    file('data/chronology.csv', writeChronologyCsv(input.chronology)),
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
  const stated = files.map(({ path, content }) => ({
    path,
    bytes: content.length,
    sha256: sha256(content),
  }))
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
