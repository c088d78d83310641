import { parsePostcode } from '../../directory/postcode.ts'

/** The client's own channels, in the form they are compared in. Never stored, shown or logged (S6). */
export type OwnDetails = {
  /** National numbers without their leading zero ("7700900123"). */
  readonly numbers: ReadonlySet<string>
  readonly mails: ReadonlySet<string>
  /** In their usual spelling ("TN9 1AA"). */
  readonly postcodes: ReadonlySet<string>
  /** Anything else the client can be reached by, in small letters with single spaces. */
  readonly others: ReadonlySet<string>
}

export const noOwnDetails: OwnDetails = {
  numbers: new Set(),
  mails: new Set(),
  postcodes: new Set(),
  others: new Set(),
}

/** What the texts hold that can be told again in a file. `others` are taken whole, beside what they hold. */
export function readOwnDetails(texts: readonly string[], others: readonly string[]): OwnDetails {
  const all = [...texts, ...others].map(plain)
  return {
    numbers: new Set(all.flatMap(findNumbers)),
    mails: new Set(all.flatMap(findMails)),
    postcodes: new Set(all.flatMap(findPostcodes)),
    // Shorter words would be met everywhere.
    others: new Set(others.map(text => squeeze(plain(text))).filter(text => text.length >= 5)),
  }
}

/** The same details in one text, in an order of their own: what a search was made for, to tell later whether it still holds. */
export function writeOwnDetails(details: OwnDetails): string {
  const { numbers, mails, postcodes, others } = details
  return JSON.stringify([numbers, mails, postcodes, others].map(each => [...each].sort()))
}

/** As it is compared: full-width letters as plain ones, and without the marks that nobody sees. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}

export const squeeze = (text: string): string => text.toLowerCase().replace(/\s+/gu, ' ').trim()

// Eight digits at the least: shorter ones are hours, prices and years. The longest number has fifteen (ITU-T E.164, 6.2.1).
const numberShape = /[+(]?\p{Nd}(?:[\s().\-\u2010-\u2015/]{0,3}\p{Nd}){7,16}/gu

/** Numbers as they are compared: digits, without the sign of a country that is ours and without the leading zero. */
export function findNumbers(text: string): readonly string[] {
  return [...text.matchAll(numberShape)].flatMap(([found]) => {
    const digits = [...found]
      .filter(sign => /\p{Nd}/u.test(sign))
      .map(digitOf)
      .join('')
    // 44 is the United Kingdom (ITU-T E.164, list of country codes); "+44 (0)7700" is written too.
    const national = digits.replace(/^(?:00)?44(?=\d{9,11}$)/, '').replace(/^0+/, '')
    return national.length >= 7 ? [national] : []
  })
}

/** Arabic, Persian and Indian digits stand in blocks of ten that begin at a zero. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  if (code < 0x80) return sign
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1
  return String(code - zero)
}

// A local part has 64 characters at most (RFC 5321, 4.5.3.1.1), and a bound keeps the search short.
const mailShape = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,120}\.\p{L}{2,24}/gu

export function findMails(text: string): readonly string[] {
  return [...text.matchAll(mailShape)].map(([found]) => found.toLowerCase())
}

const postcodeShape =
  /(?<![\p{L}\p{N}])([A-Z]{1,2}[0-9][0-9A-Z]?)[\s.-]{0,3}([0-9][A-Z]{2})(?![\p{L}\p{N}])/giu

export function findPostcodes(text: string): readonly string[] {
  return [...text.matchAll(postcodeShape)].flatMap(([, outward, inward]) => {
    const read = parsePostcode(`${outward} ${inward}`)
    return read.kind === 'full' ? [read.postcode] : []
  })
}

/**
 * A text of ours without the client's own details, each replaced by words that say so, and how many there were. A text
 * that holds none is given back as it is, letter for letter.
 */
export function withholdOwnDetails(
  text: string,
  own: OwnDetails,
): { readonly text: string; readonly count: number } {
  let count = 0
  const hide = (kind: string) => {
    count += 1
    return `[the client’s ${kind}, withheld]`
  }
  let words = plain(text)
  // Postcodes last: what was taken out before them can only part them from other letters.
  for (const [known, kind] of [
    ...[...own.mails].map(mail => [mail, 'mail address'] as const),
    ...[...own.others].map(other => [other, 'way to be reached'] as const),
  ]) {
    const shape = known.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+')
    words = words.replace(new RegExp(shape, 'giu'), () => hide(kind))
  }
  words = words.replace(numberShape, found => {
    const [number = ''] = findNumbers(found)
    return isOwnNumber(number, own) ? hide('number') : found
  })
  words = words.replace(postcodeShape, found => {
    const [postcode = ''] = findPostcodes(found)
    return own.postcodes.has(postcode) ? hide('postcode') : found
  })
  return count === 0 ? { text, count } : { text: words, count }
}

/** Two numbers written next to one another read as one, so the client's may stand at either end of it. */
export function isOwnNumber(number: string, own: OwnDetails): boolean {
  if (own.numbers.has(number)) return true
  for (const known of own.numbers)
    if (known.length >= 9 && (number.endsWith(known) || number.startsWith(known))) return true
  return false
}
