/**
 * What a value in a file may be, as plain data. A format is said once in these, and from that come its types, its reader,
 * its JSON Schema and the tables of its page. `Value` is what becomes of the value once it is read; `becomes` carries it
 * for the compiler alone, and no shape has it.
 */
export type Shape<Value = unknown> = Kind & { readonly becomes?: Value }

type Kind =
  | { readonly is: 'text' | 'day' | 'flag' }
  /** The id of a thing of this sort. Two of a sort never have the same. */
  | { readonly is: 'id'; readonly of: string }
  /** The id of a thing of this sort that stands somewhere in the file. */
  | { readonly is: 'name'; readonly of: string }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | NumberKind
  | { readonly is: 'exactly'; readonly value: number }
  /** In a set, what stands twice counts once. */
  | { readonly is: 'list'; readonly of: Shape; readonly isSet: boolean }
  /** A list with at least one in it, or one alone for a list of one. */
  | { readonly is: 'one-or-list'; readonly of: Shape }
  | { readonly is: 'null-or'; readonly of: Shape }
  | ObjectKind
  /** A text alone stands for an object with this field. */
  | { readonly is: 'short-or-long'; readonly short: string; readonly long: ObjectKind }
  /** Two sorts of object; the one has the field `by`, the other has not. */
  | { readonly is: 'either'; readonly by: string; readonly having: ObjectKind; readonly lacking: ObjectKind }

export type NumberKind = {
  readonly is: 'number'
  readonly least: number
  readonly most: number
  readonly isWhole: boolean
  /** The least itself is too little. */
  readonly isAbove: boolean
}

/** An object with these fields and no other. `name` is one word; `called` is what a sentence calls one: “a step”. */
export type ObjectKind = {
  readonly is: 'object'
  readonly name: string
  readonly called: string
  readonly fields: FieldTable
}

export type FieldTable = Readonly<Record<string, Field>>

/**
 * A field. Left out, a `filled` one is filled in, and an `optional` one is absent from what is read. From an `aside` one
 * nothing is read: it is for the reader of the file.
 */
export type Field<Value = unknown, Need extends FieldNeed = FieldNeed> = {
  readonly need: Need
  readonly shape: Shape<Value>
  /** What the field is, for the page and the JSON Schema: the middle of a sentence, in Markdown. */
  readonly says: string
  /** What it is when it is left out, in words, and from the fields that stand before it. */
  readonly otherwise?: {
    readonly says: string
    readonly from: (before: Readonly<Record<string, unknown>>, index: number) => Value
  }
  /** Why it must be there. */
  readonly why?: string
}

export type FieldNeed = 'required' | 'filled' | 'optional' | 'aside'

/** What becomes of a value of this shape once it is read. */
export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never

type ValueOfField<Of> = Of extends { readonly shape: Shape<infer Value> } ? Value : never
type NamesWith<Fields extends FieldTable, Need extends FieldNeed> = {
  [Name in keyof Fields]: Fields[Name]['need'] extends Need ? Name : never
}[keyof Fields]
type Filled<Fields extends FieldTable> = {
  readonly [Name in NamesWith<Fields, 'required' | 'filled'>]: ValueOfField<Fields[Name]>
} & {
  readonly [Name in NamesWith<Fields, 'optional'>]?: ValueOfField<Fields[Name]>
}
type Flat<Value> = { readonly [Name in keyof Value]: Value[Name] }

/** A text with at least one character. */
export const text: Shape<string> = { is: 'text' }
/** A day, as YYYY-MM-DD. */
export const day: Shape<string> = { is: 'day' }
export const flag: Shape<boolean> = { is: 'flag' }
export const ownIdOf = (of: string): Shape<string> => ({ is: 'id', of })
export const nameOf = (of: string): Shape<string> => ({ is: 'name', of })
export const choice = <Name extends string>(of: readonly Name[]): Shape<Name> => ({ is: 'choice', of })
export const exactly = (value: number): Shape<number> => ({ is: 'exactly', value })

/** A number from 0 to `most`. */
export const amount = (most: number): Shape<number> & NumberKind => ({
  is: 'number',
  least: 0,
  most,
  isWhole: false,
  isAbove: false,
})
export const wholeAmount = (most: number): Shape<number> => ({ ...amount(most), isWhole: true })
export const wholeAmountAboveZero = (most: number): Shape<number> => ({
  ...amount(most),
  isWhole: true,
  isAbove: true,
})
export const amountAboveZero = (most: number): Shape<number> => ({ ...amount(most), isAbove: true })

export const list = <Item>(of: Shape<Item>): Shape<readonly Item[]> => ({ is: 'list', of, isSet: false })
export const set = (of: Shape<string>): Shape<readonly string[]> => ({ is: 'list', of, isSet: true })
export const oneOrList = <Item>(of: Shape<Item>): Shape<readonly Item[]> => ({ is: 'one-or-list', of })
export const nullOr = <Value>(of: Shape<Value>): Shape<Value | null> => ({ is: 'null-or', of })

export type ObjectShape<Fields extends FieldTable> = Shape<Flat<Filled<Fields>>> & ObjectKind

export const object = <Fields extends FieldTable>(
  name: string,
  called: string,
  fields: Fields,
): ObjectShape<Fields> => ({ is: 'object', name, called, fields })
export const shortOrLong = <Value>(short: string, long: Shape<Value> & ObjectKind): Shape<Value> => ({
  is: 'short-or-long',
  short,
  long,
})
export const either = <One, Other>(
  by: string,
  having: Shape<One> & ObjectKind,
  lacking: Shape<Other> & ObjectKind,
): Shape<One | Other> => ({ is: 'either', by, having, lacking })

export const required = <Value>(
  shape: Shape<Value>,
  says: string,
  why?: string,
): Field<Value, 'required'> => ({ need: 'required', shape, says, ...(why === undefined ? {} : { why }) })
export const optional = <Value>(shape: Shape<Value>, says: string): Field<Value, 'optional'> => ({
  need: 'optional',
  shape,
  says,
})
export const aside = <Value>(shape: Shape<Value>, says: string): Field<Value, 'aside'> => ({
  need: 'aside',
  shape,
  says,
})

/** A field that is this value when it is left out. */
export const filled = <Value>(shape: Shape<Value>, value: Value, says: string): Field<Value, 'filled'> =>
  filledFrom(shape, sayValue(value), () => value, says)

/** A field that follows from the fields before it when it is left out. */
export const filledFrom = <Value>(
  shape: Shape<Value>,
  otherwise: string,
  from: (before: Readonly<Record<string, unknown>>, index: number) => Value,
  says: string,
): Field<Value, 'filled'> => ({ need: 'filled', shape, says, otherwise: { says: otherwise, from } })

function sayValue(value: unknown): string {
  if (Array.isArray(value)) return 'none'
  if (typeof value === 'object' && value !== null) return '`{}`'
  return typeof value === 'string' ? `“${value}”` : String(value)
}

/** Every sort of object in a format, each once, from the outside in. */
export function listObjects(shape: Shape): readonly ObjectKind[] {
  const found = new Set<ObjectKind>()
  const look = (at: Shape | ObjectKind): void => {
    if (at.is === 'object') {
      if (found.has(at)) return
      found.add(at)
      for (const field of Object.values(at.fields)) look(field.shape)
    } else if (at.is === 'list' || at.is === 'one-or-list' || at.is === 'null-or') look(at.of)
    else if (at.is === 'short-or-long') look(at.long)
    else if (at.is === 'either') {
      look(at.having)
      look(at.lacking)
    }
  }
  look(shape)
  return [...found]
}
