import type { Party } from '../../../cases/operations/list-consents.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { gateKinds, sayGate, sayNumberAlone } from '../../action.ts'

/** The fields of one action, for agreeing and for changing it. Each name has the prefix. */
export function actionFieldsView(
  typed: FormFields,
  problems: readonly FormProblem[],
  prefix: string,
  agencies: readonly Party[],
): Html {
  const { words, line, choose, tick, date } = fieldWriter(typed, problems)
  const owners = [
    { value: 'client', text: 'The client' },
    ...agencies.filter(each => each.isParty).map(each => ({ value: each.agencyId, text: each.name })),
  ]
  return html`${words(`${prefix}words`, 'What is to be done', { rows: 2 })}
${line(`${prefix}plain`, 'In plain words, for the copy the client may keep', {
  hint: `What you typed above stays with those who work with the client. Left empty, the copy and the client’s own page say “${sayNumberAlone('…')}”, with its number. For example, “Go through the old mail together”`,
})}
${tick(`${prefix}show`, 'What the client’s copy says', [
  {
    value: 'yes',
    text: 'The words above may be on it as they are',
    hint: 'Only where nobody who reads them learns what is planned, about whom, or who helps. Somebody who looks over the client’s shoulder reads them too',
  },
])}
${choose(`${prefix}owner`, 'Who does it?', owners)}
${date(`${prefix}due`, 'When is it due? (optional)')}
${tick(
  `${prefix}gates`,
  'What must be true first? (optional)',
  gateKinds.map(kind => ({ value: kind, text: sayGate(kind, '') })),
  { hint: 'The action cannot be scheduled before' },
)}
${line(`${prefix}ready`, 'What must be ready', { hint: 'Only where something must be. For example, a new phone' })}`
}
