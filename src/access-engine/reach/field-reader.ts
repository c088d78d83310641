/** One reason why a file cannot be used: where it is, its kind, and in words. */
export type Finding = { readonly place: string; readonly code: FindingCode; readonly message: string }

export type FindingCode =
  | 'not-json'
  | 'wrong-shape'
  | 'missing'
  | 'twice'
  | 'unknown-id'
  | 'negative'
  | 'not-whole'
  | 'too-large'
  | 'contradiction'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads the fields of a hostile file one by one and keeps every finding. It never stops at the first: a field that
 * cannot be read gets a harmless value and reading goes on. With any finding the file is not used.
 */
export function makeFieldReader() {
  const findings: Finding[] = []
  const note = (place: string, code: FindingCode, message: string): void => {
    findings.push({ place, code, message })
  }

  function object(value: unknown, place: string): Fields {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
    note(place, 'wrong-shape', 'must be an object')
    return {}
  }

  function list<Item>(
    value: unknown,
    place: string,
    each: (item: unknown, place: string, index: number) => Item,
  ): readonly Item[] {
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((item, index) => each(item, `${place}[${index}]`, index))
    note(place, 'wrong-shape', 'must be a list')
    return []
  }

  function text(value: unknown, place: string): string {
    if (typeof value === 'string' && value.length > 0) return value
    if (value === undefined) note(place, 'missing', 'is missing')
    else note(place, 'wrong-shape', 'must be a text, and not an empty one')
    return ''
  }

  function optionalText(value: unknown, place: string, otherwise: string): string {
    return value === undefined ? otherwise : text(value, place)
  }

  function choice<Name extends string>(
    value: unknown,
    place: string,
    names: readonly Name[],
    otherwise: Name,
  ): Name {
    if (value === undefined) return otherwise
    const found = names.find(name => name === value)
    if (found !== undefined) return found
    note(place, 'wrong-shape', `must be ${names.join(' or ')}`)
    return otherwise
  }

  function flag(value: unknown, place: string): boolean {
    if (value === undefined || typeof value === 'boolean') return value === true
    note(place, 'wrong-shape', 'must be true or false')
    return false
  }

  /** A number that is not negative and not above `most`. */
  function amount(value: unknown, place: string, otherwise: number, most: number): number {
    if (value === undefined) return otherwise
    if (typeof value !== 'number' || !Number.isFinite(value)) note(place, 'wrong-shape', 'must be a number')
    else if (value < 0) note(place, 'negative', 'must not be negative')
    else if (value > most) note(place, 'too-large', `must be at most ${most}`)
    else return value
    return otherwise
  }

  function whole(value: unknown, place: string, otherwise: number, most: number): number {
    const found = amount(value, place, otherwise, most)
    if (Number.isInteger(found)) return found
    note(place, 'not-whole', 'must be a whole number')
    return otherwise
  }

  return { findings, note, object, list, text, optionalText, choice, flag, amount, whole }
}

export type FieldReader = ReturnType<typeof makeFieldReader>
