import { keyIdOf } from '../evidence/checkpoint-key.ts'
import type { BundleInput } from './bundle-input.ts'
import { whatAHashShows } from './wording.ts'

/** The one page that whoever opens the bundle should read first, as plain text. */
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
    `chronology.pdf       what happened, in order: ${input.chronology.length} rows (the same as chronology.csv)`,
    `exhibit-list.csv     the ${input.exhibits.length} exhibits, with their hashes and their names as they came`,
    'exhibits             the exhibits, a folder each',
    'not-included.csv     what was left out, and why',
    'custody              who did what to each exhibit, with proof that the clinic signed it',
    'bundle.json          the same lists for programs',
    '',
    'HOW TO CHECK IT',
    'In the folder that holds manifest-sha256.txt:',
    '    sha256sum -c manifest-sha256.txt',
    'This shows that no file was changed after the manifest was written. To check the custody log and the',
    'signature as well, use Unwatched, which needs no connection and no account:',
    '    unwatched verify THIS-FOLDER --key KEY --receipt RECEIPT',
    'Without Unwatched, open verify.html in a browser: it checks all but the receipts, and sends nothing anywhere.',
    'Ask the clinic for its public key yourself, on a number you already have: a key that only came with the',
    `bundle proves nothing. The bundle was signed with key ${keyIdOf(clinicKey)} of ${clinicKey.name}.`,
    '',
    'WHAT THE RESULT MEANS',
    ...whatAHashShows,
    '',
    'Files in the exhibits folder are as they arrived and may hold anything. Open them on a machine kept for that.',
    '',
  ].join('\r\n')
}
