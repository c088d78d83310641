import { createHash } from 'node:crypto'
import { type CasePart, caseParts } from '../foundation/case-part.ts'
import { writeSharingPromise } from './sharing-promise.ts'

/** The edition of the words below: another one whenever a word of them changes. */
export const consentEdition = 'November 2026'

/** What holds for every consent, read out before the lines. */
// UK GDPR Art 7(3): as easy to take back as to give, and said before it is given
export const consentLead: readonly string[] = [
  'Only an agency you say yes to sees your file, and only the parts of it you say yes to.',
  'You need not say yes to any of it. Each line is a yes or a no of its own.',
  'Everybody who looks is recorded, and you can ask who looked.',
  'You can take any of it back at any time, without saying why. It ends at once. What was handed over until then cannot be called back.',
]

/** All that is read out before the lines, with the promise about sharing, which is made of the rows in force. */
export const consentPreamble: readonly string[] = [...consentLead, ...promiseLines()]

function promiseLines(): readonly string[] {
  const { lead, only, how } = writeSharingPromise()
  return [lead, ...only, how]
}

const lines: Readonly<Record<CasePart, string>> = {
  overview: 'that there is a file about you, of what kind it seems to be, how urgent it is, and what is next',
  referral: 'what you told us at first',
  contact: 'how and when you may safely be reached',
  triage: 'how we judged how soon somebody must act',
  consent: 'what you said yes and no to',
  appointment: 'your appointments',
  map: 'which devices and accounts you have, and who can see into them',
  evidence: 'what you bring as evidence',
  chronology: 'what happened, in the order in which it happened',
  diary: 'what you write in your diary',
  plan: 'your safety plan',
  order: 'orders of a court, and what may breach them',
  bundle: 'what is put together for the police or for a court',
  trail: 'who looked at your file',
}

/** What a part holds, as it is said to the client: "your appointments". */
export function sayConsentLine(part: CasePart): string {
  return lines[part]
}

/** What is agreed with one agency. */
export type AgreedWith = {
  readonly agencyName: string
  readonly parts: readonly CasePart[]
  /** How it was said, and until when it holds, in words. */
  readonly how: string
  readonly until: string
}

/** Every line with its answer, in the order in which they are read, including what was answered with no. */
export function writeConsentLines({ agencyName, parts }: AgreedWith): readonly string[] {
  return caseParts.map(
    part => `May ${agencyName} see ${lines[part]}? ${parts.includes(part) ? 'Yes.' : 'No.'}`,
  )
}

/** The words of one consent whole, as they were read and as they are kept with it. */
export function writeConsentWords(agreed: AgreedWith): string {
  return [...consentPreamble, ...writeConsentLines(agreed), `${agreed.how}. ${agreed.until}.`].join('\n')
}

/** A short mark of the words, by which two copies are known to be the same. */
export function findWordsMark(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 16)
}
