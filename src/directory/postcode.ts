/**
 * A postcode as somebody typed it. `full` and `outward` are of the shape used in the United Kingdom and the Crown
 * dependencies; `elsewhere` is a postcode, but of another country; `unclear` is anything else.
 */
export type Postcode =
  | { readonly kind: 'none' }
  | { readonly kind: 'full'; readonly postcode: string; readonly outward: string }
  | { readonly kind: 'outward'; readonly outward: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unclear' }

// Royal Mail Programmers' Guide, "PAF address elements: postcode" (formats A9 9AA to AA9A 9AA, and GIR 0AA)
const outwardShape =
  /^(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR)$/
// The letters C I K M O V are not in the second half.
const inwardShape = /^[0-9][ABD-HJLNP-UW-Z]{2}$/

// Shapes of other countries that cannot be read as one of ours, after spaces and signs are gone.
const elsewhereShapes: readonly RegExp[] = [
  /^(?:[A-Z]{1,2})?[0-9]{4,7}$/, // most of Europe, the United States, Australia, with or without a country letter
  /^[0-9]{9}$/, // the United States, long form
  /^[0-9]{4}[A-Z]{2}$/, // the Netherlands
  /^[A-Z][0-9][A-Z][0-9][A-Z][0-9]$/, // Canada
  /^(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}$/, // Ireland
]

/**
 * Reads a postcode in any case and with any spacing; hidden characters and dots or hyphens do not matter.
 * Answers the usual spelling ("TN9 1AA").
 */
export function parsePostcode(typed: string): Postcode {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  if (plain === '') return { kind: 'none' }
  const outward = plain.slice(0, -3)
  const inward = plain.slice(-3)
  if (plain.length >= 5 && outwardShape.test(outward) && inwardShape.test(inward)) {
    return { kind: 'full', postcode: `${outward} ${inward}`, outward }
  }
  if (plain.length <= 4 && outwardShape.test(plain)) return { kind: 'outward', outward: plain }
  if (elsewhereShapes.some(shape => shape.test(plain))) return { kind: 'elsewhere' }
  return { kind: 'unclear' }
}
