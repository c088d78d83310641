import type { FormProblem } from '../../../foundation/decision.ts'
import type { AgencyId } from '../../../foundation/ids.ts'
import type { PageOfList } from '../../../foundation/page-of-list.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { select } from '../../../web/components/select.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { LinkRequest } from '../../link-request.ts'
import type { Person, PersonState } from '../../person.ts'
import { roleName, roles } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'
import { linkRequestTagView } from '../parts/link-request-tag-view.ts'

export type PeopleView = {
  readonly people: PageOfList<Person>
  readonly agencies: readonly { readonly agencyId: AgencyId; readonly name: string }[]
  readonly requests: readonly LinkRequest[]
  readonly typed?: Readonly<Record<'name' | 'sign-in-name' | 'role' | 'agency', string>>
  readonly problems?: readonly FormProblem[]
}

const states: Readonly<Record<PersonState, { readonly text: string; readonly classes: string }>> = {
  invited: { text: 'Invited', classes: 'govuk-tag--yellow' },
  active: { text: 'Active', classes: 'govuk-tag--green' },
  suspended: { text: 'Suspended', classes: 'govuk-tag--red' },
}

/** Everybody at the clinic, and the form to invite somebody. */
export function peopleView(visit: StaffVisit, view: PeopleView): Html {
  const problems = view.problems ?? []
  const { typed } = view
  const pages = { list: view.people, one: 'person', many: 'people', address: '/admin/people' }
  return staffPage(visit, {
    title: titleWithProblems('People', problems),
    wide: true,
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">People</h1><h2 class="govuk-heading-m">Who works at the clinic</h2>${listCount(pages)}${listTable(
      {
        caption: 'Who works at the clinic, by name',
        head: ['Name', 'Sign-in name', 'Role', 'Agency', 'State', 'Change'],
        rows: view.people.lines.map(person => [
          { text: person.name },
          { text: person.signInName },
          { text: roleName(person.role) },
          { text: person.agencyName },
          { html: tag(states[person.state]) },
          {
            html:
              person.personId === visit.staff.personId ? html`You` : changesOf(visit, person, view.requests),
          },
        ]),
      },
    )}${listPages(pages)}${asked(visit, view.requests)}<h2 class="govuk-heading-m">Invite somebody</h2>
<p class="govuk-body">Nobody joins by one person’s word, whatever their role. A coordinator approves, and gives them a link that you do not see. You give them a joining code, which the next page shows once and the coordinator does not see. They need both.</p>${startForm(
      { action: '/admin/people', csrfToken: visit.csrfToken },
      input({
        name: 'name',
        label: { text: 'Name' },
        value: typed?.name,
        autocomplete: 'off',
        classes: 'govuk-!-width-one-half',
        errorMessage: problemBeside(problems, 'name'),
      }),
      input({
        name: 'sign-in-name',
        label: { text: 'Sign-in name' },
        hint: { text: 'What they type to sign in, such as a work email address.' },
        value: typed?.['sign-in-name'],
        autocomplete: 'off',
        classes: 'govuk-!-width-one-half',
        autocapitalize: 'none',
        spellcheck: false,
        errorMessage: problemBeside(problems, 'sign-in-name'),
      }),
      select({
        name: 'role',
        label: { text: 'What they do' },
        value: typed?.role,
        items: [
          { value: '', text: 'Select a role' },
          ...roles.map(role => ({ value: role, text: roleName(role) })),
        ],
        errorMessage: problemBeside(problems, 'role'),
      }),
      select({
        name: 'agency',
        label: { text: 'Agency' },
        value: typed?.agency,
        items: [
          { value: '', text: 'Select an agency' },
          ...view.agencies.map(({ agencyId, name }) => ({ value: agencyId, text: name })),
        ],
        errorMessage: problemBeside(problems, 'agency'),
      }),
      button({ text: 'Invite them', preventDoubleClick: true }),
    )}`,
  })
}

function changesOf(visit: StaffVisit, person: Person, requests: readonly LinkRequest[]): Html {
  const act = (name: string, text: string): Html =>
    startForm(
      { action: `/admin/people/${person.personId}/${name}`, csrfToken: visit.csrfToken },
      html`<button type="submit" class="link-button">${text}<span class="govuk-visually-hidden">: ${person.name}</span></button>`,
    )
  const isSuspended = person.state === 'suspended'
  const waits = requests.some(each => each.personId === person.personId && each.state === 'asked')
  if (waits) return html`Waits for a coordinator${!isSuspended && act('suspend', 'Suspend')}`
  return html`${isSuspended && act('let-in', 'Let in again')}${act('link', 'Ask for a new link')}${!isSuspended && act('suspend', 'Suspend')}`
}

const forWhat = { 'new-person': 'Joins', 'new-link': 'New link', return: 'Let in again' } as const

/** What was asked of the coordinators: what waits can be taken back, and what was not approved says why. */
function asked(visit: StaffVisit, requests: readonly LinkRequest[]): Html {
  if (requests.length === 0) return html``
  const label = 'Asked of the coordinators'
  return html`<h2 class="govuk-heading-m">${label}</h2>${scrollingRegion({
    label,
    html: table({
      caption: label,
      captionClasses: 'govuk-visually-hidden',
      head: ['Name', 'Role', 'For', 'State', 'Change'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows: requests.map(request => [
        { text: request.name },
        { text: roleName(request.role) },
        { text: forWhat[request.kind] },
        {
          html: html`${linkRequestTagView(request.state)}${request.decidedByName && html` ${request.decidedByName}`}${
            request.reason !== '' && html`<br>${request.reason}`
          }`,
        },
        {
          html:
            request.state === 'asked'
              ? startForm(
                  {
                    action: `/admin/people/requests/${request.requestId}/withdraw`,
                    csrfToken: visit.csrfToken,
                  },
                  html`<button type="submit" class="link-button">Take back<span class="govuk-visually-hidden">: ${request.name}</span></button>`,
                )
              : html``,
        },
      ]),
    }),
  })}`
}
