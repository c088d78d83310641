import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { CatalogueEntry, CatalogueQuestion } from '../../inventory/catalogue-entry.ts'
import {
  type BeliefAnswer,
  beliefAnswers,
  type Ground,
  grounds,
  type Inventory,
  type Statement,
  type Thing,
} from '../../inventory/inventory.ts'

export type ThingForm = {
  readonly label: string
  readonly note: string
  readonly ground: Ground
  readonly seen: number
  readonly said: Readonly<Record<string, Statement>>
}

const fields = z.object({
  label: requiredText({ what: 'The name', max: 100, enter: 'Enter what the client calls it' }),
  note: optionalText({ what: 'The note', max: 5_000 }),
  ground: oneOf(grounds, 'Select how this is known'),
})

/** What of the field of things means that there may be others. */
export const notKnown = 'not-known'

/**
 * Reads the answers about one thing. A question that was left as it was says nothing new, so that a new ground is not
 * put behind an old answer.
 */
export function readThingForm(
  form: FormFields,
  thing: Thing,
  entry: CatalogueEntry,
  inventory: Inventory,
): FormResult<ThingForm> {
  const read = readForm(fields, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  const { said, problems: wrong } = readAnswers(form, '', thing, entry.questions, inventory)
  problems.push(...wrong)
  const seen = Number(fieldText(form, 'seen'))
  if (!read.ok || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...read.value, said, seen: Number.isSafeInteger(seen) ? seen : 0 } }
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
): { readonly said: Readonly<Record<string, Statement>>; readonly problems: readonly FormProblem[] } {
  const problems: FormProblem[] = []
  const said: Record<string, Statement> = {}
  for (const question of questions) {
    const name = `${prefix}q-${question.id}`
    if (question.kind === 'belief') {
      const chosen = fieldText(form, name)
      if (chosen === '') continue
      const belief = beliefAnswers.find(each => each === chosen)
      if (!belief) problems.push({ field: name, message: 'Select an answer from the list' })
      else if (!isSaid(thing, question.id, { belief, things: [] })) said[question.id] = { belief, things: [] }
      continue
    }
    const values = fieldValues(form, name)
    if (values.length === 0 && !form.has(`${name}-asked`)) continue
    const things = inventory.things
      .map(each => each.thingId)
      .filter(each => values.includes(each) && each !== thing.thingId)
    const belief: BeliefAnswer = values.includes(notKnown) ? 'unknown' : things.length > 0 ? 'yes' : 'no'
    // Nothing ticked and nothing said before is no answer: it stays to be asked.
    if (values.length === 0 && thing.answers[question.id] === undefined) continue
    if (values.includes('none') && (things.length > 0 || values.includes(notKnown)))
      problems.push({ field: name, message: 'Select the things it is tied to, or “None of these”' })
    else if (!isSaid(thing, question.id, { belief, things })) said[question.id] = { belief, things }
  }
  return { said, problems }
}

/** Whether somebody has said exactly this already, on whatever ground. */
function isSaid(thing: Thing, question: string, statement: Statement): boolean {
  return Object.values(thing.answers[question] ?? {}).some(
    each => each.belief === statement.belief && each.things.join() === statement.things.join(),
  )
}
