import fc from 'fast-check'

/** Half of a pair of UTF-16 is no character: so many of them stand between the characters before and those behind. */
const halves = { first: 0xd800, number: 0x800 }

/** Every character that Unicode has room for, each as likely as any other. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff - halves.number }).map(
  place => String.fromCodePoint(place < halves.first ? place : place + halves.number),
  character => {
    const code = typeof character === 'string' ? character.codePointAt(0) : undefined
    if (code === undefined || String.fromCodePoint(code) !== character) throw new Error('not one character')
    if (code < halves.first) return code
    if (code < halves.first + halves.number) throw new Error('half a character')
    return code - halves.number
  },
)

/**
 * Texts of any characters at all, and now and then the names that trip a program up, such as `__proto__`. It is the world
 * of fast-check's unit `binary`, which makes a table of a million characters in every worker before the first text.
 */
export const anyText = (bounds: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ unit: anyCharacter, ...bounds })
