import type { FormProblem } from '../../../foundation/decision.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { CatalogueQuestion } from '../../inventory/catalogue-entry.ts'
import {
  type Basis,
  bases,
  beliefAnswers,
  type Inventory,
  isContradicted,
  type Thing,
} from '../../inventory/inventory.ts'
import { sayAnswerBasisShort, sayBelief } from '../../inventory/say-inventory.ts'
import { findOffered, notKnown } from './answers-form.ts'

export type AskedQuestion = {
  readonly thing: Thing
  readonly question: CatalogueQuestion
  readonly inventory: Inventory
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  /** What stands before the names of its fields, where several things are asked about at once. */
  readonly prefix?: string
}

/** One question about a thing, with what was said to it so far. */
export function questionFieldView(asked: AskedQuestion): Html {
  const { thing, question, inventory, typed, problems, prefix = '' } = asked
  const { choose, tick } = fieldWriter(typed, problems)
  const name = `${prefix}q-${question.id}`
  const hint = [question.hint, sayStatements(thing, question, inventory)].filter(Boolean).join(' ')
  const options = hint === '' ? {} : { hint }
  if (question.kind === 'belief') {
    const choices = beliefAnswers.map(each => ({ value: each, text: sayBelief(each) }))
    return choose(name, question.ask, choices, { ...options, inline: true })
  }
  const others = findOffered(thing, question, inventory)
  return html`<input type="hidden" name="${name}-asked" value="yes">${tick(
    name,
    question.ask,
    [
      ...others.map(each => ({
        value: each.thingId,
        text: each.isGone ? `${each.label} (no longer theirs)` : each.label,
      })),
      { value: notKnown, text: 'One that is not on the map, or not known' },
      { value: 'none', text: 'None of these' },
    ],
    options,
  )}`
}

/** What was said so far, each with how it is known: "So far: yes (told), no (seen). They disagree." */
export function sayStatements(thing: Thing, question: CatalogueQuestion, inventory: Inventory): string {
  const said = Object.entries(thing.answers[question.id] ?? {})
  if (said.length === 0) return ''
  const nameOf = (id: string): string => inventory.things.find(each => each.thingId === id)?.label ?? id
  const parts = bases.flatMap(basis => {
    const statement = said.find(([each]) => each === basis)?.[1]
    if (!statement) return []
    const named = statement.things.map(nameOf).join(', ')
    const words =
      question.kind === 'belief'
        ? sayBelief(statement.belief).toLowerCase()
        : [named, statement.belief === 'unknown' ? 'not all known' : named === '' ? 'none' : '']
            .filter(Boolean)
            .join(', ')
    return [`${words} (${sayAnswerBasisShort(basis satisfies Basis)})`]
  })
  const disagree = isContradicted(thing, question.id)
    ? ' They disagree; the map goes by the more cautious one.'
    : ''
  return `So far: ${parts.join('; ')}.${disagree}`
}
