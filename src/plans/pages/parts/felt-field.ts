import { oneOrNone } from '../../../web/form-fields.ts'

export const feltChoices = ['1', '2', '3', '4', '5'] as const

/** A safety felt as a form has it: a figure from 1 to 5, or nothing. */
export const feltField = oneOrNone(feltChoices, 'Select a figure from 1 to 5, or leave it').transform(
  value => (value === null ? null : Number(value)),
)

/** How safe the client feels, for choosing. */
export const feltItems = feltChoices.map(value => ({
  value,
  text: value === '1' ? '1, not safe at all' : value === '5' ? '5, safe' : value,
}))
