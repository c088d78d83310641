import type { FormProblem } from '../foundation/decision.ts'
import { input } from '../web/components/input.ts'
import { passwordInput } from '../web/components/password-input.ts'
import { problemBeside } from '../web/form-problems.ts'
import { type Html, html } from '../web/html.ts'
import { againFields, asksAgain } from './prove-again.ts'
import type { StaffVisit } from './route.ts'

/** The two fields in which somebody gives password and code again. */
export function proofInputs(problems: readonly FormProblem[] = []): Html {
  return html`${passwordInput({
    name: againFields.password,
    id: againFields.password,
    label: { text: 'Your password' },
    autocomplete: 'current-password',
    errorMessage: problemBeside(problems, againFields.password),
  })}${input({
    name: againFields.code,
    id: againFields.code,
    label: { text: 'Code from your app' },
    hint: { text: '6 numbers' },
    classes: 'govuk-input--width-10',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    errorMessage: problemBeside(problems, againFields.code),
  })}`
}

/** On a page before what takes two people: the same, where they are asked for; otherwise nothing. */
export function proofOnPage(visit: StaffVisit): Html {
  if (!asksAgain(visit.notices, visit.clinic.clock.now(), visit.clinic.isDemo)) return html``
  return html`<h2 class="govuk-heading-m">Show that it is you</h2>
<p class="govuk-body">You last gave your password more than five minutes ago.</p>${proofInputs()}`
}
