import { insetText } from '../../../web/components/inset-text.ts'
import { type Html, html } from '../../../web/html.ts'
import { findNavigation } from '../../navigation.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'
import { type MachineView, machineView } from './machine-view.ts'

/** The first page after signing in: what this role does, and the way there. */
export function staffHomeView(visit: StaffVisit, machine: MachineView | null): Html {
  const { staff } = visit
  const entries = findNavigation(staff.role)
  return staffPage(visit, {
    title: 'Your first page',
    body: html`<h1 class="govuk-heading-l">Hello, ${staff.name}</h1><p class="govuk-body">You are signed in as ${roleName(staff.role)}, ${staff.agencyName}. You are signed out after half an hour without use.</p>${machine && machineView(machine)}${entries.map(
      entry =>
        html`<h2 class="govuk-heading-m"><a class="govuk-link" href="${entry.href}">${entry.text}</a></h2><p class="govuk-body">${entry.purpose}</p>`,
    )}${
      entries.length === 0 &&
      insetText({
        text: 'There is nothing for your role to open yet. Figures about demand and outcomes come in a later version.',
      })
    }`,
  })
}
