import { type AgencyId, type PersonId, parseId } from '../../../foundation/ids.ts'
import { deriveSecret } from '../../../platform/keys.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { inviteOnce } from '../../operations/invite-once.ts'
import { isFirstSending } from '../../operations/is-first-sending.ts'
import { listPeople } from '../../operations/list-people.ts'
import { loadPersonName } from '../../operations/load-person-name.ts'
import { renewInvitation } from '../../operations/renew-invitation.ts'
import { suspendPerson } from '../../operations/suspend-person.ts'
import type { StaffVisit } from '../../route.ts'
import { tokenOfForm } from '../../secret-token.ts'
import { inviteForm } from './form.ts'
import { linkView, type PeopleView, peopleView } from './view.ts'

const linkKey = (visit: StaffVisit): Buffer => deriveSecret(visit.clinic.key, 'invitation-links')

async function show(
  visit: StaffVisit,
  status: number,
  found: Pick<PeopleView, 'typed' | 'problems'> = {},
): Promise<Answer> {
  const list = await visit.clinic.database.transaction(visit.actor, listPeople)
  return showPage(peopleView(visit, { ...list, ...found }), status)
}

/** Shows everybody at the clinic. */
export async function showPeople(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return show(visit, 200)
}

/** Invites somebody and shows their link once. */
export async function takeInvite(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const field = (name: string): string => fieldText(request.form, name)
  const typed = {
    name: field('name'),
    'sign-in-name': field('sign-in-name'),
    role: field('role'),
    agency: field('agency'),
  }
  const read = readForm(inviteForm, request.form)
  if (!read.ok) return show(visit, 422, { typed, problems: read.problems })
  const { name, role, 'sign-in-name': signInName } = read.value
  const { agencies } = await visit.clinic.database.transaction(visit.actor, listPeople)
  const agencyId = parseId<AgencyId>(read.value.agency)
  if (!agencyId || !agencies.some(agency => agency.agencyId === agencyId)) {
    return show(visit, 422, { typed, problems: [{ field: 'agency', message: 'Select their agency' }] })
  }
  const form = { token: readOnce(request.form) ?? newOnce(), key: linkKey(visit) }
  const invited = await visit.clinic.database.transaction(visit.actor, transaction =>
    inviteOnce(transaction, { name, signInName, role, agencyId }, form),
  )
  if (!invited.allowed) {
    const message = 'Somebody has this sign-in name already. Enter another'
    return show(visit, 422, { typed, problems: [{ field: 'sign-in-name', message }] })
  }
  return showPage(linkView(visit, { name, token: invited.token }))
}

/** Makes a new link for somebody who has lost theirs, or their phone. */
export async function takeNewLink(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId) return showPage(problemPage(404), 404)
  const formToken = readOnce(request.form) ?? newOnce()
  const token = tokenOfForm(linkKey(visit), formToken)
  const name = await visit.clinic.database.transaction(visit.actor, async transaction => {
    if (!(await isFirstSending(transaction, formToken))) return loadPersonName(transaction, personId)
    const renewed = await renewInvitation(transaction, personId, token)
    return renewed.allowed ? renewed.person.name : null
  })
  return name === null ? showPage(problemPage(404), 404) : showPage(linkView(visit, { name, token }))
}

/** Stops somebody signing in, at once. */
export async function takeSuspend(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId) return showPage(problemPage(404), 404)
  const suspended = await visit.clinic.database.transaction(visit.actor, transaction =>
    suspendPerson(transaction, personId),
  )
  return suspended.allowed ? goTo('/admin/people') : showPage(problemPage(404), 404)
}
