import { keyIdOf } from '../evidence/checkpoint-key.ts'
import type { BundleInput } from './bundle-input.ts'
import { whatAHashShows } from './wording.ts'

/** The one page to read first in a bundle, as plain text. */
export function writeReadMeFirst(input: BundleInput): string {
  const { requestedBy, approvedBy, clinicKey } = input
  const person = ({ name, role, agency, at }: BundleInput['requestedBy']) =>
    `${name}, ${role}, ${agency}, ${at}`
  return [
    'READ ME FIRST',
    '',
    `Bundle ${input.reference} of case ${input.caseReference}`,
    `Made by ${input.clinicName} at ${input.madeAt}`,
    `Purpose: ${input.purpose}`,
    `Requested by: ${person(requestedBy)}`,
    `Approved by: ${person(approvedBy)}`,
    '',
    'WHAT IS HERE',
    ...sayChronology(input.chronology),
    `exhibit-list.csv     the ${input.exhibits.length} exhibits, with their hashes and their names as they came`,
    'exhibits             the exhibits, a folder each',
    'not-included.csv     what was left out, and why',
    'custody              who did what to each exhibit, with proof that the clinic signed it',
    'bundle.json          the same lists for programs',
    '',
    ...sayNotRead(input.notRead),
    'HOW TO CHECK IT',
    'Use Unwatched, which needs no connection and no account. In the folder that holds manifest-sha256.txt:',
    '    unwatched verify . --key KEY',
    'It checks that the clinic signed every file here, that none is missing or added, and that every line of',
    'custody of each exhibit is here. It names each file that no signature covers. --receipt RECEIPT compares a',
    'receipt that the client was given.',
    '',
    'Ask the clinic for its public key yourself, on a number you already have: a key that only came with the',
    `bundle proves nothing. The bundle was signed with key ${keyIdOf(clinicKey)} of ${clinicKey.name}.`,
    '',
    'Without Unwatched, open a copy of verify.html in a browser: it checks all but the receipts, and sends nothing',
    'anywhere. The copy that lies here came from whoever sent you this bundle, so it proves nothing against them:',
    'somebody who changed the bundle could have changed the page as well. Take a copy that you got another way.',
    '',
    'sha256sum -c manifest-sha256.txt finds a file that was damaged on its way. It does not find one that was',
    'changed on purpose: anybody can write the list anew.',
    '',
    'WHAT THE RESULT MEANS',
    ...whatAHashShows,
    '',
    ...(input.exhibits.some(({ kind }) => kind === 'working-copy')
      ? [
          'Exhibits of the kind working-copy were made by the clinic from the pixels of an original, which stays with it. Their',
          'hash is that of the copy; the hash of the original stands beside it in exhibit-list.csv. Places in the chronology are',
          'places in the original.',
        ]
      : []),
    'Originals in the exhibits folder are as they arrived and may hold anything. Open them on a machine kept for that.',
    '',
  ].join('\r\n')
}

function sayNotRead(count: number): readonly string[] {
  if (count === 0) return []
  return [
    'WHAT WAS NOT READ',
    count === 1
      ? 'One exhibit here was not read, or not wholly: what else it holds is not in the chronology.'
      : `${count} exhibits here were not read, or not wholly: what else they hold is not in the chronology.`,
    'not-included.csv names each and says why, in the lines that begin with NOT read.',
    '',
  ]
}

function sayChronology({ rows, printed, files }: BundleInput['chronology']): readonly string[] {
  const parts = files.filter(({ path }) => path.endsWith('.pdf')).length
  const name = parts === 1 ? 'chronology.pdf       ' : 'chronology-….pdf     '
  const inParts = parts === 1 ? '' : ` in ${parts} parts`
  return printed === 'all'
    ? [`${name}what happened, in order: ${rows} rows${inParts} (the same as chronology.csv)`]
    : [
        `chronology.csv       what happened, in order: ${rows} rows`,
        `${name}the incidents among them, printed${inParts}; every row would be too much to print`,
      ]
}
