import { z } from 'zod'

type Limit = {
  /** What the field is called at the start of a sentence: "Your name". */
  readonly what: string
  /** The most characters as a person counts them. */
  readonly max: number
}

const tooLong = ({ what, max }: Limit) => ({ error: `${what} must be ${max} characters or less` })
const isWithin = (max: number) => (text: string) => [...text].length <= max

/** A text that may be left empty. */
export function optionalText(limit: Limit) {
  return z.string().trim().refine(isWithin(limit.max), tooLong(limit))
}

/** A text that must be there; `enter` is the instruction for an empty field: "Enter your name". */
export function requiredText(limit: Limit & { readonly enter: string }) {
  return z.string().trim().min(1, limit.enter).refine(isWithin(limit.max), tooLong(limit))
}

/** One of the offered choices; anything else asks for one: "Select where you live". */
export function oneOf<const Value extends string>(values: readonly Value[], select: string) {
  return z.enum(values, { error: select })
}

/** One of the offered choices, or null when nothing was chosen. */
export function oneOrNone<const Value extends string>(values: readonly Value[], select: string) {
  return z
    .union([z.literal(''), z.enum(values)], { error: select })
    .transform(value => (value === '' ? null : value))
}

/** Any of the offered choices; `atLeastOne` is the instruction when one is needed. */
export function anyOf<const Value extends string>(values: readonly Value[], atLeastOne?: string) {
  const many = z.array(z.enum(values, { error: atLeastOne ?? 'Select from the list' }))
  return atLeastOne === undefined ? many : many.min(1, atLeastOne)
}
