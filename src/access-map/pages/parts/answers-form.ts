import type { FormProblem } from '../../../foundation/decision.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { CatalogueQuestion } from '../../inventory/catalogue-entry.ts'
import {
  type BeliefAnswer,
  beliefAnswers,
  chooseStatement,
  type Inventory,
  type InventoryStatement,
  type Thing,
} from '../../inventory/inventory.ts'

/** The value of the field of things that means there may be others. */
export const notKnown = 'not-known'

/**
 * What may be ticked in answer to a question of things, and whatever was named so far: what the client no longer has may
 * be in the suspected person’s hands, and is not forgotten because somebody saved something else (S1).
 */
export function findOffered(
  thing: Thing,
  { id, of }: Extract<CatalogueQuestion, { kind: 'things' }>,
  inventory: Inventory,
): readonly Thing[] {
  const named = new Set(chooseStatement(thing, id).things)
  return inventory.things.filter(
    each =>
      each.thingId !== thing.thingId &&
      (named.has(each.thingId) || (of.includes(each.entry) && !each.isGone)),
  )
}

/**
 * Reads the answers to some questions about one thing.
 *
 * @param prefix what stands before the names of its fields, where several things are asked about at once
 */
export function readAnswers(
  form: FormFields,
  prefix: string,
  thing: Thing,
  questions: readonly CatalogueQuestion[],
  inventory: Inventory,
): {
  readonly said: Readonly<Record<string, InventoryStatement>>
  readonly problems: readonly FormProblem[]
} {
  const problems: FormProblem[] = []
  const said: Record<string, InventoryStatement> = {}
  for (const question of questions) {
    const name = `${prefix}q-${question.id}`
    if (question.kind === 'belief') {
      if (findSentTwice(form, [name]).length > 0) {
        problems.push({ field: name, message: 'Two answers came to this question. Select one' })
        continue
      }
      const chosen = fieldText(form, name)
      if (chosen === '') continue
      const belief = beliefAnswers.find(each => each === chosen)
      if (!belief) problems.push({ field: name, message: 'Select an answer from the list' })
      else if (!isSaid(thing, question.id, { belief, things: [] })) said[question.id] = { belief, things: [] }
      continue
    }
    const values = fieldValues(form, name)
    if (values.length === 0 && !form.has(`${name}-asked`)) continue
    const offered = findOffered(thing, question, inventory).map(each => each.thingId)
    const things = offered.filter(each => values.includes(each))
    const belief: BeliefAnswer = values.includes(notKnown) ? 'unknown' : things.length > 0 ? 'yes' : 'no'
    // Nothing ticked and nothing said before is no answer: the question stays open.
    if (values.length === 0 && thing.answers[question.id] === undefined) continue
    const isElsewhere = values.some(each => each !== notKnown && each !== 'none' && !offered.includes(each))
    if (isElsewhere) problems.push({ field: name, message: 'Select only what stands in the list' })
    else if (
      values.length === 0 ||
      (values.includes('none') && (things.length > 0 || values.includes(notKnown)))
    )
      problems.push({ field: name, message: 'Select the things it is tied to, or “None of these”' })
    else if (!isSaid(thing, question.id, { belief, things })) said[question.id] = { belief, things }
  }
  return { said, problems }
}

/**
 * The fields that take one answer and came with several that differ. None of them is taken: which one was meant only a person can
 * say.
 */
export function findSentTwice(form: FormFields, names: readonly string[]): readonly string[] {
  return names.filter(name => new Set(fieldValues(form, name)).size > 1)
}

/** What is said of them. */
export function saySentTwice(form: FormFields, names: readonly string[]): readonly FormProblem[] {
  return findSentTwice(form, names).map(field => ({ field, message: 'Two answers came to this. Give one' }))
}

/** Whether somebody has said exactly this already, on any basis. */
function isSaid(thing: Thing, question: string, statement: InventoryStatement): boolean {
  return Object.values(thing.answers[question] ?? {}).some(
    each => each.belief === statement.belief && each.things.join() === statement.things.join(),
  )
}
