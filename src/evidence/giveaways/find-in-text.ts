import type { GiveawayKind } from './giveaway.ts'
import { findNumbers, findPostcodes, isOwnNumber, type OwnDetails, plain, squeeze } from './own-details.ts'

const streetWords =
  'road|rd|street|st|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|gardens|grove|place|square|hill|rise|mews|row|walk|park|view|green|parade|villas'
const streetShape = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:flat\\s{1,3}\\d{1,4}[a-z]?,?\\s{1,3})?\\d{1,4}[a-z]?,?\\s{1,3}(?:\\p{L}[\\p{L}'’-]{1,30}\\s{1,3}){1,4}(?:${streetWords})(?![\\p{L}])`,
  'giu',
)
const mapShapes: readonly RegExp[] = [
  // Four places behind the point are eleven metres; fewer are a town.
  /(?<![\d.])-?\d{1,2}\.\d{4,15}\s{0,3}[,;\s]\s{0,3}-?\d{1,3}\.\d{4,15}(?![\d.])/gu,
  /\bgeo:-?\d{1,2}(?:\.\d+)?,-?\d{1,3}/giu,
  /\bhttps?:\/\/(?:www\.)?(?:google\.[a-z.]{2,6}\/maps|maps\.google\.|goo\.gl\/maps|maps\.app\.goo\.gl|maps\.apple\.com|osm\.org|openstreetmap\.org|what3words\.com|w3w\.co)/giu,
  /\/\/\/\p{L}{2,20}\.\p{L}{2,20}\.\p{L}{2,20}/gu,
  /\b\d{1,3}°\s{0,2}\d{1,2}[′']\s{0,2}\d{1,2}(?:\.\d+)?(?:″|"|′′)?\s{0,2}[NS]\b/giu,
]

/** How often each kind stands in a text. The client's own details count as theirs and not as a likeness too. */
export function findInText(text: string, own: OwnDetails): ReadonlyMap<GiveawayKind, number> {
  const found = new Map<GiveawayKind, number>()
  const add = (kind: GiveawayKind, count: number): void => {
    if (count > 0) found.set(kind, (found.get(kind) ?? 0) + count)
  }
  const words = plain(text)
  add('own-number', findNumbers(words).filter(number => isOwnNumber(number, own)).length)
  const postcodes = findPostcodes(words)
  add('own-postcode', postcodes.filter(each => own.postcodes.has(each)).length)
  add('postcode', postcodes.filter(each => !own.postcodes.has(each)).length)
  const small = squeeze(words)
  // As they stand and not as addresses: what is written without a space before one would seem to belong to it.
  for (const mail of own.mails) if (small.includes(mail)) add('own-mail', 1)
  for (const other of own.others) if (small.includes(other)) add('own-other-way', 1)
  add('street', [...words.matchAll(streetShape)].length)
  for (const shape of mapShapes) add('map-link', [...words.matchAll(shape)].length)
  return found
}
