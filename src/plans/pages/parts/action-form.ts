import { z } from 'zod'
import { areWordsHarmless } from '../../../access-map/lock-out/plain-step.ts'
import type { Party } from '../../../cases/operations/list-consents.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type AgencyId, parseId } from '../../../foundation/ids.ts'
import { anyOf, optionalText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type ActionWords, type GateKind, gateKinds, type Owner } from '../../action.ts'

/** How many actions one appointment agrees at most. */
// Choose three actions at most in the last part of the 45 minutes: more are not done
export const mostActions = 3

/**
 * Reads one action from a form whose field names have a prefix; null when its words are empty and may be. `met` says
 * which of its gates are met already, for an action that is in the plan.
 */
export function readAction(
  form: FormFields,
  prefix: string,
  agencies: readonly Party[],
  met: readonly GateKind[] | 'from-the-form',
): FormResult<ActionWords | null> {
  const name = (field: string) => `${prefix}${field}`
  const schema = z.object({
    [name('words')]: optionalText({ what: 'The action', max: 500 }),
    [name('plain')]: optionalText({ what: 'The plain words', max: 200 }),
    [name('ready')]: optionalText({ what: 'What must be ready', max: 200 }),
    [name('gates')]: anyOf(gateKinds),
    [name('met')]: anyOf(gateKinds),
  })
  const read = readForm(schema, form)
  const due = readDate(form, name('due'), { what: 'the date it is due', required: false })
  const problems: FormProblem[] = [...(read.ok ? [] : read.problems)]
  const text = (field: string) => fieldText(form, name(field)).trim()
  const isEmpty = text('words') === ''
  if (isEmpty && text('plain') === '' && text('owner') === '') return { ok: true, value: null }
  if (isEmpty) problems.push({ field: name('words'), message: 'Enter what is to be done' })
  const owner = readOwner(text('owner'), agencies)
  if (!owner) problems.push({ field: name('owner'), message: 'Select who does it' })
  const gates = read.ok ? (read.value[name('gates')] as readonly GateKind[]) : []
  const ticked = read.ok ? (read.value[name('met')] as readonly GateKind[]) : []
  if (gates.includes('ready-with') && text('ready') === '')
    problems.push({ field: name('ready'), message: 'Enter what must be ready first' })
  const mayShowWords = text('show') === 'yes'
  const shown = text('plain') !== '' ? text('plain') : mayShowWords ? text('words') : ''
  if (!areWordsHarmless(shown))
    problems.push({
      field: name('plain'),
      message:
        'Enter plain words for the copy the client may keep: these say what the plan is about, or who helps. Leave it empty, and the copy has a number alone',
    })
  if (!due.ok) problems.push(...due.problems)
  if (!read.ok || !due.ok || !owner || problems.length > 0) return { ok: false, problems }
  const isMet = met === 'from-the-form' ? ticked : met
  return {
    ok: true,
    value: {
      words: String(read.value[name('words')]),
      plainWords: String(read.value[name('plain')]),
      mayShowWords,
      readyWith: String(read.value[name('ready')]),
      owner,
      dueOn: due.value,
      gates: gates.map(kind => ({ kind, isMet: isMet.includes(kind) })),
    },
  }
}

function readOwner(text: string, agencies: readonly Party[]): Owner | null {
  if (text === 'client') return { kind: 'client' }
  const agencyId = parseId<AgencyId>(text)
  return agencyId && agencies.some(each => each.agencyId === agencyId) ? { kind: 'agency', agencyId } : null
}
