import type { NewTerm } from '../../order-change.ts'
import { termTemplates } from '../../terms.ts'

/** The terms of the templates that were ticked. */
export function readTemplates(ticked: readonly string[]): readonly NewTerm[] {
  return termTemplates
    .filter(each => ticked.includes(each.template))
    .map(({ kind, words, codes }) => ({ kind, words, codes }))
}

/** The terms of a template, for ticking. */
export const templateChoices = termTemplates.map(each => ({
  value: each.template,
  text: each.words,
}))
