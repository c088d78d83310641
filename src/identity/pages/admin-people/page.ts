import { type AgencyId, type LinkRequestId, type PersonId, parseId } from '../../../foundation/ids.ts'
import { deriveSecret } from '../../../platform/keys.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { reachesCases } from '../../case-reach.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import { askForNewLink, askForPerson } from '../../operations/ask-for-link.ts'
import { inviteOnce } from '../../operations/invite-once.ts'
import { isFirstSending, wasSentBefore } from '../../operations/is-first-sending.ts'
import { listLinkRequests } from '../../operations/list-link-requests.ts'
import { listPeople } from '../../operations/list-people.ts'
import { renewInvitation } from '../../operations/renew-invitation.ts'
import { withdrawLinkRequest } from '../../operations/withdraw-link-request.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import type { StaffVisit } from '../../route.ts'
import { tokenOfForm } from '../../secret-token.ts'
import { linkView } from '../link-view.ts'
import { inviteForm } from './form.ts'
import { type PeopleView, peopleView } from './view.ts'

const backTo = '/admin/people'
const back = { href: backTo, text: 'Back to people' }
const linkKey = (visit: StaffVisit): Buffer => deriveSecret(visit.clinic.key, 'invitation-links')

async function show(
  visit: StaffVisit,
  status: number,
  found: Pick<PeopleView, 'typed' | 'problems'> = {},
): Promise<Answer> {
  const list = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    ...(await listPeople(transaction)),
    requests: await listLinkRequests(transaction),
  }))
  return showPage(peopleView(visit, { ...list, ...found }), status)
}

/** Shows everybody at the clinic. */
export async function showPeople(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return show(visit, 200)
}

/** Invites somebody: shows their link once, or, when their role reaches cases, asks a coordinator for it (S12). */
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
  const person = { name, signInName, role, agencyId }
  const form = { token: readOnce(request.form) ?? newOnce(), key: linkKey(visit) }
  const taken = (): Promise<Answer> => {
    const message = 'Somebody has this sign-in name already, or waits to be approved. Enter another'
    return show(visit, 422, { typed, problems: [{ field: 'sign-in-name', message }] })
  }
  if (reachesCases(role)) {
    const asked = await visit.clinic.database.transaction(visit.actor, async transaction =>
      (await isFirstSending(transaction, form.token)) ? askForPerson(transaction, person) : null,
    )
    return asked?.allowed === false ? taken() : goTo(backTo)
  }
  const invited = await visit.clinic.database.transaction(visit.actor, transaction =>
    inviteOnce(transaction, person, form),
  )
  return invited.allowed ? showPage(linkView(visit, { name, token: invited.token, back })) : taken()
}

/** Makes a new link for somebody who has lost theirs, or their phone; or asks for it. */
export async function takeNewLink(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const personId = parseId<PersonId>(request.params['person'] ?? '')
  if (!personId) return showPage(problemPage(404), 404)
  const formToken = readOnce(request.form) ?? newOnce()
  const token = tokenOfForm(linkKey(visit), formToken)
  const outcome = await visit.clinic.database.transaction(visit.actor, async transaction => {
    const person = (await listPeople(transaction)).people.find(each => each.personId === personId)
    if (!person) return null
    const isAsked = reachesCases(person.role) || person.state === 'suspended'
    const page =
      person.personId !== visit.staff.personId &&
      !(await wasSentBefore(transaction, formToken)) &&
      findActCheck(visit, request.form, newLinkFor(person, isAsked))
    if (page) return page
    if (!(await isFirstSending(transaction, formToken))) return { isAsked, name: person.name }
    const done = isAsked
      ? await askForNewLink(transaction, personId)
      : await renewInvitation(transaction, personId, token)
    return done.allowed ? { isAsked, name: person.name } : null
  })
  if (outcome === null) return showPage(problemPage(404), 404)
  if ('kind' in outcome) return outcome
  return outcome.isAsked ? goTo(backTo) : showPage(linkView(visit, { name: outcome.name, token, back }))
}

function newLinkFor(person: Person, isAsked: boolean): ActCheck {
  const then = isAsked ? 'Once a coordinator approves, they' : 'From that moment they'
  return {
    title: isAsked ? `Ask for a new link for ${person.name}?` : `Make a new link for ${person.name}?`,
    chosen: [
      { key: 'Name', value: person.name },
      { key: 'Role', value: `${roleName(person.role)}, ${person.agencyName}` },
    ],
    follows: [
      `${then} cannot sign in with the password and codes they had, and are signed out wherever they are.`,
      'With the link they choose a new password and set up new codes. Whoever holds the link can do so in their place.',
      isAsked
        ? 'Nothing changes until then. The coordinator hands over the link; you do not see it.'
        : 'The link is shown to you once, on the next page. An older link ends.',
    ],
    undo: isAsked
      ? 'You can take the request back while nobody has decided.'
      : 'It cannot be undone: they join again by the link, or by another new one.',
    action: `${backTo}/${person.personId}/link`,
    fields: {},
    button: isAsked ? 'Ask a coordinator' : 'Make a new link',
    back,
  }
}

/** Takes back what was asked of the coordinators. */
export async function takeWithdraw(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const requestId = parseId<LinkRequestId>(request.params['request'] ?? '')
  const isThere =
    requestId &&
    (await visit.clinic.database.transaction(visit.actor, transaction =>
      withdrawLinkRequest(transaction, requestId),
    ))
  return isThere ? goTo(backTo) : showPage(problemPage(404), 404)
}
