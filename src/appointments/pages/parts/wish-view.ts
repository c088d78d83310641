import type { FormProblem } from '../../../foundation/decision.ts'
import { roleName } from '../../../identity/role.ts'
import { button } from '../../../web/components/button.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { radios } from '../../../web/components/radios.ts'
import { select } from '../../../web/components/select.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames } from '../../../web/read-date.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { Calendar } from '../../calendar.ts'
import { seatRoles } from '../../seat-role.ts'

export type WishView = {
  /** Where the form leads: the page itself, by an address that can be gone back to. */
  readonly action: string
  readonly calendars: readonly Calendar[]
  /** Why an IDVA is suggested, or is not. */
  readonly because: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** Who the appointment needs, and from which day on. A form that only looks: it changes nothing and is in the address. */
export function wishFormView({ action, calendars, because, typed, problems }: WishView): Html {
  const names = datePartNames('from')
  const wrong = problems.find(problem => Object.values(names).includes(problem.field))
  return html`<form action="${action}" method="get" novalidate>${radios({
    name: 'abuse',
    idPrefix: 'abuse',
    classes: 'govuk-radios--small',
    fieldset: {
      legend: { text: 'Is there, or may there be, domestic abuse?', classes: 'govuk-fieldset__legend--s' },
    },
    hint: { text: `${because} You decide.` },
    items: [
      { value: 'yes', text: 'Yes, or it is not known yet: an IDVA joins' },
      { value: 'no', text: 'No' },
    ],
    value: fieldText(typed, 'abuse'),
    errorMessage: problemBeside(problems, 'abuse'),
  })}${seatRoles.map(role =>
    select({
      name: role,
      id: role,
      label: {
        text: role === 'idva' ? `${roleName(role)}, where there is domestic abuse` : roleName(role),
        classes: 'govuk-label--s',
      },
      value: fieldText(typed, role),
      items: [
        { value: '', text: 'Anyone who is free first' },
        ...calendars
          .filter(each => each.role === role)
          .map(each => ({
            value: each.personId,
            text: each.hours.length === 0 ? `${each.name} (no working hours yet)` : each.name,
          })),
      ],
    }),
  )}${dateInput({
    id: 'from',
    namePrefix: 'from',
    fieldset: { legend: { text: 'From which day? (optional)', classes: 'govuk-fieldset__legend--s' } },
    hint: { text: 'Leave empty for as soon as possible.' },
    values: Object.fromEntries(Object.values(names).map(name => [name, fieldText(typed, name)])),
    errorMessage: wrong && { text: wrong.message },
  })}${button({ text: 'Show times', classes: 'govuk-button--secondary' })}</form>`
}
