import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import {
  type Basis,
  bases,
  type Inventory,
  type InventoryStatement,
  type ThingId,
} from '../../inventory/inventory.ts'
import { readAnswers, saySentTwice } from '../parts/answers-form.ts'
import type { Unasked } from './open-questions.ts'

export type QuestionsForm = {
  readonly basis: Basis
  readonly seen: number
  readonly said: ReadonlyMap<ThingId, Readonly<Record<string, InventoryStatement>>>
}

const fields = z.object({ basis: oneOf(bases, 'Select how this is known') })

/** What stands before the names of a thing’s fields. */
export function prefixOf(thingId: ThingId): string {
  return `${thingId}-`
}

/** Reads the answers about every thing on the screen. A question without an answer stays open. */
export function readQuestionsForm(
  form: FormFields,
  unasked: readonly Unasked[],
  inventory: Inventory,
): FormResult<QuestionsForm> {
  const read = readForm(fields, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  problems.push(...saySentTwice(form, ['basis']))
  const said = new Map<ThingId, Readonly<Record<string, InventoryStatement>>>()
  for (const { thing, questions } of unasked) {
    const answers = readAnswers(form, prefixOf(thing.thingId), thing, questions, inventory)
    problems.push(...answers.problems)
    if (Object.keys(answers.said).length > 0) said.set(thing.thingId, answers.said)
  }
  const [first] = unasked
  if (problems.length === 0 && said.size === 0 && first)
    problems.push({
      field: `${prefixOf(first.thing.thingId)}q-${first.questions[0]?.id ?? ''}`,
      message: 'Select an answer to at least one question',
    })
  const seen = Number(fieldText(form, 'seen'))
  if (!read.ok || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...read.value, said, seen: Number.isSafeInteger(seen) ? seen : 0 } }
}
