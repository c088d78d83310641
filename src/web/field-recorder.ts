import type { ChoiceOf, FieldWriter } from './field-writer.ts'
import { type Html, html } from './html.ts'

/** What a form says of one of its fields, read off the form itself. */
export type FieldWords = {
  readonly label: string
  /** A line, a box for free words, or an answer that is chosen. */
  readonly kind: 'line' | 'words' | 'choice'
  /** For a choice: the words of each answer. */
  readonly choices: ReadonlyMap<string, string>
}

export type FormWords = ReadonlyMap<string, FieldWords>

/** Has a form write its fields, and takes down what it says of each under the field's name. */
export function recordFields(write: (writer: FieldWriter) => void): FormWords {
  const words = new Map<string, FieldWords>()
  const record = (
    kind: FieldWords['kind'],
    name: string,
    label: string,
    choices: readonly ChoiceOf[] = [],
  ): Html => {
    words.set(name, { label, kind, choices: new Map(choices.map(({ value, text }) => [value, text])) })
    return html``
  }
  write({
    line: (name, label) => record('line', name, label),
    words: (name, label) => record('words', name, label),
    date: (name, legend) => {
      for (const part of ['day', 'month', 'year']) record('line', `${name}-${part}`, `${legend}: ${part}`)
      return html``
    },
    choose: (name, legend, choices) => record('choice', name, legend, choices),
    tick: (name, legend, choices) => record('choice', name, legend, choices),
  })
  return words
}
